package dev.holdfast.source;

import dev.holdfast.model.Estimate;
import dev.holdfast.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// One source of one kind: probes it, estimates it, dumps it and extracts what was dumped.
/// Stateless, thread-safe.
public interface SourceDriver {

  /// Whether a dump may start now.
  Readiness probe() throws IOException, InterruptedException;

  /// An upper bound of a full dump's raw bytes that costs nothing: what the file systems hold.
  Estimate bound() throws IOException;

  /// What the program itself says a dump would give.
  ///
  /// @param limit longest time it may take
  /// @throws IOException when it takes longer, or cannot be asked
  Estimate measure(EstimateRequest request, Duration limit)
      throws IOException, InterruptedException;

  /// Dumps into the sink.
  ///
  /// @throws dev.holdfast.io.SinkException when the sink failed, which is not the source's fault
  DumpOutcome dump(DumpRequest request, OutputStream sink) throws IOException, InterruptedException;

  /// What is wrong with a full of so many members, which ended well otherwise: guards against an
  /// empty success. Empty when nothing is.
  Optional<Problem> missing(long members);

  /// Extracts a tar stream below a folder. Existing files of the same names are replaced, never
  /// written through; nothing else is touched.
  ExtractOutcome extract(InputStream tar, Path target) throws IOException, InterruptedException;

  /// The dump program with its version, as it prints it.
  String archiver() throws IOException, InterruptedException;
}
