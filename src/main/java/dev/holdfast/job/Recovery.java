package dev.holdfast.job;

import dev.holdfast.catalog.ImageRow;
import dev.holdfast.catalog.ImageState;
import dev.holdfast.catalog.Images;
import dev.holdfast.catalog.Verdict;
import dev.holdfast.image.Digests;
import dev.holdfast.image.Manifest;
import dev.holdfast.image.ManifestCodec;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.io.DurableFiles;
import dev.holdfast.job.Outcomes.StorageTrouble;
import dev.holdfast.media.CheckResult;
import dev.holdfast.media.FoundManifest;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Problem;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Filesystem;
import dev.holdfast.model.declared.Tolerate;
import dev.holdfast.report.RunEvent;
import dev.holdfast.source.ToleranceVerdict;
import dev.holdfast.staging.StagedImage;
import dev.holdfast.staging.StagingEntry;
import dev.holdfast.staging.Suspect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Brings catalog, staging and media to agree after whatever ended the last run: what is whole
/// counts, what is not is removed, what is half written is written on.
final class Recovery {
  private final RunScope scope;
  private final Images images;

  Recovery(RunScope scope) {
    this.scope = scope;
    this.images = scope.catalog().images();
  }

  void run() throws IOException {
    emptied(scope.state().work());
    emptied(scope.state().partCache());
    var staged = sweptStaging();
    boolean reachable = storageIsThere();
    if (reachable) {
      finishCommitted();
    }
    settle(staged, reachable);
    adopt(staged);
    // parts that were sent while their dump ran, which is made anew
    images(ImageState.PLANNED).forEach(images::forgetFiles);
    scope
        .sidecars()
        .retain(
            images(ImageState.STAGED, ImageState.WRITING, ImageState.STORED, ImageState.COPIED));
    if (reachable) {
      removeDebris();
    }
  }

  /// @param left what the image is now: COPIED when a further storage has it
  static Problem lost(ImageRow row, ImageState left) {
    var image = "image " + row.planned().image() + " of " + row.planned().source();
    return left == ImageState.COPIED
        ? new Problem(
            image,
            "is no longer in staging and was never written to the set's own storage",
            "its copies are whole and restorable: 'holdfast list images' names them")
        : new Problem(
            image,
            "is no longer in staging and was never written to media",
            "this point in time is lost; the next run dumps the source anew");
  }

  private Map<ImageId, StagedImage> sweptStaging() throws IOException {
    var found = new HashMap<ImageId, StagedImage>();
    if (scope.staging().isEmpty()) {
      return found;
    }
    scope.staging().get().sweep();
    for (StagingEntry entry : scope.staging().get().list()) {
      switch (entry) {
        case StagedImage image -> found.put(image.id(), image);
        case Suspect(var folder, var reason) ->
            scope
                .outcomes()
                .problem(
                    new Problem(
                        "staging " + folder,
                        "is no whole image: " + reason,
                        "nothing uses it; look at it and remove the folder"));
      }
    }
    return found;
  }

  /// Known before the first dump starts: with the storage away, staging is all that is left.
  private boolean storageIsThere() {
    var known = scope.knownLabels();
    return switch (scope.storage().check(known)) {
      case CheckResult.Usable() -> !known.isEmpty();
      case CheckResult.Unreachable(var problem) -> {
        scope.outcomes().storage(new StorageTrouble.Away(problem));
        yield false;
      }
      case CheckResult.Refused(var problem) -> {
        scope.outcomes().storage(new StorageTrouble.Fault(problem));
        yield false;
      }
    };
  }

  /// A manifest that reached media before the catalog heard of it makes its image exist: also one
  /// that was to be dumped again because media were away when a run looked last.
  private void finishCommitted() throws IOException {
    var open = new HashMap<ImageId, ImageRow>();
    for (var state : List.of(ImageState.PLANNED, ImageState.STAGED, ImageState.WRITING)) {
      images.in(state).forEach(row -> open.put(row.planned().image(), row));
    }
    if (open.isEmpty()) {
      return;
    }
    for (var label : scope.knownLabels()) {
      for (var found : scope.storage().reader().manifests(label)) {
        if (found instanceof FoundManifest.Whole(_, var manifest)
            && open.containsKey(manifest.image())) {
          var verdict = verdict(scope.set(), manifest);
          images.stored(manifest, verdict, Digests.of(ManifestCodec.encode(manifest)));
          CrashPoint.STORED_RECORDED.reached();
        }
      }
    }
  }

  private void settle(Map<ImageId, StagedImage> staged, boolean reachable) {
    for (var row : images.in(ImageState.WRITING)) {
      if (staged.containsKey(row.planned().image())) {
        images.unclaim(row.planned().image());
      } else if (row.manifest().isEmpty()) {
        images.plannedAgain(row.planned().image());
      } else if (reachable) {
        scope.outcomes().problem(lost(row, images.lost(row.planned().image())));
      }
    }
    for (var row : images.in(ImageState.STAGED)) {
      if (!staged.containsKey(row.planned().image()) && reachable) {
        scope.outcomes().problem(lost(row, images.lost(row.planned().image())));
      }
    }
  }

  private void adopt(Map<ImageId, StagedImage> staged) throws IOException {
    for (var image : staged.values()) {
      var row = images.find(image.id());
      var state = row.map(ImageRow::state);
      if (state.filter(s -> s == ImageState.STORED).isPresent()) {
        scope.staging().orElseThrow().release(image.id());
      } else if (state.filter(s -> s == ImageState.STAGED).isEmpty()) {
        adopt(image, row);
      }
    }
  }

  private void adopt(StagedImage image, Optional<ImageRow> row) throws IOException {
    scope.sidecars().keep(image.id(), image.folder());
    var verdict = verdict(scope.set(), image.manifest());
    if (row.isEmpty()) {
      images.adoptStaged(image.manifest(), verdict);
    } else {
      images.foundStaged(image.manifest(), verdict);
    }
    scope.events().tell(new RunEvent.Note("image " + image.id() + " was found whole in staging"));
  }

  private Set<ImageId> images(ImageState... states) {
    return Arrays.stream(states)
        .flatMap(state -> images.in(state).stream())
        .map(row -> row.planned().image())
        .collect(Collectors.toSet());
  }

  /// Debris of a run that lives is none: without the lease nothing is removed.
  void removeDebris() throws IOException {
    try {
      scope.fence();
    } catch (StorageTroubleException taken) {
      scope.outcomes().storage(taken.trouble());
      return;
    }
    int removed = new Debris(scope.set().name(), scope.catalog(), scope.storage()).remove();
    if (removed > 0) {
      scope.events().tell(new RunEvent.Note(Debris.text(removed)));
    }
  }

  /// What the dump's warnings come to under the source's tolerance; without a source they stand.
  static Verdict verdict(BackupSet set, Manifest manifest) {
    var tolerate =
        set.source(manifest.source().source())
            .map(source -> source.spec())
            .flatMap(
                spec ->
                    spec instanceof Filesystem files
                        ? Optional.of(files.tolerate())
                        : Optional.empty())
            .orElse(Tolerate.defaults());
    return verdict(tolerate, manifest);
  }

  static Verdict verdict(Tolerate tolerate, Manifest manifest) {
    return ToleranceVerdict.of(manifest.warnings(), tolerate) instanceof ToleranceVerdict.Good
        ? Verdict.OK
        : Verdict.PARTIAL;
  }

  private static void emptied(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      for (var entry : entries.toList()) {
        DurableFiles.deleteTree(entry);
      }
    }
  }
}
