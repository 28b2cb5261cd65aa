package dev.holdfast.config;

import dev.holdfast.model.declared.Cron;
import dev.holdfast.model.declared.Place;
import dev.holdfast.model.declared.Schedule.DayLevel;
import dev.holdfast.model.declared.Schedule.Mode;
import dev.holdfast.model.declared.Schedule.Timing;
import dev.holdfast.model.declared.Schedule.Window;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Rules that hold inside one schedule: no rule that never decides, no start that no window allows,
/// no numbers that do not fit together.
final class ScheduleRules {
  private static final Duration LONGEST_SPREAD = Duration.ofHours(12);
  private static final long DAY = Duration.ofDays(1).toSeconds();

  /// Every weekday meets every date of the year in 28 years.
  private static final List<LocalDate> ALL_DAYS =
      LocalDate.of(2024, 1, 1).datesUntil(LocalDate.of(2052, 1, 1)).toList();

  private final Bound<ScheduleDocument> bound;
  private final Timing timing;
  private final Findings findings;
  private final Optional<Cron> cron;

  ScheduleRules(Bound<ScheduleDocument> bound, Findings findings) {
    this.bound = bound;
    this.timing = bound.body().timing();
    this.findings = findings;
    this.cron = timing.cron().map(Cron::read).flatMap(ScheduleRules::read);
  }

  void check() {
    checkRulesDecide();
    checkSpread();
    checkBlackouts();
    checkMissed();
    if (timing.mode() != Mode.MANUAL) {
      checkStarts();
    }
  }

  private void checkRulesDecide() {
    var rules = timing.days();
    var decided = new boolean[rules.size()];
    ALL_DAYS.forEach(day -> ruleOf(day).ifPresent(rule -> decided[rule] = true));
    IntStream.range(0, rules.size())
        .filter(rule -> !decided[rule])
        .forEach(
            rule -> {
              boolean comes = ALL_DAYS.stream().anyMatch(rules.get(rule).on()::includes);
              findings.error(
                  placeOfItem("days", rule),
                  "days[" + rule + "]",
                  "'"
                      + rules.get(rule).on().text()
                      + "' never decides a day, "
                      + (comes ? "the rules before it name all of its days" : "it never comes"),
                  comes ? "put it before them" : "name days that a year has");
            });
  }

  private Optional<Integer> ruleOf(LocalDate day) {
    var rules = timing.days();
    for (int rule = 0; rule < rules.size(); rule++) {
      if (rules.get(rule).on().includes(day)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  private void checkStarts() {
    if (ALL_DAYS.stream().allMatch(day -> starts(day).isEmpty())) {
      var key = timing.mode() == Mode.CRON ? "cron" : "days";
      findings.error(
          bound.placeOf(key),
          key,
          "the schedule never starts anything",
          "name a day that comes, or write 'mode: manual'");
    } else if (!timing.windows().isEmpty()) {
      checkWindows();
    }
  }

  /// The local times at which the day's runs start, before the spread.
  private List<LocalTime> starts(LocalDate day) {
    var rule = ruleOf(day).map(timing.days()::get);
    if (rule.isPresent() && rule.get().level() == DayLevel.NONE) {
      return List.of();
    }
    return switch (timing.mode()) {
      case MANUAL -> List.of();
      case CRON -> cron.filter(cron -> cron.includes(day)).map(Cron::times).orElse(List.of());
      case AUTO -> usual(day);
      case CALENDAR ->
          rule.map(found -> found.at().isEmpty() ? usual(day) : found.at()).orElse(List.of());
    };
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

  private static Optional<Cron> read(Cron.Reading reading) {
    return switch (reading) {
      case Cron.Reading.Read(var cron) -> Optional.of(cron);
      case Cron.Reading.Refused _ -> Optional.empty();
    };
  }

  private void checkSpread() {
    var spread = timing.spread().orElse(Duration.ZERO);
    if (spread.compareTo(LONGEST_SPREAD) >= 0) {
      findings.error(
          bound.placeOf("spread"),
          "spread",
          "a spread of " + spread.toHours() + "h is not below 12h",
          "spread the starts over less");
    }
    timing.windows().stream()
        .filter(window -> length(window) <= spread.toSeconds())
        .findFirst()
        .ifPresent(
            window ->
                findings.error(
                    bound.placeOf("spread"),
                    "spread",
                    "the spread is not shorter than the window from "
                        + window.from()
                        + " to "
                        + window.to(),
                    "a start could come after the window; spread less, or widen it"));
  }

  private static long length(Window window) {
    long seconds = Duration.between(window.from(), window.to()).toSeconds();
    return seconds > 0 ? seconds : seconds + DAY;
  }

  private void checkBlackouts() {
    var blackouts = timing.blackouts();
    IntStream.range(0, blackouts.size())
        .filter(one -> blackouts.get(one).to().isBefore(blackouts.get(one).from()))
        .forEach(
            one ->
                findings.error(
                    placeOfItem("blackouts", one),
                    "blackouts[" + one + "]",
                    "its last day " + blackouts.get(one).to() + " is before its first day",
                    "write the earlier day as 'from'"));
  }

  private void checkWindows() {
    boolean some =
        ALL_DAYS.stream().anyMatch(day -> starts(day).stream().anyMatch(at -> isOpen(day, at)));
    if (!some && timing.missed().catchUp()) {
      findings.warning(
          bound.placeOf("windows"),
          "windows",
          "no start lies in a window",
          "each run waits until the next one opens");
    } else if (!some) {
      findings.error(
          bound.placeOf("windows"),
          "windows",
          "no start lies in a window, and missed.catchUp is false: nothing would ever run",
          "move the starts into the windows, or write 'missed: { catchUp: true }'");
    }
  }

  private boolean isOpen(LocalDate day, LocalTime at) {
    return timing.windows().stream()
        .anyMatch(
            window -> covers(window, day, at, 0) || covers(window, day.minusDays(1), at, DAY));
  }

  private static boolean covers(Window window, LocalDate opened, LocalTime at, long later) {
    long after = at.toSecondOfDay() + later - window.from().toSecondOfDay();
    return window.days().days().contains(opened.getDayOfWeek())
        && after >= 0
        && after < length(window);
  }

  private void checkMissed() {
    if (!timing.missed().catchUp() && timing.missed().within().isPresent()) {
      findings.warning(
          bound.placeOf("missed", "within"),
          "missed.within",
          "missed.within has no effect while missed.catchUp is false",
          "remove one of them");
    }
  }

  private Place placeOfItem(String key, int index) {
    var value = bound.values().get(key);
    return value.isPresent()
            && value.get() instanceof Value.Items(var items, _)
            && index < items.size()
        ? items.get(index).place()
        : bound.placeOf(key);
  }
}
