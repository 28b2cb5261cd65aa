package dev.holdfast.job;

import dev.holdfast.catalog.DecisionRow;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.model.Outlook;
import dev.holdfast.model.PlannedDump;
import dev.holdfast.model.RunPlan;
import dev.holdfast.model.SourceName;
import dev.holdfast.plan.Choice;
import dev.holdfast.plan.Decision;
import dev.holdfast.plan.Degraded;
import dev.holdfast.plan.DumpPlan;
import dev.holdfast.plan.LeftOut;
import dev.holdfast.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Keeps a plan and its reasons in the catalog.
record PlanStore(RunScope scope, Ids ids) {

  void store(Plan plan, Instant at) {
    var dumps = plan.dumps().stream().map(this::planned).toList();
    scope
        .catalog()
        .images()
        .plan(
            new RunPlan(
                scope.run(), scope.set().name(), at, dumps, Planning.fingerprint(scope.request())));
    CrashPoint.PLAN_SAVED.reached();
    var decided = new ArrayList<DecisionRow>();
    dumps.forEach(dump -> decided.add(level(dump)));
    plan.decisions().forEach(decision -> decided.add(decision(decision)));
    plan.leftOut().forEach(out -> decided.add(leftOut(out)));
    scope.catalog().plans().decide(decided);
  }

  private DecisionRow level(PlannedDump dump) {
    var words = "level " + dump.level() + " by " + dump.route();
    var why =
        dump.reason()
            + ", "
            + dump.estimate().text()
            + " by "
            + dump.estimate().method().name().toLowerCase(Locale.ROOT);
    return row(dump.source().source(), "PLAN", words, why, numbers(dump));
  }

  private static Map<String, Long> numbers(PlannedDump dump) {
    return Map.of(
        "raw", dump.estimate().bytes(),
        "stored", dump.outlook().storedBytes(),
        "urgency", (long) dump.outlook().urgency());
  }

  private DecisionRow decision(Decision taken) {
    var word = taken.kind().name();
    return row(
        taken.source(), word, word.toLowerCase(Locale.ROOT), taken.reason(), taken.numbers());
  }

  private DecisionRow leftOut(LeftOut out) {
    return row(out.source(), "LEFT_OUT", "left out", out.reason(), Map.of());
  }

  private DecisionRow row(
      SourceName source, String kind, String decision, String reason, Map<String, Long> numbers) {
    return new DecisionRow(scope.run(), source.value(), kind, decision, reason, numbers);
  }

  private PlannedDump planned(DumpPlan dump) {
    var choice = dump.choice();
    return new PlannedDump(
        ids.image(),
        scope.key(dump.source()),
        choice.level(),
        choice.parent(),
        choice.estimate().raw(),
        dump.route(),
        choice.reason(),
        outlook(dump));
  }

  private static Outlook outlook(DumpPlan dump) {
    long stored = dump.choice().estimate().cost();
    return switch (dump.degraded()) {
      case Degraded.Instead(var choice) ->
          new Outlook(stored, dump.urgency(), dump.expected(), Optional.of(smaller(choice)), "");
      case Degraded.Refused(var reason) ->
          new Outlook(stored, dump.urgency(), dump.expected(), Optional.empty(), reason);
    };
  }

  private static Outlook.Smaller smaller(Choice choice) {
    return new Outlook.Smaller(
        choice.level(),
        choice.parent().orElseThrow(),
        choice.estimate().raw(),
        choice.estimate().cost(),
        choice.reason());
  }
}
