package dev.holdfast.job;

import dev.holdfast.catalog.DecisionRow;
import dev.holdfast.catalog.ImageRow;
import dev.holdfast.catalog.ImageState;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.PlannedDump;
import dev.holdfast.model.Route;
import dev.holdfast.model.declared.How;
import dev.holdfast.model.declared.Job;
import dev.holdfast.model.declared.StagingUse;
import dev.holdfast.plan.driver.Admission;
import dev.holdfast.plan.driver.Move;
import dev.holdfast.plan.driver.Pressure;
import dev.holdfast.plan.driver.Room;
import dev.holdfast.plan.driver.RunningDump;
import dev.holdfast.plan.driver.Situation;
import dev.holdfast.plan.driver.WaitingDump;
import dev.holdfast.report.RunEvent;
import dev.holdfast.staging.Reservation;
import dev.holdfast.staging.ReserveResult;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Gives each dumper its next dump, books room for it, and holds dumps back that outgrow their
/// room. What it does is decided by `Admission` and `Pressure`; here is only the state they judge.
/// Thread- safe: dumpers meet in it.
final class Driver {
  /// Another set, or a person, may make room without telling us.
  private static final long LOOK_AGAIN_MILLIS = 500;

  private final RunScope scope;
  private final Writing writing;
  private final DumpPreference preference;
  private final Map<ImageId, Queued> waiting = new LinkedHashMap<>();
  private final Map<ImageId, Live> live = new HashMap<>();
  private final Map<ImageId, Turn> turns = new HashMap<>();
  private final Deque<ImageId> settled = new ArrayDeque<>();

  Driver(RunScope scope, Writing writing) {
    this.scope = scope;
    this.writing = writing;
    this.preference = new DumpPreference(scope.set());
  }

  /// What a dumper does with the image it was given.
  sealed interface Turn {
    PlannedDump planned();

    /// Dump into the room that is booked for it.
    record Stage(PlannedDump planned, Reservation reservation) implements Turn {}

    /// Dump straight to media; a writer's permit is held for it.
    record Direct(PlannedDump planned) implements Turn {}

    /// Do not dump it in this run.
    record Refused(PlannedDump planned, boolean later, String reason) implements Turn {}
  }

  /// A dump before its turn.
  private record Queued(PlannedDump planned, boolean outgrew, int attempt) {}

  /// A dump that runs.
  private static final class Live {
    private final Queued queued;
    private final Route route;
    private boolean paused;
    private boolean aborted;
    private Optional<Queued> again = Optional.empty();

    Live(Queued queued, Route route) {
      this.queued = queued;
      this.route = route;
    }
  }

  /// The dumps of this run, in the plan's order. Those that were made before a restart are given
  /// out too, for their steps to end.
  synchronized void expect(List<ImageRow> rows) {
    for (var row : rows) {
      if (row.state() == ImageState.PLANNED) {
        waiting.put(row.planned().image(), new Queued(row.planned(), false, 1));
      } else {
        settled.add(row.planned().image());
      }
    }
  }

  /// The next dump of a dumper, when one may start; empty when none is left.
  ///
  /// @param slot the dumper's number, from 0
  Optional<ImageId> next(int slot) throws IOException, InterruptedException {
    while (true) {
      scope.stop().check();
      long seen = scope.signals().changes();
      var decided = decide(slot);
      if (decided.isPresent()) {
        return decided;
      }
      if (isOver()) {
        return Optional.empty();
      }
      scope.signals().awaitChangeSince(seen, LOOK_AGAIN_MILLIS);
    }
  }

  /// What `next` decided; empty for an image that was dumped before a restart.
  synchronized Optional<Turn> turn(ImageId image) {
    return Optional.ofNullable(turns.remove(image));
  }

  /// Books stored bytes of a staged dump before they are written, and waits while there is no room.
  ///
  /// @throws OutgrownException when the dump has to make place for others
  void grow(ImageId image, Reservation reservation, long bytes) throws IOException {
    while (!reservation.grow(bytes)) {
      long seen = scope.signals().changes();
      pause(image);
      try {
        scope.stop().check();
        scope.signals().awaitChangeSince(seen, LOOK_AGAIN_MILLIS);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("stopped while waiting for room in staging");
      }
    }
    resumed(image);
  }

