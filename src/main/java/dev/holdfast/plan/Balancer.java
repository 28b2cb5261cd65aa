package dev.holdfast.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Spreads the fulls over the cycle: a night with fewer bytes of fulls than an even share gets some
/// before they are due. Days on which one host has many fulls are thinned out first. Fulls are
/// never put off for this, and a night within five percent of the share is left alone.
final class Balancer {
  private static final double DEAD_BAND = 0.05;

  private final List<Draft> drafts;
  private final PlanInput input;
  private final double target;
  private final Map<HostDay, Integer> dueOnHost = new HashMap<>();
  private final Map<Integer, Integer> dueOnDay = new HashMap<>();
  private final Map<String, Integer> tonightOnHost = new HashMap<>();
  private long total;
  private long tonight;
  private int fulls;

  Balancer(List<Draft> drafts, PlanInput input) {
    this.drafts = List.copyOf(drafts);
    this.input = input;
    this.target = drafts.stream().mapToDouble(this::share).sum();
    this.total = drafts.stream().mapToLong(Draft::cost).sum();
    for (var draft : drafts) {
      count(draft);
    }
  }

  private record HostDay(String host, int due) {}

  /// Makes fulls of some incrementals.
  List<Decision> promote() {
    var decisions = new ArrayList<Decision>();
    while (target - tonight > DEAD_BAND * target) {
      var chosen = best(true).or(() -> fulls == 0 ? best(false) : Optional.empty());
      if (chosen.isEmpty()) {
        break;
      }
      decisions.add(promote(chosen.get()));
    }
    return decisions;
  }

  /// How the fulls lie once this plan is done.
  Balance balance() {
    var days = new TreeMap<Integer, Balance.Day>();
    for (var draft : drafts) {
      if (draft.isFull() || draft.source().getsFulls()) {
        int offset = draft.isFull() ? 0 : Math.max(1, draft.due());
        days.merge(
            offset,
            new Balance.Day(input.today().date().plusDays(offset), 1, draft.fullBytes()),
            (a, b) -> new Balance.Day(a.date(), a.fulls() + b.fulls(), a.bytes() + b.bytes()));
      }
    }
    return new Balance(Math.round(target), tonight, List.copyOf(days.values()));
  }

  private void count(Draft draft) {
    if (draft.isFull()) {
      tonight += draft.fullBytes();
      fulls++;
      tonightOnHost.merge(host(draft), 1, Integer::sum);
    } else if (draft.source().getsFulls() && draft.due() > 0) {
      dueOnHost.merge(new HostDay(host(draft), draft.due()), 1, Integer::sum);
      dueOnDay.merge(draft.due(), 1, Integer::sum);
    }
  }

  private Optional<Draft> best(boolean withinShare) {
    return drafts.stream()
        .filter(draft -> draft.due() > 0 && draft.early().isPresent())
        .filter(this::fits)
        .filter(draft -> !withinShare || tonight + draft.fullBytes() <= target * (1 + DEAD_BAND))
        .filter(draft -> fulls > 0 || dueOnDay.getOrDefault(draft.due(), 0) > 1)
        .max(
            Comparator.comparingLong(this::score)
                .thenComparing(Draft::name, Comparator.reverseOrder()));
  }

  private boolean fits(Draft draft) {
    long with = total - draft.cost() + draft.early().orElseThrow().estimate().cost();
    var limit = input.room().forDumps();
    return (limit.isEmpty() || with <= limit.getAsLong())
        && !input.room().refuses(draft.early().orElseThrow().estimate().cost());
  }

  /// Amanda's: many fulls of one host on one day first, then those that are due soonest.
  private long score(Draft draft) {
    long there = dueOnHost.getOrDefault(new HostDay(host(draft), draft.due()), 0);
    long here = tonightOnHost.getOrDefault(host(draft), 0);
    if (here == 0 && there > 1) {
      there++;
    }
    long square = here * here;
    long soon = (long) draft.source().cycle() - draft.due();
    return there >= square ? (there - square) * (there - square) + soon : soon - square;
  }

  private Decision promote(Draft draft) {
    var full = draft.early().orElseThrow();
    var numbers =
        Map.of(
            "full",
            full.estimate().storedBytes(),
            "tonight",
            tonight,
            "target",
            Math.round(target),
            "due",
            (long) draft.due());
    var why =
        "promoted to full "
            + Words.days(draft.due())
            + " early: tonight has "
            + Words.size(tonight)
            + " of fulls, an even share is "
            + Words.size(Math.round(target));
    dueOnHost.merge(new HostDay(host(draft), draft.due()), -1, Integer::sum);
    dueOnDay.merge(draft.due(), -1, Integer::sum);
    total += full.estimate().cost() - draft.cost();
    draft.promote(why);
    count(draft);
    return new Decision(draft.name(), Decision.Kind.PROMOTE, why, numbers);
  }

  /// Bytes of fulls that this source brings to an even night.
  private double share(Draft draft) {
    return draft.source().getsFulls()
        ? draft.fullBytes() / input.rules().runsPerCycle(draft.source().cycle())
        : 0;
  }

  private static String host(Draft draft) {
    return draft.source().terms().host();
  }
}
