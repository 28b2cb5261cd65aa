package dev.holdfast.job;

import dev.holdfast.media.MediaStorage;
import dev.holdfast.model.SetName;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// The leases of several storages of one set, each taken when it is needed and kept to the end, so
/// that what was done is told on a storage before another run may write there. Used by one thread.
final class KeptLeases implements AutoCloseable {
  private final SetName set;
  private final Duration patience;
  private final StopSignal stop;
  private final Consumer<String> notes;
  private final SequencedMap<String, Lease> leases = new LinkedHashMap<>();

  /// @param patience how long to wait for a live holder of each
  /// @param notes is told what a person should know
  KeptLeases(SetName set, Duration patience, StopSignal stop, Consumer<String> notes) {
    this.set = set;
    this.patience = patience;
    this.stop = stop;
    this.notes = notes;
  }

  /// Takes that of a storage; what was not granted is not kept.
  Lease.Result take(MediaStorage storage) throws IOException, InterruptedException {
    var lease = Lease.on(set, storage, notes);
    var result = stop.untilStopped(() -> lease.acquire(patience));
    if (result instanceof Lease.Result.Granted) {
      leases.put(storage.name(), lease);
    }
    return result;
  }

  /// Of a storage, when it was granted.
  Optional<Lease> of(MediaStorage storage) {
    return Optional.ofNullable(leases.get(storage.name()));
  }

  @Override
  public void close() {
    leases.sequencedValues().reversed().forEach(Lease::close);
  }
}
