package dev.holdfast.plan;

import dev.holdfast.model.Estimate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Decides what a run dumps: the right level for every source, within the room there is, with the
/// fulls spread over the cycle. A pure function: the same input gives the same plan, in whatever
/// order the sources stand.
public final class Planner {
  private static final int EXPIRY_NOTICE_DAYS = 5;

  private final PlanInput input;
  private final List<Decision> decisions = new ArrayList<>();

  private Planner(PlanInput input) {
    this.input = input;
  }

  public static Plan plan(PlanInput input) {
    return new Planner(input).plan();
  }

  private Plan plan() {
    var chooser = new LevelChooser(input.rules(), input.today());
    var drafts = new ArrayList<Draft>();
    var leftOut = new ArrayList<LeftOut>();
    for (var source :
        input.sources().stream().sorted(Comparator.comparing(SourceInput::name)).toList()) {
      switch (chooser.choose(source)) {
        case LevelChooser.Result.Chosen(var draft) -> drafts.add(draft);
        case LevelChooser.Result.Out(var out) -> leftOut.add(out);
      }
    }
    drafts.forEach(this::announce);
    drafts.forEach(this::makeFullOfAsLarge);
    decisions.addAll(new Fit(drafts, input.room(), input.today()).fit());
    var balancer = new Balancer(drafts, input);
    decisions.addAll(balancer.promote());
    drafts.forEach(this::warnOfExpiry);
    drafts.forEach(draft -> draft.refusal().ifPresent(leftOut::add));
    leftOut.sort(Comparator.comparing(LeftOut::source));
    return new Plan(dumps(drafts), leftOut, decisions, balancer.balance());
  }

  private void announce(Draft draft) {
    if (draft.source().isNew()) {
      decide(draft, Decision.Kind.NEW, "no full of it can be built on", Map.of());
    }
  }

  /// An incremental that saves nothing costs a longer chain for nothing.
  private void makeFullOfAsLarge(Draft draft) {
    var full = draft.early();
    var incremental = draft.standing().choice();
    if (full.isEmpty() || incremental.isEmpty()) {
      return;
    }
    var small = incremental.get().estimate();
    var large = full.get().estimate();
    if (small.isComparable()
        && large.isComparable()
        && small.raw().bytes() >= large.raw().bytes()) {
      var why =
          "its incremental of "
              + Words.size(small.raw().bytes())
              + " would be as large as its full of "
              + Words.size(large.raw().bytes());
      draft.promote(why);
      decide(
          draft,
          Decision.Kind.PROMOTE,
          why,
          Map.of("incremental", small.raw().bytes(), "full", large.raw().bytes()));
    }
  }

  private void warnOfExpiry(Draft draft) {
    int retention = input.rules().retentionDays();
    draft
        .source()
        .history()
        .newestFull()
        .map(full -> input.today().daysSince(full.at()))
        .filter(age -> !draft.isFull() && age >= retention - EXPIRY_NOTICE_DAYS)
        .ifPresent(
            age ->
                decide(
                    draft,
                    Decision.Kind.EXPIRES,
                    "its last full is "
                        + Words.days(age)
                        + " old, images are kept "
                        + Words.days(retention)
                        + ", and tonight makes no new one",
                    Map.of("age", (long) age, "retention", (long) retention)));
  }

  private void decide(Draft draft, Decision.Kind kind, String why, Map<String, Long> numbers) {
    decisions.add(new Decision(draft.name(), kind, why, numbers));
  }

  private List<DumpPlan> dumps(List<Draft> drafts) {
    return drafts.stream()
        .filter(draft -> draft.standing().choice().isPresent())
        .sorted(
            Comparator.comparing(Draft::urgency, Comparator.reverseOrder())
                .thenComparing(Draft::cost, Comparator.reverseOrder())
                .thenComparing(Draft::name))
        .map(this::dump)
        .toList();
  }

  private DumpPlan dump(Draft draft) {
    var choice = draft.standing().choice().orElseThrow();
    return new DumpPlan(
        draft.name(),
        choice,
        input.room().route(choice.estimate().cost()),
        draft.urgency(),
        expected(draft.source(), choice),
        draft.standing().degraded(),
        draft.obeys());
  }

  private static Duration expected(SourceInput source, Choice choice) {
    Estimate raw = choice.estimate().raw();
    long rate = new HistoryEstimates(source.history()).bytesPerSecond(choice.level());
    return Duration.ofMillis(Math.round(raw.bytes() * 1000.0 / rate));
  }
}
