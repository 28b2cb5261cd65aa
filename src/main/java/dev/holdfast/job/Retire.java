package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.RetirementRow;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.io.OsLock;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.Project;
import dev.holdfast.plan.retention.Brakes;
import dev.holdfast.report.PruneReport;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Ends the life of a set that is declared no more: its images stay, or are pruned when the Project
/// says so and a person agreed to exactly these. Either is told on the set's own storage, for
/// state directories that know nothing; one that knows nothing itself is refilled first.
public final class Retire {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration ANY_JUMP = Duration.ofDays(365_000);

  private final Declarations declarations;
  private final SetName set;
  private final Clock clock;
  private final Duration lockWait;
  private final Consumer<String> notes;

  /// The end of one set.
  ///
  /// @param lockWait how long to wait for a run that still has the set
  /// @param notes is told what a person should know
  public Retire(
      Declarations declarations,
      SetName set,
      Clock clock,
      Duration lockWait,
      Consumer<String> notes) {
    this.declarations = declarations;
    this.set = set;
    this.clock = clock;
    this.lockWait = lockWait;
    this.notes = notes;
  }

  /// Records that the set ended on purpose; every image stays.
  ///
  /// @throws HoldfastException NOT_FOUND when there is no such set, USAGE while it is declared,
  ///     LOCKED while another run holds it
  public FormerSets.Former retain(String reason) throws IOException, InterruptedException {
    locked(
        new StopSignal(),
        (catalog, leases) -> {
          for (var home : homes(catalog)) {
            if (leases.take(home) instanceof Lease.Result.Refused(var problem)) {
              throw new HoldfastException(ExitCode.LOCKED, problem);
            }
          }
          retired(catalog, new RetirementRow(Instant.now(clock), false, reason));
          shelve(catalog, leases);
          return reason;
        });
    return former();
  }

  /// Prunes every image of the set, and every copy, from each storage that has some.
  ///
  /// @param approval digest of what a person agreed to, or how it begins; empty = show it
  /// @return a report for each storage; none when nothing is left
  /// @throws HoldfastException also POLICY when the Project does not declare the purge, or not yet
  public List<PruneReport> purge(Optional<String> approval, StopSignal stop)
      throws IOException, InterruptedException {
    Backup.refuseUnknownCrashPoint();
    var declared = new FormerSets(declarations).declared(set);
    checkPurge(declared);
    return locked(
        stop,
        (catalog, leases) -> {
          var purge = new Purge(declarations, terms(catalog, stop));
          if (approval.isEmpty()) {
            return purge.dryRun();
          }
          var reports = purge.run(approval.get(), leases);
          if (reports.stream().allMatch(report -> report.exit() == ExitCode.OK)) {
            var reason = declared.flatMap(Project.Retire::reason).orElse("");
            retired(catalog, new RetirementRow(Instant.now(clock), true, reason));
          }
          for (var home : homes(catalog)) {
            if (leases.of(home).isEmpty()) {
              leases.take(home);
            }
          }
          shelve(catalog, leases);
          return reports;
        });
  }

  private PruneTerms terms(Catalog catalog, StopSignal stop) {
    return new PruneTerms(
        set,
        // nobody waits for a copy any more
        List.of(),
        SetState.of(declarations.state(), set),
        catalog,
        new Ids(clock, new SecureRandom()).run(),
        // a purge is always agreed to, and by no clock
        new Brakes(0, ANY_JUMP),
        clock,
        stop);
  }

  private static void retired(Catalog catalog, RetirementRow row) {
    catalog.lifetimes().retire(row);
    CrashPoint.RETIREMENT_RECORDED.reached();
  }

  /// Those of the set's own storages that are declared.
  private List<MediaStorage> homes(Catalog catalog) {
    return open(Purge.homes(catalog));
  }

  private List<MediaStorage> open(List<String> names) {
    return names.stream()
        .flatMap(name -> Optional.ofNullable(declarations.storages().get(name)).stream())
        .map(storage -> StorageUses.open(declarations, storage))
        .toList();
  }

  private void shelve(Catalog catalog, KeptLeases leases) {
    boolean told = false;
    var further = catalog.copies().storages();
    for (var home : Stream.concat(homes(catalog).stream(), open(further).stream()).toList()) {
      try {
        boolean left = leases.of(home).isPresent() && isLeft(catalog, home, leases.of(home).get());
        told |= left && !further.contains(home.name());
      } catch (IOException failed) {
        notes.accept("storage '" + home.name() + "' could not be told: " + Reason.of(failed));
      }
    }
    if (!told) {
      notes.accept("the set's own storage is away: another state directory does not know of this");
    }
  }

  private boolean isLeft(Catalog catalog, MediaStorage home, Lease lease) throws IOException {
    return new Shelving(set, home, lease, catalog).leave("a retire", Instant.now(clock));
  }

  private void checkPurge(Optional<Project.Retire> declared) {
    if (declared.filter(retire -> retire.data() == Project.Data.PURGE).isEmpty()) {
      throw policy(
          "the Project does not say that its images may go; nothing was pruned",
          "commit this to jobs/project.yaml, where others can see it: retire: [ { set: "
              + set
              + ", data: purge, reason: \"..\" } ]");
    }
    var day = declared.flatMap(Project.Retire::purgeNotBefore);
    var today =
        LocalDate.ofInstant(Instant.now(clock), declarations.project().settings().timezone());
    if (day.filter(today::isBefore).isPresent()) {
      throw policy(
          "its images may not go before " + day.get() + "; nothing was pruned",
          "wait for that day, or change purgeNotBefore in the Project");
    }
  }

  private HoldfastException policy(String fact, String hint) {
    return new HoldfastException(ExitCode.POLICY, new Problem("set " + set, fact, hint));
  }

  private FormerSets.Former former() throws IOException, InterruptedException {
    return new FormerSets(declarations)
        .list().stream()
            .filter(former -> former.set().equals(set))
            .findFirst()
            .orElseGet(
                () ->
                    new FormerSets.Former(
                        set, List.of(), 0, 0, Optional.empty(), Optional.empty()));
  }

  private <T> T locked(StopSignal stop, Work<T> work) throws IOException, InterruptedException {
    var declared = declarations.set(set.value());
    if (declared.isPresent()) {
      throw new HoldfastException(
          ExitCode.USAGE,
          new Problem(
              declared.get().about().place().toString(),
              "set " + set + " is declared; only a set that is declared no more is retired",
              "take it out of backupsets/ first; its data stays until you say otherwise"));
    }
    var refill = new FormerRefill(declarations, set, notes);
    refill.check();
    var state = SetState.of(declarations.state(), set).create();
    var holder = "process " + ProcessHandle.current().pid();
    var lock = stop.untilStopped(() -> OsLock.acquire(state.runLock(), holder, lockWait));
    if (lock.isEmpty()) {
      throw Backup.lockedBy(set, OsLock.holder(state.runLock()));
    }
    try (var _ = lock.get()) {
      refill.fill();
      SetReader.requireCatalog(state, set);
      try (var catalog = Catalog.open(state.catalog(), PATIENCE);
          var leases = new KeptLeases(set, lockWait, stop, notes)) {
        return work.on(catalog, leases);
      }
    }
  }

  private interface Work<T> {
    T on(Catalog catalog, KeptLeases leases) throws IOException, InterruptedException;
  }
}
