package dev.holdfast.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Spreads the fulls over the cycle: a night with fewer bytes of fulls than an even share gets some
/// before they are due. Days on which one host has many fulls are thinned out first. Fulls are
/// never put off for this, and a night within five percent of the share is left alone.
final class Balancer {
  private static final double DEAD_BAND = 0.05;

  private final List<Draft> drafts;
  private final PlanInput input;
  private final DueDays dueDays;
  private final double target;
  private long total;
  private long tonight;
  private int fulls;

  Balancer(List<Draft> drafts, PlanInput input) {
    this.drafts = List.copyOf(drafts);
    this.input = input;
    this.target = drafts.stream().mapToDouble(this::share).sum();
    this.total = drafts.stream().mapToLong(Draft::cost).sum();
    this.dueDays = new DueDays(drafts);
    drafts.stream().filter(Draft::isFull).forEach(this::count);
  }

  /// Makes fulls of some incrementals.
  List<Decision> promote() {
    var decisions = new ArrayList<Decision>();
    while (target - tonight > DEAD_BAND * target) {
      var chosen = dueDays.best(fulls > 0, this::rank);
      if (chosen.isEmpty()) {
        return decisions;
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
    tonight += draft.fullBytes();
    fulls++;
  }

  /// A full beyond the share is only made where it is the night's only one. Where a full seems
  /// smaller than the incremental, the incremental's figure is only a bound and says nothing.
  private DueDays.Rank rank(Draft draft) {
    long cost = draft.early().orElseThrow().estimate().cost();
    long with = total - draft.cost() + cost;
    long limit = input.room().forDumps().orElse(Long.MAX_VALUE);
    if (with > limit || with < total || input.room().refuses(cost)) {
      return DueDays.Rank.NEVER;
    }
    return tonight + draft.fullBytes() <= target * (1 + DEAD_BAND)
        ? DueDays.Rank.GOOD
        : DueDays.Rank.ALONE;
  }

  private Decision promote(Draft draft) {
    var numbers =
        Map.of(
            "full",
            draft.fullBytes(),
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
    total -= draft.cost();
    draft.promote(why);
    total += draft.cost();
    count(draft);
    return new Decision(draft.name(), Decision.Kind.PROMOTE, why, numbers);
  }

  /// Bytes of fulls that this source brings to an even night.
  private double share(Draft draft) {
    return draft.source().getsFulls()
        ? draft.fullBytes() / input.rules().runsPerCycle(draft.source().cycle())
        : 0;
  }
}
