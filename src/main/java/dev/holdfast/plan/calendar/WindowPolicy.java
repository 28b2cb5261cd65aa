package dev.holdfast.plan.calendar;

import dev.holdfast.model.declared.Schedule;
import dev.holdfast.model.declared.Schedule.Blackout;
import dev.holdfast.model.declared.Schedule.Timing;
import dev.holdfast.model.declared.Schedule.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// When runs may work: the windows, which begin with their first instant and end before their
/// last, joined where they touch, without the days of blackouts. No window declared = always.
/// Stateless.
public final class WindowPolicy {
  private static final int SIGHT_DAYS = 400;

  private final Timing timing;
  private final LocalClock clock;

  private WindowPolicy(Timing timing, LocalClock clock) {
    this.timing = timing;
    this.clock = clock;
  }

  /// The windows of a schedule.
  ///
  /// @param zone for a schedule without its own: the Project's
  public static WindowPolicy of(Schedule schedule, ZoneId zone) {
    var timing = schedule.timing();
    return new WindowPolicy(timing, new LocalClock(timing.timezone().orElse(zone)));
  }

  public boolean isOpen(Instant now) {
    return blackout(now).isEmpty() && (timing.windows().isEmpty() || isInWindow(now));
  }

  public WindowState at(Instant now) {
    boolean open = isOpen(now);
    var change = changes(now).filter(instant -> isOpen(instant) != open).findFirst();
    return open ? new WindowState.Open(change) : new WindowState.Closed(change, why(now));
  }

  /// When the window that is open now closes, and what follows from it; empty when none is open,
  /// when it stays open, or when its end means nothing.
  public Optional<WindowEnd> endOfWindow(Instant now) {
    return switch (at(now)) {
      case WindowState.Closed _ -> Optional.empty();
      case WindowState.Open(var until) ->
          until
              .filter(_ -> timing.onWindowEnd() != Schedule.OnWindowEnd.IGNORE)
              .map(end -> new WindowEnd(end, timing.onWindowEnd()));
    };
  }

  /// When windows of that day open, blackouts aside.
  Stream<Instant> openings(LocalDate day) {
    return spans(day).map(Span::from);
  }

  private record Span(Instant from, Instant to) {
    boolean has(Instant instant) {
      return !instant.isBefore(from) && instant.isBefore(to);
    }
  }

  private boolean isInWindow(Instant now) {
    var day = clock.day(now);
    return Stream.of(day.minusDays(1), day).flatMap(this::spans).anyMatch(span -> span.has(now));
  }

  private Stream<Span> spans(LocalDate day) {
    return timing.windows().stream()
        .filter(window -> window.days().days().contains(day.getDayOfWeek()))
        .map(window -> span(window, day));
  }

  private Span span(Window window, LocalDate day) {
    var last = window.to().isAfter(window.from()) ? day : day.plusDays(1);
    return new Span(clock.instant(day, window.from()), clock.instant(last, window.to()));
  }

  private Optional<Blackout> blackout(Instant now) {
    var day = clock.day(now);
    return timing.blackouts().stream().filter(one -> one.covers(day)).findFirst();
  }

  private String why(Instant now) {
    return blackout(now).map(one -> "blackout " + DayPlans.words(one)).orElse("no window is open");
  }

  /// Every instant in sight at which something opens or closes, in order.
  private Stream<Instant> changes(Instant now) {
    var day = clock.day(now);
    var blackouts =
        timing.blackouts().stream()
            .flatMap(
                one -> Stream.of(clock.startOf(one.from()), clock.startOf(one.to().plusDays(1))))
            .filter(now::isBefore)
            .sorted()
            .toList();
    if (timing.windows().isEmpty()) {
      return blackouts.stream();
    }
    return IntStream.rangeClosed(0, SIGHT_DAYS)
        .mapToObj(later -> day.plusDays(later))
        .flatMap(one -> changes(one, blackouts).stream())
        .filter(now::isBefore);
  }

  /// Those of one day, from its start to the next day's.
  private List<Instant> changes(LocalDate day, List<Instant> blackouts) {
    var whole = new Span(clock.startOf(day), clock.startOf(day.plusDays(1)));
    return Stream.concat(
            blackouts.stream(),
            Stream.of(day.minusDays(1), day)
                .flatMap(this::spans)
                .flatMap(span -> Stream.of(span.from(), span.to())))
        .filter(whole::has)
        .sorted()
        .toList();
  }
}
