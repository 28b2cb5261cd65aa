package dev.holdfast.staging;

import dev.holdfast.io.Mounts;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.declared.Staging;
import dev.holdfast.staging.SharedRoom.Share;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The books of one set's staging: what its folders take and what running dumps were promised,
/// against the declared limit, the set's quota, what other sets take of the same Staging, and the
/// file system's free space. Thread-safe.
final class StagingRoom {
  private static final long TOLD_EVERY = 64L << 20;

  private final Staging declared;
  private final Optional<SharedRoom> shared;
  private final Map<String, Long> folders = new HashMap<>();
  private final Map<ImageId, Promise> promises = new HashMap<>();
  private boolean draining;
  private long untold;

  /// @param shared empty for a reader, which promises nothing
  StagingRoom(Staging declared, Optional<SharedRoom> shared) {
    this.declared = declared;
    this.shared = shared;
  }

  /// Empty when the room was promised.
  ///
  /// @throws IllegalStateException when the image has a promise already
  synchronized Optional<ReserveResult> promise(ImageId image, long estimate) {
    if (promises.containsKey(image)) {
      throw new IllegalStateException("image " + image + " is being staged already");
    }
    if (estimate > capacity()) {
      return Optional.of(new ReserveResult.TooLarge(capacity()));
    }
    return exclusively(
        () -> {
          long free = available();
          if (estimate > free) {
            return Optional.of(new ReserveResult.NoRoom(Math.max(0, free)));
          }
          promises.put(image, new Promise(estimate, 0));
          tell();
          return Optional.empty();
        });
  }

  /// Books bytes before they are written; false, and nothing booked, when they have no room now.
  synchronized boolean grow(ImageId image, long bytes) {
    var promise = find(image);
    var grown = new Promise(promise.promised, promise.arrived + bytes);
    long more = grown.charge() - promise.charge();
    if (free() < bytes) {
      return false;
    }
    return more > 0 ? extend(image, grown, more) : arrived(image, grown, bytes);
  }

  private boolean extend(ImageId image, Promise grown, long more) {
    return exclusively(
        () -> {
          if (more > available()) {
            return false;
          }
          promises.put(image, grown);
          tell();
          return true;
        });
  }

  private boolean arrived(ImageId image, Promise grown, long bytes) {
    promises.put(image, grown);
    untold += bytes;
    if (untold >= TOLD_EVERY) {
      tell();
    }
    return true;
  }

  /// The dump became a folder of so many bytes.
  synchronized void settle(ImageId image, String folder, long bytes) {
    promises.remove(image);
    folders.put(folder, bytes);
    tell();
  }

  synchronized void withdraw(ImageId image) {
    promises.remove(image);
    tell();
  }

  synchronized boolean isPromised(ImageId image) {
    return promises.containsKey(image);
  }

  synchronized void folder(String name, long bytes) {
    folders.put(name, bytes);
    tell();
  }

  synchronized void gone(String folder) {
    folders.remove(folder);
    tell();
  }

  synchronized long sizeOf(String folder) {
    return folders.getOrDefault(folder, 0L);
  }

  /// Whether images are on their way to media, which other sets may wait for.
  synchronized void draining(boolean now) {
    if (draining != now) {
      draining = now;
      tell();
    }
  }

  synchronized boolean othersDrain() {
    return others().draining();
  }

  synchronized StagingFigures figures() {
    return new StagingFigures(
        staged(), promised(), limit(), Math.max(0, free()), capacity(), available());
  }

  /// What an empty staging could take.
  private long capacity() {
    long disk = Math.max(0, Mounts.total(declared.path()) - declared.reserved().bytes());
    return Math.min(limit().orElse(Long.MAX_VALUE), disk);
  }

  /// What is free for new promises: bytes promised and not yet arrived are spoken for.
  private long available() {
    var others = others();
    long outstanding = promises.values().stream().mapToLong(Promise::outstanding).sum();
    long onDisk = free() - outstanding - others.outstanding();
    long charge = staged() + promised();
    long underQuota = left(declared.quota(), charge);
    long underLimit = left(declared.sizeLimit(), charge + others.charge());
    return Math.min(onDisk, Math.min(underQuota, underLimit));
  }

  private static long left(Optional<ByteSize> limit, long taken) {
    return limit.map(most -> most.bytes() - taken).orElse(Long.MAX_VALUE);
  }

  private long free() {
    return Mounts.free(declared.path()) - declared.reserved().bytes();
  }

  private OptionalLong limit() {
    return Stream.concat(declared.sizeLimit().stream(), declared.quota().stream())
        .mapToLong(ByteSize::bytes)
        .min();
  }

  private long staged() {
    return folders.values().stream().mapToLong(Long::longValue).sum();
  }

  private long promised() {
    return promises.values().stream().mapToLong(Promise::charge).sum();
  }

  private Share others() {
    return shared.map(SharedRoom::others).orElse(Share.NOTHING);
  }

  private <T> T exclusively(Supplier<T> action) {
    return shared.isPresent() ? shared.get().exclusively(action) : action.get();
  }

  private void tell() {
    untold = 0;
    long outstanding = promises.values().stream().mapToLong(Promise::outstanding).sum();
    var own = new Share(staged() + promised(), outstanding, draining);
    shared.ifPresent(books -> books.tell(own, staged()));
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
