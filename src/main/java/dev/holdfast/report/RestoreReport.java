package dev.holdfast.report;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;
import dev.holdfast.model.SourceKey;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// What a restore brought back.
///
/// @param at the point in time that was restored: when the newest image of the chain was made
/// @param chain the images that were read, the full first
/// @param target a folder; `standard output` with `--stdout`
/// @param members how many were selected, how many came back, and the bytes of their content
/// @param missing what was selected and did not come back, each with its reason
/// @param problems damage, and what keeps the result from being a faithful copy
/// @param notes what a person should know, as that owners could not be set
public record RestoreReport(
    SourceKey source,
    Instant at,
    ExitCode exit,
    Span span,
    List<ImageRef> chain,
    String target,
    Members members,
    List<Problem> missing,
    List<Problem> problems,
    List<String> notes)
    implements Report {

  public RestoreReport {
    chain = List.copyOf(chain);
    missing = List.copyOf(missing);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  /// The same, with more that a person should know.
  public RestoreReport with(List<String> more) {
    var all = Stream.concat(more.stream(), notes.stream()).toList();
    return new RestoreReport(
        source, at, exit, span, chain, target, members, missing, problems, all);
  }

  /// The same, gone to another place in the end.
  public RestoreReport to(String other) {
    return new RestoreReport(
        source, at, exit, span, chain, other, members, missing, problems, notes);
  }

  /// Files, directories and the like.
  public record Members(long selected, long restored, long bytes) {}
}