  /// The step of an image ended, well or not. Only now may another dumper take it again.
  void ended(ImageId image) {
    synchronized (this) {
      var dump = live.remove(image);
      if (dump != null && dump.route == Route.DIRECT) {
        writing.permits().release();
      }
      if (dump != null) {
        dump.again.ifPresent(queued -> waiting.put(image, queued));
      }
      tellToDump();
    }
    scope.signals().ring();
  }

  /// A dump that outgrew staging starts again when its step has ended, straight to media.
  synchronized void outgrew(PlannedDump planned) {
    var dump = Objects.requireNonNull(live.get(planned.image()));
    dump.again = Optional.of(new Queued(planned, true, dump.queued.attempt));
  }

  /// A failed dump starts again, as the last one.
  ///
  /// @return false when it was tried again already, or the run is to end
  synchronized boolean retries(PlannedDump planned) {
    var dump = live.get(planned.image());
    boolean ends = scope.set().how().onSourceFailure() == How.OnSourceFailure.STOP;
    if (dump == null || dump.queued.attempt > 1 || ends || isClosing()) {
      return false;
    }
    dump.again = Optional.of(new Queued(planned, dump.queued.outgrew, 2));
    return true;
  }

  private synchronized boolean isOver() {
    return waiting.isEmpty() && settled.isEmpty() && live.isEmpty();
  }

  private boolean isClosing() {
    return scope.stop().stopped() || scope.stop().closing().isPresent();
  }

  private synchronized Optional<ImageId> decide(int slot) throws IOException {
    if (!settled.isEmpty()) {
      return Optional.of(settled.remove());
    }
    var closing = scope.stop().closing();
    if (closing.isPresent() && !waiting.isEmpty()) {
      var first = waiting.keySet().iterator().next();
      return refuse(first, true, closing.get());
    }
    while (true) {
      switch (Admission.next(situation(), preference.of(slot, this::planned))) {
        case Move.Start(var image, var route) -> {
          return start(image, route);
        }
        case Move.Degrade(var image, var reason) -> degrade(image, reason);
        case Move.Refuse(var image, var later, var reason) -> {
          return refuse(image, later, reason);
        }
        case Move.Wait _ -> {
          wantRoomIfShort();
          return Optional.empty();
        }
        case Move.Finished _ -> {
          return Optional.empty();
        }
      }
    }
  }

  /// Writers may hold images back for a better volume only while no dump waits for their room; one
  /// that waits for its host does not.
  private void wantRoomIfShort() {
    var room = room();
    boolean isShort =
        waiting.values().stream()
            .map(this::waitingDump)
            .filter(dump -> dump.route() == Route.STAGING)
            .anyMatch(dump -> dump.bytes() > room.available() || room.available() < room.reserve());
    if (isShort) {
      scope.signals().wantRoom();
    }
  }

  private PlannedDump planned(WaitingDump dump) {
    return queued(dump.image()).planned;
  }

  private Queued queued(ImageId image) {
    return Objects.requireNonNull(waiting.get(image));
  }

  private Optional<ImageId> start(ImageId image, Route route) throws IOException {
    var queued = queued(image);
    var turn = route == Route.STAGING ? reserve(queued.planned) : permit(queued.planned);
    if (turn == null) {
      return Optional.empty();
    }
    waiting.remove(image);
    live.put(image, new Live(queued, route));
    turns.put(image, turn);
    tellToDump();
    return Optional.of(image);
  }

  /// Another set may have been faster with the room.
  private @Nullable Turn reserve(PlannedDump planned) throws IOException {
    var staging = scope.staging().orElseThrow();
    return staging.reserve(planned.image(), planned.outlook().storedBytes())
            instanceof ReserveResult.Granted(var reservation)
        ? new Turn.Stage(planned, reservation)
        : null;
  }

  private @Nullable Turn permit(PlannedDump planned) {
    return writing.permits().tryAcquire() ? new Turn.Direct(planned) : null;
  }

