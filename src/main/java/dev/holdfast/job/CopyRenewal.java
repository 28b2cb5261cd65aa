package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.HoldRow;
import dev.holdfast.catalog.ImageRow;
import dev.holdfast.image.ImageFolder;
import dev.holdfast.image.Manifest;
import dev.holdfast.image.MissingFileException;
import dev.holdfast.image.StoredFiles;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.media.RemoveResult;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.Problem;
import dev.holdfast.report.RunEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes room for new copies where a verify found the old ones damaged. A damaged copy is removed
/// only when every file of its image was read whole elsewhere a moment before; else it stays, for
/// its other files may be the last. Cut off between any two of its files it begins again: until the
/// catalog forgets the copy, it is one that is damaged. Used by one thread.
final class CopyRenewal {
  private final RunScope scope;
  private final MediaStorage storage;
  private final Catalog catalog;
  private final Volumes.Fence fence;

  /// @param fence that the storage may still be written
  CopyRenewal(RunScope scope, MediaStorage storage, Volumes.Fence fence) {
    this.scope = scope;
    this.storage = storage;
    this.catalog = scope.catalog();
    this.fence = fence;
  }

  /// @param wanted images that the storage should have
  void run(List<ImageId> wanted) throws IOException, InterruptedException {
    var damaged = wanted.stream().filter(this::isDamaged).toList();
    if (damaged.isEmpty()) {
      return;
    }
    var witness = MediaWitness.ofCopies(scope.set().name(), catalog, storage);
    var behalf = new VolumeRemover.Terms(scope.set().name(), scope.run(), closed(witness));
    var remover = new VolumeRemover(storage, witness, behalf);
    try (remover) {
      for (var image : damaged) {
        scope.stop().check();
        renew(image, remover);
      }
    }
    remover.trouble().ifPresent(this::failed);
  }

  /// A copy that is there, and known not to be what was written.
  private boolean isDamaged(ImageId image) {
    return catalog
        .copies()
        .find(image, storage.name())
        .filter(copy -> copy.isStored() && copy.damagedAt().isPresent())
        .isPresent();
  }

  private Set<Label> closed(MediaWitness witness) {
    return Stream.concat(catalog.lifetimes().holds().stream(), witness.archived().stream())
        .map(HoldRow::label)
        .collect(Collectors.toSet());
  }

  private void renew(ImageId image, VolumeRemover remover)
      throws IOException, InterruptedException {
    var row = catalog.images().find(image).filter(ImageRow::exists).orElseThrow();
    var homes = scope.readers().homes(row);
    var damaged = homes.stream().filter(this::isHere).toList();
    boolean doubted = damaged.isEmpty() || remover.witness().doubts().containsKey(image);
    if (!doubted && damaged.stream().allMatch(CopyRenewal::isWholeAgain)) {
      catalog.copies().verified(image, storage.name(), Instant.now(scope.request().clock()));
      return;
    }
    var others = homes.stream().filter(home -> !isHere(home)).toList();
    var missing = missing(row.manifest().orElseThrow(), others);
    if (missing.isPresent()) {
      scope.outcomes().copies().damaged(notRenewed(image, missing.get()));
    } else {
      fence.pass();
      remove(image, remover);
    }
  }

  private boolean isHere(Home home) {
    return home.name().equals(storage.name());
  }

  private void remove(ImageId image, VolumeRemover remover) {
    switch (remover.remove(image)) {
      case RemoveResult.Removed _ -> {
        catalog.copies().forget(image, storage.name());
        scope
            .events()
            .tell(
                new RunEvent.Note(
                    "the copy of image %s on storage %s was damaged and is made again"
                        .formatted(image, storage.name())));
      }
      case RemoveResult.Kept(var problem) -> failed(problem);
      case RemoveResult.Failed(var problem, _) -> failed(problem);
    }
  }

  private void failed(Problem problem) {
    scope.outcomes().copies().trouble(storage.name(), new Outcomes.StorageTrouble.Fault(problem));
  }

  private Problem notRenewed(ImageId image, Manifest.Entry entry) {
    return new Problem(
        "copy of image " + image + " on storage " + storage.name(),
        "is damaged and is not made again: %s is whole nowhere else now"
            .formatted(ImageFolder.fileName(entry.kind(), entry.file().number())),
        "nothing of it was removed; 'holdfast verify " + image + "' reads every home of the image");
  }

  /// The first file that no other home has whole; reads every byte.
  private Optional<Manifest.Entry> missing(Manifest manifest, List<Home> others)
      throws InterruptedException {
    for (var entry : manifest.files()) {
      scope.stop().check();
      if (others.stream().noneMatch(home -> isWhole(manifest, entry, home))) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  private static boolean isWhole(Manifest manifest, Manifest.Entry entry, Home home) {
    try {
      return new StoredFiles(manifest, home.parts()).check(entry).isEmpty();
    } catch (IOException away) {
      return false;
    }
  }

  /// What was found damaged once may have been a cable: reads until the first byte that is wrong.
  private static boolean isWholeAgain(Home damaged) {
    try {
      for (var entry : damaged.manifest().files()) {
        if (damaged.files().check(entry).isPresent()) {
          return false;
        }
      }
      return true;
    } catch (MissingFileException gone) {
      return false;
    } catch (IOException unread) {
      throw new UncheckedIOException(unread);
    }
  }
}
