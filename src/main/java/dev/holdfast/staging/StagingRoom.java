package dev.holdfast.staging;

import dev.holdfast.io.Mounts;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.declared.Staging;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The books of a staging: what its folders take and what running dumps were promised, against the
/// declared limit and the file system's free space. Thread-safe.
final class StagingRoom {
  private final Staging declared;
  private final Map<String, Long> folders = new HashMap<>();
  private final Map<ImageId, Promise> promises = new HashMap<>();

  StagingRoom(Staging declared) {
    this.declared = declared;
  }

  /// Empty when the room was promised.
  ///
  /// @throws IllegalStateException when the image has a promise already
  synchronized Optional<ReserveResult> promise(ImageId image, long estimate) {
    if (promises.containsKey(image)) {
      throw new IllegalStateException("image " + image + " is being staged already");
    }
    if (estimate > largest()) {
      return Optional.of(new ReserveResult.TooLarge(largest()));
    }
    long free = Math.min(underLimit(), onDisk());
    if (estimate > free) {
      return Optional.of(new ReserveResult.NoRoom(Math.max(0, free)));
    }
    promises.put(image, new Promise(estimate, 0));
    return Optional.empty();
  }

  /// Books bytes that arrive; false, and nothing booked, when they have no room.
  synchronized boolean grow(ImageId image, long bytes) {
    var promise = find(image);
    var grown = new Promise(promise.promised, promise.arrived + bytes);
    long more = grown.charge() - promise.charge();
    boolean beyondPromise = more > 0 && (more > underLimit() || more > onDisk());
    if (beyondPromise || free() < bytes) {
      return false;
    }
    promises.put(image, grown);
    return true;
  }

  /// The dump became a folder of so many bytes.
  synchronized void settle(ImageId image, String folder, long bytes) {
    promises.remove(image);
    folders.put(folder, bytes);
  }

  synchronized void withdraw(ImageId image) {
    promises.remove(image);
  }

  synchronized boolean isPromised(ImageId image) {
    return promises.containsKey(image);
  }

  synchronized void folder(String name, long bytes) {
    folders.put(name, bytes);
  }

  synchronized void gone(String folder) {
    folders.remove(folder);
  }

  synchronized StagingFigures figures() {
    return new StagingFigures(staged(), promised(), limit(), Math.max(0, free()));
  }

  /// What an empty staging could take.
  private long largest() {
    long disk = Math.max(0, Mounts.total(declared.path()) - declared.reserved().bytes());
    return Math.min(limit().orElse(Long.MAX_VALUE), disk);
  }

  private long underLimit() {
    return limit().isEmpty() ? Long.MAX_VALUE : limit().getAsLong() - staged() - promised();
  }

  /// What is free for new promises: bytes promised and not yet arrived are spoken for.
  private long onDisk() {
    long spokenFor = promises.values().stream().mapToLong(Promise::outstanding).sum();
    return free() - spokenFor;
  }

  private long free() {
    return Mounts.free(declared.path()) - declared.reserved().bytes();
  }

  private OptionalLong limit() {
    return declared
        .sizeLimit()
        .map(ByteSize::bytes)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  private long staged() {
    return folders.values().stream().mapToLong(Long::longValue).sum();
  }

  private long promised() {
    return promises.values().stream().mapToLong(Promise::charge).sum();
  }

  private Promise find(ImageId image) {
    var promise = promises.get(image);
    if (promise == null) {
      throw new IllegalStateException("image " + image + " holds no room in staging");
    }
    return promise;
  }

  /// Bytes promised to a dump and bytes that arrived, which may become more than were promised.
  private record Promise(long promised, long arrived) {
    long charge() {
      return Math.max(promised, arrived);
    }

    long outstanding() {
      return charge() - arrived;
    }
  }
}
