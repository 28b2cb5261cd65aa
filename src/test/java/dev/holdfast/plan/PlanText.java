package dev.holdfast.plan;

/// A plan as a golden file holds it.
final class PlanText {
  private PlanText() {}

  static String of(Plan plan) {
    var text = new StringBuilder();
    plan.dumps().forEach(dump -> text.append(dump(dump)));
    plan.leftOut()
        .forEach(
            out ->
                text.append(
                    "%s left out%s: %s%n"
                        .formatted(out.source(), out.wanted() ? " as wanted" : "", out.reason())));
    plan.decisions().forEach(decision -> text.append(decision(decision)));
    var balance = plan.balance();
    text.append(
        "fulls tonight %s, even share %s%n"
            .formatted(Words.size(balance.tonight()), Words.size(balance.target())));
    balance
        .days()
        .forEach(
            day ->
                text.append(
                    "  %s %d %s%n".formatted(day.date(), day.fulls(), Words.size(day.bytes()))));
    return text.toString();
  }

  private static String dump(DumpPlan dump) {
    var first =
        "%s level %s by %s, %s, urgency %d: %s%n"
            .formatted(
                dump.source(),
                dump.choice().level(),
                dump.route(),
                dump.choice().estimate().human(),
                dump.urgency(),
                dump.choice().reason());
    var second =
        switch (dump.degraded()) {
          case Degraded.Instead(var choice) ->
              "  else level %s, %s%n".formatted(choice.level(), choice.estimate().human());
          case Degraded.Refused(var reason) -> "  else nothing: %s%n".formatted(reason);
        };
    var obeys = dump.obeys().map(command -> "  obeys %s%n".formatted(command)).orElse("");
    return first + second + obeys;
  }

  private static String decision(Decision decision) {
    return "%s %s: %s %s%n"
        .formatted(decision.kind(), decision.source(), decision.reason(), decision.numbers());
  }
}
