package dev.holdfast.report;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Level;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SetName;
import dev.holdfast.model.SourceName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How the sets stand now.
///
/// @param exit UNHEALTHY only when it was asked for with `--check`
public record StatusReport(Instant at, ExitCode exit, List<SetStatus> sets) implements Report {

  public StatusReport {
    sets = List.copyOf(sets);
  }

  /// One set.
  ///
  /// @param running present while a live process holds the set
  /// @param last the newest run that ended
  public record SetStatus(
      SetName set,
      Optional<Running> running,
      Optional<LastRun> last,
      RunReport.Waiting waiting,
      List<SourceStatus> sources) {
    public SetStatus {
      sources = List.copyOf(sources);
    }
  }

  /// A run that is under way.
  ///
  /// @param phase what it does just now, for people
  public record Running(RunId run, Instant since, String phase) {}

  /// A run that ended.
  public record LastRun(RunId run, Instant finishedAt, ExitCode exit) {}

  /// One source of a set.
  ///
  /// @param lastGood its newest image
  /// @param lastProblem why its last dump was not OK; empty when it was
  public record SourceStatus(
      SourceName source, Optional<LastGood> lastGood, Optional<String> lastProblem) {}

  /// The newest image of a source.
  public record LastGood(ImageId image, Level level, Instant at, ImageReport.Place place) {}
}
