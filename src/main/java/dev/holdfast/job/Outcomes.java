package dev.holdfast.job;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;
import dev.holdfast.model.SourceName;
import dev.holdfast.report.PruneReport;
import dev.holdfast.report.RunReport;
import dev.holdfast.report.SourceReport.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How the run fares, gathered from all its threads: each source's end, and what is wrong with the
/// storage. Thread-safe.
final class Outcomes {

  /// What keeps images from being written.
  sealed interface StorageTrouble {
    Problem problem();

    /// It may come back by itself: everything waits in staging.
    record Away(Problem problem) implements StorageTrouble {}

    /// A person must act.
    record Fault(Problem problem) implements StorageTrouble {}

    /// Another run of the set has the right to write.
    record Taken(Problem problem) implements StorageTrouble {}
  }

  private final Map<SourceName, Verdict> sources = new LinkedHashMap<>();
  private final List<RunReport.Flushed> flushed = new ArrayList<>();
  private final List<PruneReport> pruned = new ArrayList<>();
  private final List<ExitCode> prunes = new ArrayList<>();
  private final Set<Problem> problems = new LinkedHashSet<>();
  private final CopyOutcomes copies = new CopyOutcomes();
  private Optional<StorageTrouble> trouble = Optional.empty();

  /// How the copies fare.
  CopyOutcomes copies() {
    return copies;
  }

  synchronized void ended(SourceName source, Verdict end) {
    sources.put(source, end);
  }

  /// An image that an earlier run had left in staging is on media now.
  synchronized void flushed(RunReport.Flushed image) {
    flushed.add(image);
  }

  synchronized List<RunReport.Flushed> flushed() {
    return List.copyOf(flushed);
  }

  /// What was pruned, and what kept images from being pruned.
  synchronized void pruned(PruneReport report) {
    told(report);
    prunes.add(report.exit());
  }

  /// The same of copies. A further storage that is away, or that another run holds, waits for a
  /// later run, and this one ends as it would without.
  synchronized void copiesPruned(PruneReport report) {
    told(report);
    switch (report.exit()) {
      case LOCKED ->
          copies.trouble(report.storage(), new StorageTrouble.Taken(report.problems().getLast()));
      case TEMPFAIL ->
          copies.trouble(report.storage(), new StorageTrouble.Away(report.problems().getLast()));
      default -> prunes.add(report.exit());
    }
  }

  private void told(PruneReport report) {
    pruned.add(report);
    problems.addAll(report.problems());
  }

  synchronized List<PruneReport> pruned() {
    return List.copyOf(pruned);
  }

  /// Something a person must read that is not the end of one source.
  synchronized void problem(Problem problem) {
    problems.add(problem);
  }

  /// The first trouble stays; everything is worse than being away.
  synchronized void storage(StorageTrouble found) {
    if (trouble.isEmpty() || trouble.get() instanceof StorageTrouble.Away) {
      trouble = Optional.of(found);
    }
    problems.add(found.problem());
  }

  synchronized Optional<StorageTrouble> storageTrouble() {
    return trouble;
  }

  synchronized List<Problem> problems() {
    return List.copyOf(problems);
  }

  /// The backups are good; what a prune met needs a person all the same.
  private ExitCode prunedExit() {
    return prunes.stream().filter(exit -> exit != ExitCode.OK).findFirst().orElse(ExitCode.OK);
  }

  /// The exit code of a run that was not stopped by a signal. Waiting work comes before a partial
  /// success, because a machine that runs the command again completes it.
  synchronized ExitCode exit() {
    var ends = sources.values();
    boolean someGood = ends.contains(Verdict.OK) || ends.contains(Verdict.PARTIAL);
    boolean waiting = ends.contains(Verdict.SKIPPED);
    if (ends.contains(Verdict.FAILED) && !someGood && !waiting) {
      return ExitCode.FAILED;
    }
    if (trouble.isPresent()) {
      return switch (trouble.get()) {
        case StorageTrouble.Away _ -> ExitCode.TEMPFAIL;
        case StorageTrouble.Fault _ -> ExitCode.STORAGE;
        case StorageTrouble.Taken _ -> ExitCode.LOCKED;
      };
    }
    if (waiting) {
      return ExitCode.TEMPFAIL;
    }
    return ends.contains(Verdict.FAILED) || ends.contains(Verdict.PARTIAL)
        ? ExitCode.PARTIAL
        : prunedExit();
  }
}
