package dev.holdfast.media.driver.s3;

import dev.holdfast.media.driver.s3.BucketException.Kind;
import dev.holdfast.model.Problem;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Whether a storage answers, as all threads of this process have seen it. The time in which
/// requests are tried again is one for all of them: when it is over, the storage is away. The next
/// request has a single attempt, because one that fails is no proof against all others; when it
/// fails too, every further one fails at once with the same problem, until as long a time has
/// passed again. An answer to any request ends the outage. Thread-safe.
final class Outage {
  private static final Map<Storage, Outage> KNOWN = new ConcurrentHashMap<>();

  private final long patience;
  private final LongSupplier clock;
  private long answeredAt;
  private Optional<Long> silentSince = Optional.empty();
  private Optional<Away> away = Optional.empty();

  /// One declared storage.
  private record Storage(String place, Duration patience) {}

  /// @param lookAgain from when on one request is let through
  private record Away(Problem problem, long lookAgain) {}

  /// @param clock nanoseconds that never go back
  Outage(Duration patience, LongSupplier clock) {
    this.patience = patience.toNanos();
    this.clock = clock;
    this.answeredAt = clock.getAsLong();
  }

  /// The one of this process.
  ///
  /// @param place the storage, for people
  /// @param patience how long requests are tried again
  static Outage of(String place, Duration patience) {
    return KNOWN.computeIfAbsent(
        new Storage(place, patience), _ -> new Outage(patience, System::nanoTime));
  }

  /// Before a request.
  ///
  /// @return when it began, for `failed`
  /// @throws BucketException AWAY, without that anything is asked, while the storage is known to be
  synchronized long begin() throws BucketException {
    long now = clock.getAsLong();
    if (away.isPresent()) {
      var known = away.get();
      if (now - known.lookAgain() < 0) {
        throw new BucketException(Kind.AWAY, known.problem());
      }
      away = Optional.of(new Away(known.problem(), now + patience));
    }
    return now;
  }

  /// After a failed attempt that is worth another one: there is time left for it.
  synchronized boolean mayTryAgain() {
    long now = clock.getAsLong();
    if (silentSince.isEmpty()) {
      silentSince = Optional.of(now);
    }
    return away.isEmpty() && now - silentSince.get() < patience;
  }

  /// The storage is there, whatever it said.
  synchronized void answered() {
    answeredAt = clock.getAsLong();
    silentSince = Optional.empty();
    away = Optional.empty();
  }

  /// A request got no answer in its time. What others were answered meanwhile counts for more.
  synchronized void failed(long began, BucketException how) {
    long now = clock.getAsLong();
    boolean alone = answeredAt - began <= 0 && now - began >= patience;
    boolean silent = silentSince.filter(since -> now - since >= patience).isPresent();
    if (away.isEmpty() && (alone || silent)) {
      away = Optional.of(new Away(how.problem(), now));
    }
  }
}
