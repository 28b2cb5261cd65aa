package dev.holdfast.job;

import dev.holdfast.io.CrashPoint;
import dev.holdfast.io.DurableFiles;
import dev.holdfast.io.ProcessMark;
import dev.holdfast.job.LeaseRecord.Holder;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.media.Shelf;
import dev.holdfast.media.Shelf.Held;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SetName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The right to write to a set's storage, as a record beside its volumes: two runs of one set with
/// different state directories, on different hosts, never write at once. Renewed while the process
/// lives. One whose holder is gone, or that does not change while it is watched for six renewals,
/// is taken over; no clock of one host is ever compared with another's. Thread-safe.
final class Lease implements AutoCloseable {
  static final Duration USUAL_RENEWAL = Duration.ofSeconds(10);
  private static final int RENEWALS_MISSED = 6;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final int PAUSES_A_RENEWAL = 4;

  private final Terms terms;
  private final ReentrantLock one = new ReentrantLock();
  private final ProcessMark own;
  private final LeaseProblems words;
  private String run = "";
  private Optional<Mine> mine = Optional.empty();
  private Optional<Result> lost = Optional.empty();

  /// What a lease is about.
  ///
  /// @param storage for messages: whose lease it is, as `its storage`
  /// @param memory the local file that remembers the generation that this state directory held;
  ///     empty where nobody asks whether others wrote since
  /// @param renewal how often it is renewed
  /// @param notes is told what a person should know
  record Terms(
      SetName set,
      String storage,
      Shelf shelf,
      Optional<Path> memory,
      Duration renewal,
      Consumer<String> notes) {
    String name() {
      return set + "/lease";
    }
  }

  /// What came of asking for it.
  sealed interface Result {

    /// Ours.
    ///
    /// @param alone nobody else held it since this state directory did
    record Granted(boolean alone) implements Result {}

    /// A live run has it.
    record Refused(Problem problem) implements Result {}

    /// The renewing has ended, so that others may take it over at any time.
    record Broken(Problem problem) implements Result {}

    /// The storage cannot be asked, or cannot be written.
    record Away(Problem problem) implements Result {}

    /// What stands against an effect on media; empty when there is nothing.
    default Optional<Obstacle> obstacle() {
      return switch (this) {
        case Granted _ -> Optional.empty();
        case Refused(var problem) -> Optional.of(new Obstacle(problem, ExitCode.LOCKED));
        case Broken(var problem) -> Optional.of(new Obstacle(problem, ExitCode.STORAGE));
        case Away(var problem) -> Optional.of(new Obstacle(problem, ExitCode.TEMPFAIL));
      };
    }

    /// For those whom it ends.
    ///
    /// @throws HoldfastException unless it was granted
    default void orEnd() {
      var obstacle = obstacle();
      if (obstacle.isPresent()) {
        throw new HoldfastException(obstacle.get().exit(), obstacle.get().problem());
      }
    }
  }

  /// Why nothing may be written.
  record Obstacle(Problem problem, ExitCode exit) {}

  /// The record as this process wrote it last.
  private record Mine(LeaseRecord record, Held held) {}

  /// How often leases are renewed: the usual ten seconds, or what `HOLDFAST_LEASE_RENEWAL` says.
  ///
  /// @throws HoldfastException USAGE for anything but 1 to 60 seconds
  static Duration renewal(Map<String, String> environment) {
    var seconds = environment.getOrDefault("HOLDFAST_LEASE_RENEWAL", "");
    if (seconds.isEmpty()) {
      return USUAL_RENEWAL;
    }
    if (!seconds.matches("[1-9]|[1-5]\\d|60")) {
      throw new HoldfastException(
          ExitCode.USAGE,
          new Problem(
              "HOLDFAST_LEASE_RENEWAL", "'" + seconds + "' is not 1 to 60", "seconds, as 10"));
    }
    return Duration.ofSeconds(Long.parseLong(seconds));
  }

  /// Of the set's own storage.
  static Lease of(SetName set, SetState state, MediaStorage storage, Consumer<String> notes)
      throws IOException {
    return new Lease(
        new Terms(
            set,
            "its storage",
            storage.shelf(),
            Optional.of(state.leaseMemory()),
            renewal(System.getenv()),
            notes));
  }

