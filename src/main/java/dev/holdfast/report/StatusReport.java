package dev.holdfast.report;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Level;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SetName;
import dev.holdfast.model.SourceName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How the sets stand now.
///
/// @param exit UNHEALTHY only when it was asked for with `--check`; else why a set is not known
public record StatusReport(Instant at, ExitCode exit, List<SetStatus> sets) implements Report {

  public StatusReport {
    sets = List.copyOf(sets);
  }

  /// One set.
  ///
  /// @param running present while a live process holds the set
  /// @param last the newest run that ended
  /// @param copies how each further storage stands
  /// @param damage that is known, newest image first
  public record SetStatus(
      SetName set,
      Optional<Running> running,
      Optional<LastRun> last,
      RunReport.Waiting waiting,
      List<CopyReport> copies,
      List<Damage> damage,
      List<SourceStatus> sources,
      Outlook outlook) {
    public SetStatus {
      copies = List.copyOf(copies);
      damage = List.copyOf(damage);
      sources = List.copyOf(sources);
    }
  }

  /// What comes next for a set, and what is wrong with it.
  ///
  /// @param nextDue its next start by schedule
  /// @param paused why nothing starts by itself
  /// @param stagedSince when the oldest image was made that is not yet on media
  /// @param reasons why a person should look; none when it is healthy
  public record Outlook(
      Optional<Instant> nextDue,
      Optional<String> paused,
      Optional<Instant> stagedSince,
      List<String> reasons) {
    public Outlook {
      reasons = List.copyOf(reasons);
    }

    /// Before anybody has held the status against the schedule.
    public static Outlook staged(Optional<Instant> since) {
      return new Outlook(Optional.empty(), Optional.empty(), since, List.of());
    }
  }

  /// An image that a verify found damaged on one storage, and none found whole there since.
  ///
  /// @param needed true: the newest restore point of its source rests on it
  public record Damage(
      ImageId image, SourceName source, String storage, Instant foundAt, boolean needed) {}

  /// A run that is under way.
  ///
  /// @param phase what it does just now, for people
  public record Running(RunId run, Instant since, String phase) {}

  /// A run that ended.
  public record LastRun(RunId run, Instant finishedAt, ExitCode exit) {}

  /// One source of a set.
  ///
  /// @param lastGood its newest image
  /// @param copies the newest copy of it on each further storage that has one
  /// @param lastProblem why its last dump was not OK; empty when it was
  /// @param freshness empty until it is held against the schedule
  public record SourceStatus(
      SourceName source,
      Optional<LastGood> lastGood,
      List<LastCopy> copies,
      Optional<LastProblem> lastProblem,
      Optional<Freshness> freshness) {
    public SourceStatus {
      copies = List.copyOf(copies);
    }
  }

  /// What kept the newest dump of a source from being good.
  public record LastProblem(SourceReport.Verdict verdict, String text) {
    /// Whether it heals by itself: the next run goes on, or the source comes back.
    public boolean isPassing() {
      return switch (verdict) {
        case OK, OFFLINE, SKIPPED -> true;
        case PARTIAL, FAILED -> false;
      };
    }
  }

  /// The newest image of a source on a further storage.
  ///
  /// @param at when the image was made, not when it was copied
  public record LastCopy(String storage, Optional<String> site, ImageId image, Instant at) {}

  /// How old the newest image is against how old it may be.
  ///
  /// @param target the oldest that is well
  /// @param by where the target comes from
  /// @param age empty when there is no image
  /// @param overdue true when there is no image that is young enough
  public record Freshness(Duration target, String by, Optional<Duration> age, boolean overdue) {}

  /// The newest image of a source.
  public record LastGood(ImageId image, Level level, Instant at, ImageReport.Place place) {}
}
