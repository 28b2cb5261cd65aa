package dev.holdfast.report;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Label;
import dev.holdfast.model.Problem;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SetName;
import java.util.List;
import java.util.Optional;

/// One run of one set, or one flush of it (then without sources).
///
/// @param resumed true when this continued a run that had not ended
/// @param commit the git commit of the configuration
/// @param sources one for each source of the set that the run looked at, in declared order
/// @param flushed images that earlier runs had left in staging and that this one wrote
/// @param pruned what expired in each storage; none where the run did not come to it
/// @param waiting what lies in staging at the end, from this run and from earlier ones
/// @param copies how each further storage of the set stands
/// @param problems what is wrong beyond one source: the storage, the staging
/// @param notes what is not wrong but a person should know: a run was continued or given up,
///     debris was removed
public record RunReport(
    RunId run,
    SetName set,
    ExitCode exit,
    Span span,
    boolean resumed,
    Optional<String> commit,
    List<SourceReport> sources,
    List<Flushed> flushed,
    List<PruneReport> pruned,
    Waiting waiting,
    List<CopyReport> copies,
    List<Problem> problems,
    List<String> notes)
    implements Report {

  public RunReport {
    sources = List.copyOf(sources);
    flushed = List.copyOf(flushed);
    pruned = List.copyOf(pruned);
    copies = List.copyOf(copies);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  /// An image of an earlier run, written by this one.
  public record Flushed(ImageRef image, long bytes, List<Label> volumes) {
    public Flushed {
      volumes = List.copyOf(volumes);
    }
  }

  /// Images that are safe in staging and not yet on media.
  public record Waiting(long images, long bytes) {
    public static final Waiting NOTHING = new Waiting(0, 0);
  }

  public long rawBytes() {
    return sources.stream()
        .flatMap(source -> source.image().stream())
        .mapToLong(ImageReport::rawBytes)
        .sum();
  }

  public long storedBytes() {
    return sources.stream()
        .flatMap(source -> source.image().stream())
        .mapToLong(ImageReport::storedBytes)
        .sum();
  }

  public long count(SourceReport.Verdict verdict) {
    return sources.stream().filter(source -> source.verdict() == verdict).count();
  }
}
