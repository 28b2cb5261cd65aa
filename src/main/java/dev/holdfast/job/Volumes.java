package dev.holdfast.job;

import dev.holdfast.catalog.VolumeRow;
import dev.holdfast.image.FileKind;
import dev.holdfast.image.Manifest;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.job.Outcomes.StorageTrouble;
import dev.holdfast.media.AppendResult;
import dev.holdfast.media.FindResult;
import dev.holdfast.media.FormingPart;
import dev.holdfast.media.LabelTemplate;
import dev.holdfast.media.MediaFile;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.media.SendingPart;
import dev.holdfast.media.VolumeFinder;
import dev.holdfast.media.VolumeRequest;
import dev.holdfast.media.VolumeWriter;
import dev.holdfast.model.Label;
import dev.holdfast.model.VolumeFile;
import dev.holdfast.model.declared.Taperscan;
import dev.holdfast.report.RunEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One writer's volumes: keeps the current one open, goes on to the next when a file does not fit
/// (which is then written whole there), and leaves a table of contents on each. Used by one thread.
final class Volumes implements AutoCloseable {
  private final RunScope scope;
  private final Destination to;
  private final VolumeFinder finder;
  private final Set<Label> full = new HashSet<>();
  private @Nullable VolumeWriter current;

  /// Those of the set's own storage.
  Volumes(RunScope scope) {
    this(
        scope,
        new Destination(
            scope.storage(),
            scope.set().storage().taperscan(),
            new LabelTemplate(scope.set().media().labelTemplate()),
            trouble -> scope.outcomes().storage(trouble),
            scope::fence));
  }

  Volumes(RunScope scope, Destination to) {
    this.scope = scope;
    this.to = to;
    this.finder = new VolumeFinder(to.storage(), scope.request().clock(), UUID::randomUUID);
  }

  /// Whose volumes are written.
  ///
  /// @param trouble is told what kept a table of contents from being written
  record Destination(
      MediaStorage storage,
      Taperscan order,
      LabelTemplate template,
      Consumer<StorageTrouble> trouble,
      Fence fence) {}

  /// What must be passed before a volume is opened and before each manifest.
  interface Fence {

    /// Asks the storage.
    ///
    /// @throws StorageTroubleException when another run has the right to write, or it is not known
    void pass() throws IOException;
  }

  /// A volume is open: what fits is written without asking for another one.
  boolean isBegun() {
    return current != null;
  }

  /// Writes one complete file of an image.
  ///
  /// @throws StorageTroubleException when no volume takes it now
  VolumeFile write(MediaFile file) throws IOException {
    if (file.kind() == FileKind.MANIFEST) {
      to.fence().pass();
    }
    while (true) {
      var volume = current == null ? open(Files.size(file.path())) : current;
      switch (volume.append(file)) {
        case AppendResult.Written(var place) -> {
          return place;
        }
        case AppendResult.VolumeFull(var reason) -> leave(volume, reason);
        case AppendResult.Failed(var problem, var exit) ->
            throw new StorageTroubleException(problem, exit);
      }
    }
  }

  /// Begins to send a part before it is complete.
  ///
  /// @param size bytes of it so far
  /// @return empty when it has to be written whole, or there is too little of it yet
  /// @throws StorageTroubleException when no volume takes it now
  Optional<SendingPart> begin(FormingPart part, long size) throws IOException {
    var from = to.storage().sendsFrom();
    if (from.isEmpty() || size < from.getAsLong()) {
      return Optional.empty();
    }
    var volume = current == null ? open(part.atMost()) : current;
    return volume.begin(part);
  }

  /// The volume's table of contents is written when it is left, by whoever still may write.
  @Override
  public void close() {
    var volume = current;
    current = null;
    if (volume == null) {
      return;
    }
    try (volume) {
      to.fence().pass();
      switch (volume.writeToc(scope.run())) {
        case AppendResult.Written _, AppendResult.VolumeFull _ -> {
          // a full volume goes without: its manifests tell the same
        }
        case AppendResult.Failed(var problem, var exit) ->
            to.trouble().accept(new StorageTroubleException(problem, exit).trouble());
      }
    } catch (StorageTroubleException taken) {
      to.trouble().accept(taken.trouble());
    } catch (IOException unasked) {
      throw new UncheckedIOException(unasked);
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

  private VolumeWriter open(long wanted) throws IOException {
    to.fence().pass();
    return switch (finder.find(request(wanted))) {
      case FindResult.Found(var writer, _, _) -> {
        var label = writer.label();
        scope
            .catalog()
            .inventory()
            .know(new VolumeRow(label.name(), label.uuid(), label.storage(), label.labelledAt()));
        CrashPoint.VOLUME_CHOSEN.reached();
        current = writer;
        yield writer;
      }
      case FindResult.None(var problem, var exit) ->
          throw new StorageTroubleException(problem, exit);
    };
  }

  private VolumeRequest request(long wanted) {
    var known = new LinkedHashMap<Label, UUID>();
    var taken = new HashSet<Label>();
    for (var volume : scope.catalog().inventory().volumes()) {
      if (volume.storage().equals(to.storage().name())) {
        known.put(volume.label(), volume.uuid());
      } else {
        taken.add(volume.label());
      }
    }
    var closed = new HashSet<>(full);
    scope.catalog().lifetimes().holds().forEach(hold -> closed.add(hold.label()));
    return new VolumeRequest(
        scope.set().name(),
        to.storage().name(),
        to.order(),
        to.template(),
        known,
        taken,
        closed,
        wanted);
  }

  /// The same entry, with its place.
  static Manifest.Entry placed(Manifest.Entry entry, VolumeFile place) {
    return new Manifest.Entry(entry.kind(), entry.file(), Optional.of(place));
  }
}
