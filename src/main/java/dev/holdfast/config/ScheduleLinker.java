package dev.holdfast.config;

import dev.holdfast.model.declared.Cron;
import dev.holdfast.model.declared.Schedule;
import dev.holdfast.model.declared.Schedule.Mode;
import dev.holdfast.model.declared.Schedule.Timing;

/// Makes Schedules of their documents, and checks that the keys of one fit its mode.
final class ScheduleLinker {
  private final Findings findings;

  ScheduleLinker(Findings findings) {
    this.findings = findings;
  }

  Schedule link(Bound<ScheduleDocument> bound) {
    var timing = bound.body().timing();
    int before = findings.errors();
    checkCron(bound, timing);
    checkDays(bound, timing);
    checkTimes(bound, timing);
    if (findings.errors() == before) {
      new ScheduleRules(bound, findings).check();
    }
    var about = bound.body().header().about(bound.document().place());
    return new Schedule(bound.name(), about, timing);
  }

  private void checkCron(Bound<ScheduleDocument> bound, Timing timing) {
    if (timing.mode() == Mode.CRON && timing.cron().isEmpty()) {
      findings.error(
          bound.placeOf("mode"), "cron", "a schedule of mode cron needs 'cron'", "add a cron line");
    } else if (timing.mode() != Mode.CRON && timing.cron().isPresent()) {
      findings.error(
          bound.placeOf("cron"),
          "cron",
          "a cron line stands in a schedule of mode " + mode(timing),
          "write 'mode: cron', or remove the line");
    }
    timing
        .cron()
        .ifPresent(
            line -> {
              if (Cron.read(line) instanceof Cron.Reading.Refused(var fact, var hint)) {
                findings.error(bound.placeOf("cron"), "cron", fact, hint);
              }
            });
  }

  private void checkDays(Bound<ScheduleDocument> bound, Timing timing) {
    if (timing.mode() == Mode.CALENDAR && timing.days().isEmpty()) {
      findings.error(
          bound.placeOf("mode"),
          "days",
          "a schedule of mode calendar needs 'days'",
          "add days as { on: \"mon..fri\", level: incremental }");
    } else if ((timing.mode() == Mode.AUTO || timing.mode() == Mode.MANUAL)
        && !timing.days().isEmpty()) {
      findings.error(
          bound.placeOf("days"),
          "days",
          "days stand in a schedule of mode " + mode(timing),
          "write 'mode: calendar', or remove them");
    }
  }

  private void checkTimes(Bound<ScheduleDocument> bound, Timing timing) {
    boolean own = timing.mode() == Mode.CRON || timing.mode() == Mode.MANUAL;
    if (own && !timing.at().isEmpty()) {
      findings.error(
          bound.placeOf("at"),
          "at",
          "start times stand in a schedule of mode " + mode(timing),
          "remove them, or write 'mode: auto' or 'mode: calendar'");
    } else if (own && timing.days().stream().anyMatch(rule -> !rule.at().isEmpty())) {
      findings.error(
          bound.placeOf("days"),
          "days.at",
          "days of a schedule of mode " + mode(timing) + " have start times",
          "remove them; the cron line says when");
    }
  }

  private static String mode(Timing timing) {
    return Scalars.spelling(timing.mode());
  }
}
