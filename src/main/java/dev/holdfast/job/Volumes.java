package dev.holdfast.job;

import dev.holdfast.catalog.VolumeRow;
import dev.holdfast.image.Manifest;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.job.Outcomes.StorageTrouble;
import dev.holdfast.media.AppendResult;
import dev.holdfast.media.FindResult;
import dev.holdfast.media.LabelTemplate;
import dev.holdfast.media.MediaFile;
import dev.holdfast.media.VolumeFinder;
import dev.holdfast.media.VolumeRequest;
import dev.holdfast.media.VolumeWriter;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Label;
import dev.holdfast.model.Problem;
import dev.holdfast.model.VolumeFile;
import dev.holdfast.report.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One writer's volumes: keeps the current one open, goes on to the next when a file does not fit
/// (which is then written whole there), and leaves a table of contents on each. Used by one thread.
final class Volumes implements AutoCloseable {
  private final RunScope scope;
  private final VolumeFinder finder;
  private final Set<Label> full = new HashSet<>();
  private @Nullable VolumeWriter current;

  Volumes(RunScope scope) {
    this.scope = scope;
    this.finder = new VolumeFinder(scope.storage(), scope.request().clock(), UUID::randomUUID);
  }

  /// A volume is open: what fits is written without asking for another one.
  boolean isBegun() {
    return current != null;
  }

  /// Writes one complete file of an image.
  ///
  /// @throws StorageTroubleException when no volume takes it now
  VolumeFile write(MediaFile file) throws IOException {
    while (true) {
      var volume = current == null ? open(Files.size(file.path())) : current;
      switch (volume.append(file)) {
        case AppendResult.Written(var place) -> {
          return place;
        }
        case AppendResult.VolumeFull(var reason) -> leave(volume, reason);
        case AppendResult.Failed(var problem, var exit) -> throw trouble(problem, exit);
      }
    }
  }

  /// The volume's table of contents is written when it is left.
  @Override
  public void close() {
    var volume = current;
    current = null;
    if (volume == null) {
      return;
    }
    try (volume) {
      switch (volume.writeToc(scope.run())) {
        case AppendResult.Written _, AppendResult.VolumeFull _ -> {
          // a full volume goes without: its manifests tell the same
        }
        case AppendResult.Failed(var problem, var exit) ->
            scope.outcomes().storage(trouble(problem, exit).trouble());
      }
    }
  }

  private void leave(VolumeWriter volume, String reason) {
    full.add(volume.label().name());
    scope
        .events()
        .tell(new RunEvent.Note("volume " + volume.label().name() + " is full: " + reason));
    close();
    CrashPoint.VOLUME_CHANGED.reached();
  }

  private VolumeWriter open(long wanted) throws StorageTroubleException {
    return switch (finder.find(request(wanted))) {
      case FindResult.Found(var writer, _, _) -> {
        var label = writer.label();
        scope
            .catalog()
            .images()
            .volume(new VolumeRow(label.name(), label.uuid(), label.storage(), label.labelledAt()));
        CrashPoint.VOLUME_CHOSEN.reached();
        current = writer;
        yield writer;
      }
      case FindResult.None(var problem, var exit) -> throw trouble(problem, exit);
    };
  }

  private VolumeRequest request(long wanted) {
    var known = new LinkedHashMap<Label, UUID>();
    var taken = new HashSet<Label>();
    for (var volume : scope.catalog().images().volumes()) {
      if (volume.storage().equals(scope.storage().name())) {
        known.put(volume.label(), volume.uuid());
      } else {
        taken.add(volume.label());
      }
    }
    return new VolumeRequest(
        scope.set().name(),
        scope.storage().name(),
        scope.set().storage().taperscan(),
        new LabelTemplate(scope.set().media().labelTemplate()),
        known,
        taken,
        full,
        wanted);
  }

  private static StorageTroubleException trouble(Problem problem, ExitCode exit) {
    return new StorageTroubleException(
        exit == ExitCode.TEMPFAIL
            ? new StorageTrouble.Away(problem)
            : new StorageTrouble.Fault(problem));
  }

  /// The same entry, with its place.
  static Manifest.Entry placed(Manifest.Entry entry, VolumeFile place) {
    return new Manifest.Entry(entry.kind(), entry.file(), Optional.of(place));
  }
}