  /// Of a further storage, where nobody asks whether others wrote since.
  static Lease on(SetName set, MediaStorage storage, Consumer<String> notes) throws IOException {
    return new Lease(
        new Terms(
            set,
            "storage '" + storage.name() + "'",
            storage.shelf(),
            Optional.empty(),
            renewal(System.getenv()),
            notes));
  }

  Lease(Terms terms) throws IOException {
    this.terms = terms;
    this.own = ProcessMark.own();
    this.words = new LeaseProblems(terms.set(), terms.name(), terms.storage());
  }

  /// Asks for it. Watches a holder that may be gone as long as it takes to know.
  ///
  /// @param patience how long to wait for a live holder to end
  Result acquire(Duration patience) throws InterruptedException {
    one.lock();
    try {
      return mine.isPresent() ? new Result.Granted(true) : taken(patience);
    } catch (IOException away) {
      return new Result.Away(words.away(away));
    } finally {
      one.unlock();
    }
  }

  boolean isHeld() {
    one.lock();
    try {
      return mine.isPresent() && lost.isEmpty();
    } finally {
      one.unlock();
    }
  }

  /// Others shall see the run by its name.
  void run(RunId id) {
    one.lock();
    try {
      run = id.value();
      renew();
    } finally {
      one.unlock();
    }
  }

  /// The fence before every effect on media that counts: asks the storage itself, because a process
  /// that was suspended does not know how long. Without a lease it is asked for now.
  ///
  /// @return what the lease is worth now
  Result check() {
    one.lock();
    try {
      if (mine.isEmpty() && lost.isEmpty()) {
        return taken(Duration.ZERO);
      }
      if (lost.isEmpty()) {
        confirm();
      }
      return lost.orElseGet(() -> new Result.Granted(true));
    } catch (IOException away) {
      return new Result.Away(words.away(away));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Result.Away(words.away(new IOException("stopped while waiting for it")));
    } finally {
      one.unlock();
    }
  }

  /// What stands against an effect on media now, for those who do not end a run by it.
  Optional<Obstacle> obstacle() {
    return check().obstacle();
  }

  /// Gives it back; what cannot be given back is taken over by the next one.
  @Override
  public void close() {
    one.lock();
    try {
      if (mine.isPresent() && !(lost.orElse(null) instanceof Result.Refused)) {
        var free = LeaseRecord.free(mine.get().record().generation());
        terms.shelf().replace(mine.get().held(), free.bytes());
        mine = Optional.empty();
        CrashPoint.LEASE_RELEASED.reached();
      }
    } catch (IOException | RuntimeException kept) {
      terms.notes().accept("the lease could not be given back: " + Reason.of(kept));
    } finally {
      mine = Optional.empty();
      one.unlock();
    }
  }

