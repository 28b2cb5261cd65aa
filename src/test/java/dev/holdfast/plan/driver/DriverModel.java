package dev.holdfast.plan.driver;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.Route;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;

/// A reference model of a run: dumps of known real sizes, a staging of known size, writers that
/// empty it, storage that may go away. It follows the driver's moves with books of its own, a step
/// of time after the other, and fails when the books do not add up or nothing can ever happen
/// again.
final class DriverModel {
  private static final int HOSTS = 3;

  private final Random random;
  private final int slots;
  private final long capacity;
  private final int writers;
  private final int clientParallel;
  private final long awayFrom;
  private final List<WaitingDump> waiting = new ArrayList<>();
  private final Map<ImageId, Long> sizes = new HashMap<>();
  private final Map<ImageId, Live> live = new LinkedHashMap<>();
  private final Deque<Long> staged = new ArrayDeque<>();
  final Map<ImageId, String> ends = new LinkedHashMap<>();
  private long writing;
  private long time;

  private static final class Live {
    final WaitingDump dump;
    final Route route;
    long promised;
    long arrived;
    boolean paused;

    Live(WaitingDump dump, Route route) {
      this.dump = dump;
      this.route = route;
      this.promised = route == Route.STAGING ? dump.bytes() : 0;
    }
  }

  DriverModel(long seed) {
    random = new Random(seed);
    slots = 1 + random.nextInt(6);
    capacity = 50 + random.nextLong(200);
    writers = 1 + random.nextInt(3);
    clientParallel = 1 + random.nextInt(3);
    awayFrom = random.nextInt(3) == 0 ? random.nextLong(40) : Long.MAX_VALUE;
    int count = 1 + random.nextInt(25);
    for (int n = 0; n < count; n++) {
      waiting.add(dump(n));
    }
  }

  private WaitingDump dump(int n) {
    var image = new ImageId("i" + n);
    long estimate = random.nextInt(random.nextInt(8) == 0 ? 400 : 60);
    // estimates are wrong, mostly a little
    sizes.put(
        image, Math.max(0, estimate + random.nextInt(41) - (random.nextInt(3) == 0 ? 5 : 30)));
    boolean full = random.nextInt(3) == 0;
    var smaller =
        full && random.nextBoolean() ? OptionalLong.of(estimate / 5) : OptionalLong.empty();
    var host = "h" + random.nextInt(HOSTS);
    boolean required = random.nextInt(5) == 0;
    var route = !required && random.nextInt(6) == 0 ? Route.DIRECT : Route.STAGING;
    return new WaitingDump(
        image, host, full, estimate, random.nextInt(5), route, required, smaller);
  }

  int count() {
    return sizes.size();
  }

  long capacity() {
    return capacity;
  }

  /// Runs to the end.
  void run() {
    while (!(waiting.isEmpty() && live.isEmpty() && (staged.isEmpty() || isAway()))) {
      boolean moved = startAll();
      moved |= dumpABit();
      moved |= writeABit();
      check();
      if (!moved) {
        throw new AssertionError("nothing can happen any more: " + situation());
      }
      time++;
    }
  }

  private boolean isAway() {
    return time >= awayFrom;
  }

  private boolean startAll() {
    boolean moved = false;
    while (live.size() < slots) {
      switch (Admission.next(situation(), preference())) {
        case Move.Start(var image, var route) -> live.put(image, new Live(take(image), route));
        case Move.Degrade(var image, _) -> {
          var smaller = take(image).degraded();
          sizes.put(image, smaller.bytes());
          waiting.add(smaller);
        }
        case Move.Refuse(var image, var later, _) -> {
          take(image);
          ends.put(image, later ? "later" : "refused");
        }
        case Move.Wait _, Move.Finished _ -> {
          return moved;
        }
      }
      moved = true;
    }
    return moved;
  }