  private void degrade(ImageId image, String reason) {
    var queued = queued(image);
    var smaller = queued.planned.degraded(reason);
    scope.catalog().images().degrade(smaller);
    scope
        .catalog()
        .plans()
        .decide(
            List.of(
                new DecisionRow(
                    scope.run(),
                    smaller.source().source().value(),
                    "DEGRADE",
                    "level " + smaller.level() + " instead of 0",
                    smaller.reason(),
                    Map.of("stored", smaller.outlook().storedBytes()))));
    note(smaller, "level " + smaller.level() + " instead of 0: " + reason);
    waiting.put(image, new Queued(smaller, queued.outgrew, queued.attempt));
  }

  private Optional<ImageId> refuse(ImageId image, boolean later, String reason) {
    var queued = Objects.requireNonNull(waiting.remove(image));
    turns.put(image, new Turn.Refused(queued.planned, later, reason));
    return Optional.of(image);
  }

  private synchronized void pause(ImageId image) throws OutgrownException {
    var dump = Objects.requireNonNull(live.get(image));
    if (!dump.paused) {
      dump.paused = true;
      note(dump.queued.planned, "paused: it outgrew its room in staging");
      scope.signals().wantRoom();
    }
    Pressure.victim(running(), room())
        .ifPresent(victim -> Objects.requireNonNull(live.get(victim.image())).aborted = true);
    if (dump.aborted) {
      throw new OutgrownException();
    }
  }

  private synchronized void resumed(ImageId image) {
    var dump = live.get(image);
    if (dump != null) {
      dump.paused = false;
    }
  }

  private void tellToDump() {
    var all = Stream.concat(waiting.values().stream(), live.values().stream().map(d -> d.queued));
    scope.signals().toDump(all.mapToLong(dump -> dump.planned.outlook().storedBytes()).sum());
  }

  private Situation situation() {
    var how = scope.set().how();
    return new Situation(
        waiting.values().stream().map(this::waitingDump).toList(),
        running(),
        room(),
        isWritten() && isMediaReady(),
        writing.permits().availablePermits(),
        how.clientParallel(),
        how.networkRate());
  }

  /// Else what is dumped stays in staging, and nothing goes past it.
  private boolean isWritten() {
    return scope.request().does(Job.Step.WRITE);
  }

  private boolean isMediaReady() {
    return scope.outcomes().storageTrouble().isEmpty() && !scope.signals().areWritersGone();
  }

  private Room room() {
    if (scope.staging().isEmpty()) {
      return new Room(0, 0, 0, false);
    }
    var staging = scope.staging().get();
    var figures = staging.figures();
    boolean own = isMediaReady() && writing.isDraining();
    staging.draining(own);
    long reserve = scope.set().stagingUse().reserveForIncremental().of(figures.capacity());
    return new Room(figures.capacity(), figures.available(), reserve, own || staging.othersDrain());
  }

  private WaitingDump waitingDump(Queued queued) {
    var planned = queued.planned;
    boolean required =
        scope.set().stagingUse().use().mode() == StagingUse.Mode.REQUIRED || !isWritten();
    // what must be staged and outgrew all room there is can never be
    long bytes =
        queued.outgrew && required
            ? WaitingDump.MORE_THAN_THERE_IS
            : planned.outlook().storedBytes();
    var wanted = isWritten() ? planned.route() : Route.STAGING;
    var route = queued.outgrew && !required ? Route.DIRECT : wanted;
    var smaller = planned.outlook().smaller().map(found -> OptionalLong.of(found.storedBytes()));
    return new WaitingDump(
        planned.image(),
        host(planned),
        planned.level().isFull(),
        bytes,
        preference.rate(planned),
        route,
        required,
        smaller.orElse(OptionalLong.empty()));
  }

  private String host(PlannedDump planned) {
    return preference.source(planned).host();
  }

  private List<RunningDump> running() {
    return live.values().stream()
        .map(
            dump ->
                new RunningDump(
                    dump.queued.planned.image(),
                    host(dump.queued.planned),
                    dump.route,
                    dump.queued.planned.outlook().storedBytes(),
                    preference.rate(dump.queued.planned),
                    dump.paused))
        .toList();
  }

  private void note(PlannedDump planned, String text) {
    scope.events().tell(new RunEvent.Note("source " + planned.source().source() + ": " + text));
  }
}