  private Result taken(Duration patience) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    var watch = new LeaseWatch();
    while (true) {
      var found = terms.shelf().read(terms.name());
      var record = found.flatMap(held -> LeaseRecord.parse(held.bytes()));
      if (found.isPresent() && record.isEmpty()) {
        return new Result.Refused(words.unreadable());
      }
      var standing = record.flatMap(LeaseRecord::holder);
      var over = standing.isEmpty() ? Optional.of("") : over(record.get(), watch.unchanged(found));
      if (over.isPresent()) {
        if (isWritten(found, record)) {
          return granted(over.get());
        }
      } else if (watch.isAlive() && System.nanoTime() >= deadline) {
        return new Result.Refused(words.heldBy(standing.get()));
      }
      pause(record);
    }
  }

  /// Why the holder has it no more; empty while it may be alive.
  private static Optional<String> over(LeaseRecord record, Duration unchanged) throws IOException {
    var holder = record.holder().orElseThrow();
    if (holder.process().isGone()) {
      return Optional.of(holder.text() + " is gone without giving back its lease");
    }
    return unchanged.compareTo(record.renewal().multipliedBy(RENEWALS_MISSED)) < 0
        ? Optional.empty()
        : Optional.of(
            "%s has not renewed its lease for %d s while it was watched"
                .formatted(holder.text(), unchanged.toSeconds()));
  }

  private boolean isWritten(Optional<Held> found, Optional<LeaseRecord> record) throws IOException {
    long generation = record.map(LeaseRecord::generation).orElse(0L) + 1;
    var next =
        new LeaseRecord(
            generation, Optional.of(new Holder(own, run, Instant.now())), 0, terms.renewal());
    var written =
        found.isEmpty()
            ? terms.shelf().create(terms.name(), next.bytes())
            : terms.shelf().replace(found.get(), next.bytes());
    written.ifPresent(held -> mine = Optional.of(new Mine(next, held)));
    return written.isPresent();
  }

  private Result granted(String over) throws IOException {
    CrashPoint.LEASE_TAKEN.reached();
    long generation = mine.orElseThrow().record().generation();
    if (!over.isEmpty()) {
      terms.notes().accept(over + "; it is taken over as generation " + generation);
    }
    boolean alone = terms.memory().isEmpty() || isAlone(terms.memory().get(), generation);
    Thread.ofPlatform().daemon().name("lease").start(this::renewForEver);
    return new Result.Granted(alone);
  }

  private static boolean isAlone(Path memory, long generation) throws IOException {
    boolean alone =
        Files.exists(memory)
            && Files.readString(memory).strip().equals(Long.toString(generation - 1));
    DurableFiles.write(memory, Long.toString(generation).getBytes(StandardCharsets.UTF_8));
    return alone;
  }

  private void renewForEver() {
    try {
      do {
        TimeUnit.NANOSECONDS.sleep(terms.renewal().toNanos());
      } while (isRenewed());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /// False when it is ours no more. Whatever ends the renewing is told and stands at the fence: a
  /// run that went on without it would be taken for dead by others.
  private boolean isRenewed() {
    one.lock();
    try {
      renew();
      return mine.isPresent() && lost.isEmpty();
    } catch (RuntimeException | Error broken) {
      var problem = words.unrenewed(broken);
      lost = Optional.of(new Result.Broken(problem));
      terms.notes().accept(problem.fact());
      return false;
    } finally {
      one.unlock();
    }
  }

  /// While the storage is away nothing is renewed, and whether it was lost meanwhile is seen when
  /// it is back.
  private void renew() {
    if (mine.isEmpty() || lost.isPresent()) {
      return;
    }
    try {
      var record = mine.get().record();
      var next =
          new LeaseRecord(
                  record.generation(),
                  record.holder().map(holder -> new Holder(own, run, holder.since())),
                  record.beats(),
                  record.renewal())
              .beat();
      var written = terms.shelf().replace(mine.get().held(), next.bytes());
      if (written.isPresent()) {
        mine = Optional.of(new Mine(next, written.get()));
      } else {
        confirm();
      }
    } catch (IOException away) {
      // told by the fence, when something is to be written
      return;
    }
  }

  /// Reads the record: a renewal that reached the storage and whose answer did not is ours too. One
  /// that is gone was taken by nobody: it is another storage that stands there now.
  private void confirm() throws IOException {
    var found = terms.shelf().read(terms.name());
    if (found.isEmpty()) {
      throw new IOException(
          "the record " + terms.name() + ", which this run wrote, is not there any more");
    }
    var record = LeaseRecord.parse(found.get().bytes());
    if (record.filter(this::isMine).isPresent()) {
      mine = Optional.of(new Mine(record.get(), found.get()));
    } else {
      var problem = words.lost(record);
      lost = Optional.of(new Result.Refused(problem));
      terms.notes().accept(problem.fact());
    }
  }

  private boolean isMine(LeaseRecord record) {
    return record.generation() == mine.orElseThrow().record().generation()
        && record.holder().filter(holder -> holder.process().equals(own)).isPresent();
  }

  private static void pause(Optional<LeaseRecord> record) throws InterruptedException {
    var pause =
        record
            .map(held -> held.renewal().dividedBy(PAUSES_A_RENEWAL))
            .filter(part -> part.compareTo(LONGEST_PAUSE) < 0)
            .orElse(LONGEST_PAUSE);
    TimeUnit.NANOSECONDS.sleep(Math.max(1_000_000, pause.toNanos()));
  }
}
