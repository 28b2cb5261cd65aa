package dev.holdfast.cli;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.declared.Availability;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.Project.Severity;
import dev.holdfast.model.declared.Source;
import dev.holdfast.plan.calendar.DueSets;
import dev.holdfast.plan.calendar.RecoveryPoint;
import dev.holdfast.plan.calendar.Start;
import dev.holdfast.report.SourceReport.Verdict;
import dev.holdfast.report.StatusReport.Damage;
import dev.holdfast.report.StatusReport.Freshness;
import dev.holdfast.report.StatusReport.LastGood;
import dev.holdfast.report.StatusReport.Outlook;
import dev.holdfast.report.StatusReport.SetStatus;
import dev.holdfast.report.StatusReport.SourceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Holds how sets stand against how they should: what is overdue, what is stuck, what failed.
final class Health {
  private final DueSets calendar;
  private final RecoveryPoint recoveryPoint;
  private final Instant now;

  Health(Declarations declared, Instant now) {
    this.calendar = new DueSets(declared);
    this.recoveryPoint = new RecoveryPoint(declared);
    this.now = now;
  }

  /// The same status with ages against targets, the next start, and every reason to call a person.
  SetStatus examined(BackupSet set, SetStatus status) {
    var pause = calendar.pause(set, now);
    var sources =
        status.sources().stream()
            .map(
                source ->
                    set.source(source.source())
                        .map(declared -> aged(set, declared, source))
                        .orElse(source))
            .toList();
    var reasons = new ArrayList<String>();
    if (pause.isEmpty()) {
      sources.forEach(source -> reasons.addAll(lateness(set, source)));
    }
    reasons.addAll(failures(status));
    reasons.addAll(stuck(set, status));
    reasons.addAll(lateCopies(set, status));
    reasons.addAll(damaged(set, status));
    return new SetStatus(
        status.set(),
        status.running(),
        status.last(),
        status.waiting(),
        status.copies(),
        status.damage(),
        sources,
        new Outlook(
            next(set, pause),
            pause.map(DueSets.Pause::text),
            status.outlook().stagedSince(),
            reasons));
  }

  private SourceStatus aged(BackupSet set, Source declared, SourceStatus source) {
    var target = target(set, declared, source);
    var age = source.lastGood().map(LastGood::at).map(at -> Duration.between(at, now));
    boolean overdue = age.filter(one -> one.compareTo(target.age()) <= 0).isEmpty();
    return new SourceStatus(
        source.source(),
        source.lastGood(),
        source.copies(),
        source.lastProblem(),
        Optional.of(new Freshness(target.age(), target.by(), age, overdue)));
  }

  /// While it is away, what it was declared to be allowed counts instead of what its schedule
  /// promises; a policy of the Project is stronger than both.
  private RecoveryPoint.Target target(BackupSet set, Source declared, SourceStatus source) {
    var usual = recoveryPoint.target(set, declared, now);
    boolean away =
        source.lastProblem().filter(last -> last.verdict() == Verdict.OFFLINE).isPresent();
    return declared
        .availability()
        .flatMap(Availability::overdueAfter)
        .filter(_ -> away)
        .map(usual::extendedTo)
        .orElse(usual);
  }

  private List<String> lateness(BackupSet set, SourceStatus source) {
    var breach =
        set.source(source.source())
            .map(declared -> recoveryPoint.target(set, declared, now).breach());
    if (source.lastGood().isEmpty()) {
      return List.of("source " + source.source() + " has no image yet");
    }
    return source.freshness().filter(Freshness::overdue).stream()
        .filter(_ -> breach.filter(level -> level == Severity.ERROR).isPresent())
        .map(
            late ->
                "source %s is overdue: its newest image is %s old, the target is %s (%s)"
                    .formatted(
                        source.source(),
                        late.age().map(Health::hours).orElse("-"),
                        hours(late.target()),
                        late.by()))
        .toList();
  }

  /// What the next run completes by itself calls nobody: the ages say when it took too long.
  private static boolean isPassing(ExitCode exit) {
    return exit == ExitCode.OK || exit == ExitCode.LOCKED || exit.resumable();
  }

  private static List<String> failures(SetStatus status) {
    var reasons = new ArrayList<String>();
    status
        .last()
        .filter(last -> !isPassing(last.exit()))
        .ifPresent(last -> reasons.add("run " + last.run() + " ended with " + last.exit()));
    status.sources().stream()
        .filter(source -> source.lastProblem().filter(last -> !last.isPassing()).isPresent())
        .forEach(source -> reasons.add("source " + source.source() + " had a problem"));
    return reasons;
  }

  /// What a next run should have written, and nobody is at it.
  private List<String> stuck(BackupSet set, SetStatus status) {
    var patience =
        set.sources().stream()
            .map(source -> recoveryPoint.target(set, source, now).age())
            .min(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    return status
        .outlook()
        .stagedSince()
        .filter(_ -> status.running().isEmpty())
        .map(since -> Duration.between(since, now))
        .filter(waited -> waited.compareTo(patience) > 0)
        .map(waited -> "images wait in staging for " + hours(waited) + " and no run is under way")
        .stream()
        .toList();
  }

  private static List<String> lateCopies(BackupSet set, SetStatus status) {
    return status.copies().stream()
        .filter(copy -> copy.late() > 0)
        .map(
            copy ->
                "storage %s lacks %d images that should have been there within %s: holdfast copy %s"
                    .formatted(
                        copy.storage(),
                        copy.late(),
                        set.copyTo(copy.storage())
                            .flatMap(target -> target.terms().within())
                            .map(Health::hours)
                            .orElse("-"),
                        set.name()))
        .toList();
  }

  /// What the newest restore point does not rest on is shown, and calls nobody: it stays damaged
  /// until its days are over.
  private static List<String> damaged(BackupSet set, SetStatus status) {
    return status.damage().stream()
        .filter(Damage::needed)
        .map(
            damage ->
                "the newest restore point of source %s rests on image %s, which is damaged on storage %s: %s"
                    .formatted(
                        damage.source(), damage.image(), damage.storage(), mend(set, damage)))
        .toList();
  }

  private static String mend(BackupSet set, Damage damage) {
    return set.copyTo(damage.storage()).isPresent()
        ? "holdfast copy " + set.name() + " makes the copy again"
        : "holdfast run %s --source %s makes one that does not"
            .formatted(set.name(), damage.source());
  }

  private Optional<Instant> next(BackupSet set, Optional<DueSets.Pause> pause) {
    var from = pause.map(DueSets.Pause::end).orElse(Optional.of(now));
    return calendar
        .timetable(set)
        .flatMap(
            timetable ->
                from.flatMap(at -> timetable.next(at.minusNanos(1), 1).stream().findFirst()))
        .map(Start::at);
  }

  private static String hours(Duration length) {
    return length.toHours() < 1 ? length.toMinutes() + " min" : length.toHours() + " h";
  }
}
