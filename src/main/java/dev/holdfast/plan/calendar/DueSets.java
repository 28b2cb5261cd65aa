package dev.holdfast.plan.calendar;

import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.Job;
import dev.holdfast.model.declared.Schedule;
import dev.holdfast.model.declared.When;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/// The schedules of the declared sets: which one a set has, whether it is paused, whether it is
/// due. Stateless.
public final class DueSets {
  private final Declarations declared;

  public DueSets(Declarations declared) {
    this.declared = declared;
  }

  /// The starts of a set by its own schedule, else by that of the first job that names it; empty
  /// when it has none.
  public Optional<Timetable> timetable(BackupSet set) {
    return set.schedule()
        .or(() -> ofJob(set))
        .map(schedule -> Timetable.of(schedule, projectZone(), set.name()));
  }

  /// The pause that holds now; empty when the set is not paused.
  public Optional<Pause> pause(BackupSet set, Instant now) {
    return pause(set, now.atZone(zone(set)).toLocalDate());
  }

  /// The same for a day of the set's calendar.
  public Optional<Pause> pause(BackupSet set, LocalDate day) {
    return set.when().isPausedOn(day)
        ? Optional.of(new Pause(set.when(), zone(set)))
        : Optional.empty();
  }

  /// A pause of a set.
  public record Pause(When when, ZoneId zone) {

    /// When it ends; empty when it has no end.
    public Optional<Instant> end() {
      return when.until().map(new LocalClock(zone)::startOf);
    }

    public String text() {
      return "paused" + when.until().map(day -> " until " + day).orElse(" (when.active is false)");
    }
  }

  /// Whether a set shall run now.
  public DueDecision decide(BackupSet set, Past past, Instant now) {
    var timetable = timetable(set);
    if (timetable.isEmpty()) {
      return new DueDecision.NotDue("no schedule", Optional.empty());
    }
    return pause(set, now)
        .<DueDecision>map(
            pause -> new DueDecision.NotDue(pause.text(), next(timetable.get(), pause)))
        .orElseGet(() -> new DuePolicy(timetable.get()).decide(past, now));
  }

  private static Optional<Instant> next(Timetable timetable, Pause pause) {
    return pause
        .end()
        .flatMap(end -> timetable.next(end.minusNanos(1), 1).stream().findFirst())
        .map(Start::at);
  }

  /// The job by whose schedule a set is due; empty when it has its own, or none.
  public Optional<Job> job(BackupSet set) {
    return set.schedule().isPresent()
        ? Optional.empty()
        : declared.jobs().values().stream()
            .filter(job -> job.sets().contains(set.name()))
            .filter(job -> schedule(job).isPresent())
            .findFirst();
  }

  private Optional<Schedule> ofJob(BackupSet set) {
    return job(set).flatMap(this::schedule);
  }

  private Optional<Schedule> schedule(Job job) {
    return job.conduct()
        .trigger()
        .flatMap(Job.Trigger::schedule)
        .flatMap(name -> Optional.ofNullable(declared.schedules().get(name)));
  }

  private ZoneId zone(BackupSet set) {
    return timetable(set).map(Timetable::zone).orElse(projectZone());
  }

  private ZoneId projectZone() {
    return declared.project().settings().timezone();
  }
}