  private Comparator<WaitingDump> preference() {
    return random.nextBoolean()
        ? Comparator.comparingLong(WaitingDump::bytes)
        : Comparator.comparingLong(WaitingDump::bytes).reversed();
  }

  private WaitingDump take(ImageId image) {
    var dump = waiting.stream().filter(w -> w.image().equals(image)).findFirst().orElseThrow();
    waiting.remove(dump);
    return dump;
  }

  private boolean dumpABit() {
    boolean moved = false;
    for (var dump : List.copyOf(live.values())) {
      if (!live.containsKey(dump.dump.image())) {
        continue; // aborted in this very step
      }
      long more = Math.min(1 + random.nextInt(20), size(dump) - dump.arrived);
      if (dump.route == Route.STAGING && dump.arrived + more > dump.promised) {
        long extra = dump.arrived + more - dump.promised;
        dump.paused = extra > available();
        if (dump.paused) {
          moved |= relieve();
          continue;
        }
        dump.promised += extra;
      }
      dump.arrived += more;
      moved = true;
      if (dump.arrived == size(dump)) {
        finish(dump);
      }
    }
    return moved;
  }

  private long size(Live dump) {
    return Objects.requireNonNull(sizes.get(dump.dump.image()));
  }

  private void finish(Live dump) {
    live.remove(dump.dump.image());
    ends.put(dump.dump.image(), "done");
    if (dump.route == Route.STAGING) {
      staged.add(size(dump));
    }
  }

  private boolean relieve() {
    var victim = Pressure.victim(situation().running(), room());
    victim.ifPresent(
        gone -> {
          var dump = Objects.requireNonNull(live.remove(gone.image())).dump;
          waiting.add(
              new WaitingDump(
                  dump.image(),
                  dump.host(),
                  dump.full(),
                  dump.required() ? Long.MAX_VALUE : dump.bytes(),
                  dump.rate(),
                  dump.required() ? Route.STAGING : Route.DIRECT,
                  dump.required(),
                  OptionalLong.empty()));
        });
    return victim.isPresent();
  }

  private boolean writeABit() {
    if (isAway()) {
      staged.addFirst(writing);
      writing = 0;
      staged.remove(0L);
      return false;
    }
    boolean moved = writing > 0 || !staged.isEmpty() || awayFrom != Long.MAX_VALUE;
    if (writing == 0 && !staged.isEmpty()) {
      writing = staged.poll();
    }
    writing = Math.max(0, writing - 1 - random.nextInt(30));
    return moved;
  }

  private void check() {
    if (available() < 0) {
      throw new AssertionError("staging holds more than it can: " + situation());
    }
    if (live.size() > slots) {
      throw new AssertionError("more dumps than slots");
    }
    for (int host = 0; host < HOSTS; host++) {
      var name = "h" + host;
      if (live.values().stream().filter(d -> d.dump.host().equals(name)).count() > clientParallel) {
        throw new AssertionError("host " + name + " dumps more than it may");
      }
    }
  }

  private long available() {
    long promised = live.values().stream().mapToLong(dump -> dump.promised).sum();
    return capacity - promised - writing - staged.stream().mapToLong(Long::longValue).sum();
  }

  private Room room() {
    boolean draining = !isAway() && (writing > 0 || !staged.isEmpty());
    return new Room(capacity, available(), capacity / 5, draining);
  }

  private Situation situation() {
    var running =
        live.values().stream()
            .map(
                dump ->
                    new RunningDump(
                        dump.dump.image(),
                        dump.dump.host(),
                        dump.route,
                        dump.dump.bytes(),
                        dump.dump.rate(),
                        dump.paused))
            .toList();
    long direct = live.values().stream().filter(dump -> dump.route == Route.DIRECT).count();
    int free = (int) Math.max(0, writers - direct - (writing > 0 ? 1 : 0));
    return new Situation(
        waiting, running, room(), !isAway(), free, clientParallel, OptionalLong.of(6));
  }
}
