package dev.holdfast.plan.calendar;

import dev.holdfast.model.declared.Schedule.Missed;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Decides whether a set is due. Outside a window nothing starts. A start is missed when its window
/// has closed, or an hour after it where no windows are declared; of several that were missed only
/// the newest counts. Stateless.
public final class DuePolicy {
  private static final Duration PUNCTUAL = Duration.ofHours(1);

  private final Timetable timetable;
  private final WindowPolicy windows;
  private final Missed missed;

  public DuePolicy(Timetable timetable) {
    this.timetable = timetable;
    this.windows = timetable.windows();
    this.missed = timetable.schedule().timing().missed();
  }

  public DueDecision decide(Past past, Instant now) {
    var start = timetable.latest(now);
    var unfinished = past.lastStart().filter(_ -> past.unfinished()).flatMap(timetable::latest);
    boolean isNew =
        start.isPresent()
            && past.lastStart().filter(last -> !last.isBefore(start.get().at())).isEmpty();
    if (unfinished.isEmpty() && !isNew) {
      return new DueDecision.NotDue(done(past), next(now));
    }
    if (windows.at(now) instanceof WindowState.Closed(var until, var why)) {
      return new DueDecision.NotDue(why, until.or(() -> next(now)));
    }
    return unfinished
        .<DueDecision>map(
            begun -> new DueDecision.Due(begun, "the run begun for " + text(begun) + " continues"))
        .orElseGet(() -> fresh(start.orElseThrow(), now));
  }

  private DueDecision fresh(Start start, Instant now) {
    if (isOnTime(start, now)) {
      return new DueDecision.Due(start, "due since " + text(start));
    }
    if (!missed.catchUp()) {
      return new DueDecision.NotDue(
          "the start at " + text(start) + " was missed, and missed.catchUp is false", next(now));
    }
    var age = Duration.between(start.at(), now);
    if (missed.within().filter(within -> age.compareTo(within) > 0).isPresent()) {
      return new DueDecision.NotDue(
          "the start at "
              + text(start)
              + " was missed more than "
              + hours(missed.within().get())
              + " ago",
          next(now));
    }
    return new DueDecision.Due(start, "the start at " + text(start) + " was missed");
  }

  private boolean isOnTime(Start start, Instant now) {
    if (Duration.between(start.at(), now).compareTo(PUNCTUAL) < 0 && windows.isOpen(start.at())) {
      return true;
    }
    return !timetable.schedule().timing().windows().isEmpty()
        && windows.at(start.at()) instanceof WindowState.Open(var until)
        && until.filter(end -> !now.isBefore(end)).isEmpty();
  }

  private String done(Past past) {
    return past.lastStart()
        .map(last -> "last run began " + text(last))
        .orElse("no start has come yet");
  }

  private Optional<Instant> next(Instant now) {
    return timetable.next(now, 1).stream().map(Start::at).findFirst();
  }

  private String text(Start start) {
    return text(start.at());
  }

  private String text(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).atZone(timetable.zone()).toString();
  }

  private static String hours(Duration within) {
    return within.toMinutes() % 60 == 0 ? within.toHours() + "h" : within.toMinutes() + "m";
  }
}
