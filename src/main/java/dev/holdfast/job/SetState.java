package dev.holdfast.job;

import dev.holdfast.io.DurableFiles;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.SetName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder of one backup set under the state directory: its lock, catalog, sidecars and part
/// cache. Sets are independent: nothing here is shared with another set.
///
/// @param folder `<state>/sets/<set>`, mode 0700
public record SetState(Path folder) {

  public static SetState of(Path stateDirectory, SetName set) {
    return new SetState(stateDirectory.resolve("sets").resolve(set.value()));
  }

  /// Makes the folders that a run needs.
  public SetState create() throws IOException {
    DurableFiles.createPrivateDirectory(sidecars());
    DurableFiles.createPrivateDirectory(partCache());
    DurableFiles.createPrivateDirectory(work());
    return this;
  }

  /// Held by whoever changes the set: a run, a flush.
  public Path runLock() {
    return folder.resolve("run.lock");
  }

  /// Nothing is known here of what the set has backed up: no catalog, not even one kept aside, and
  /// nothing that belongs to an image.
  public boolean isEmpty() throws IOException {
    if (!Files.isDirectory(folder)) {
      return true;
    }
    try (var entries = Files.newDirectoryStream(folder)) {
      for (var entry : entries) {
        if (!isNeutral(entry)) {
          return false;
        }
      }
    }
    return true;
  }

  /// The number of the lease that this state directory held last.
  Path leaseMemory() {
    return folder.resolve("lease");
  }

  /// A catalog that is being refilled; one that a crash left is begun anew.
  Path refill() {
    return folder.resolve("catalog.refill");
  }

  public Path catalog() {
    return folder.resolve("catalog");
  }

  /// INDEX and STATE of every image, byte for byte as on media.
  public Path sidecars() {
    return folder.resolve("images");
  }

  /// Where the parts of an image are formed that does not go through staging.
  public Path partCache() {
    return folder.resolve("parts");
  }

  /// Snapshot files of dumps that run now; emptied at the start of a run.
  public Path work() {
    return folder.resolve("work");
  }

  private boolean isNeutral(Path entry) throws IOException {
    if (entry.equals(refill()) || Files.isRegularFile(entry)) {
      return true;
    }
    try (var files = Files.newDirectoryStream(entry)) {
      return !files.iterator().hasNext();
    }
  }

  public Path work(ImageId image, String name) {
    return work().resolve(image + "." + name);
  }
}
