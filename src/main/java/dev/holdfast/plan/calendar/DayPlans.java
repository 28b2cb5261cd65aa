package dev.holdfast.plan.calendar;

import dev.holdfast.model.declared.Cron;
import dev.holdfast.model.declared.Schedule.Blackout;
import dev.holdfast.model.declared.Schedule.DayLevel;
import dev.holdfast.model.declared.Schedule.DayRule;
import dev.holdfast.model.declared.Schedule.Mode;
import dev.holdfast.model.declared.Schedule.Timing;
import dev.holdfast.model.declared.Schedule.Window;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/// Reads a schedule's days: which rule decides, at which times it starts.
final class DayPlans {
  private final Timing timing;
  private final Optional<Cron> cron;

  /// @throws IllegalArgumentException when the cron line is one that `config` refuses
  DayPlans(Timing timing) {
    this.timing = timing;
    this.cron = timing.cron().map(DayPlans::read);
  }

  DayPlan of(LocalDate day) {
    var blackout = timing.blackouts().stream().filter(one -> one.covers(day)).findFirst();
    if (blackout.isPresent()) {
      return nothing(day, "blackout " + words(blackout.get()), blackout);
    }
    if (timing.startDate().filter(day::isBefore).isPresent()) {
      return nothing(day, "before startDate " + timing.startDate().get(), Optional.empty());
    }
    return byRule(day, timing.days().stream().filter(rule -> rule.on().includes(day)).findFirst());
  }

  private DayPlan byRule(LocalDate day, Optional<DayRule> rule) {
    var times = times(day, rule);
    var level = rule.map(DayRule::level).orElse(DayLevel.AUTO);
    var by = rule.map(found -> found.on().text()).orElseGet(() -> mode(day));
    return times.isEmpty() || level == DayLevel.NONE
        ? nothing(day, by, Optional.empty())
        : new DayPlan(day, level, by, times, Optional.empty());
  }

  private String mode(LocalDate day) {
    return switch (timing.mode()) {
      case AUTO -> "every day";
      case CALENDAR -> "no rule names " + day;
      case CRON -> "cron " + timing.cron().orElse("");
      case MANUAL -> "manual";
    };
  }

  private List<LocalTime> times(LocalDate day, Optional<DayRule> rule) {
    return switch (timing.mode()) {
      case MANUAL -> List.of();
      case CRON -> cron.filter(one -> one.includes(day)).map(Cron::times).orElse(List.of());
      case AUTO -> inOrder(usual(day));
      case CALENDAR ->
          rule.map(found -> inOrder(found.at().isEmpty() ? usual(day) : found.at()))
              .orElse(List.of());
    };
  }

  private static List<LocalTime> inOrder(List<LocalTime> times) {
    return times.stream().sorted().distinct().toList();
  }

  private List<LocalTime> usual(LocalDate day) {
    if (!timing.at().isEmpty()) {
      return timing.at();
    }
    return timing.windows().isEmpty()
        ? List.of(LocalTime.MIDNIGHT)
        : timing.windows().stream()
            .filter(window -> window.days().days().contains(day.getDayOfWeek()))
            .map(Window::from)
            .toList();
  }

  private static DayPlan nothing(LocalDate day, String by, Optional<Blackout> blackout) {
    return new DayPlan(day, DayLevel.NONE, by, List.of(), blackout);
  }

  static String words(Blackout blackout) {
    return blackout.from()
        + " to "
        + blackout.to()
        + blackout.reason().map(reason -> ", " + reason).orElse("");
  }

  static boolean isManual(Timing timing) {
    return timing.mode() == Mode.MANUAL;
  }

  private static Cron read(String line) {
    return switch (Cron.read(line)) {
      case Cron.Reading.Read(var cron) -> cron;
      case Cron.Reading.Refused(var fact, _) -> throw new IllegalArgumentException(fact);
    };
  }
}
