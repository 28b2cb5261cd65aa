package dev.holdfast.media.driver.s3;

import dev.holdfast.image.FileKind;
import dev.holdfast.image.Header;
import dev.holdfast.image.StoredHeader;
import dev.holdfast.media.StoredFile;
import dev.holdfast.media.Toc;
import dev.holdfast.media.VolumeFileName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;

/// Makes the table of contents of a volume as it is now. What was written through this writer is
/// known, lines of the newest table are taken over, and only of other files the headers are read.
/// Used by one thread.
final class S3Toc {
  private static final int LARGEST = 256 << 20;

  private final Bucket bucket;
  private final S3Layout layout;
  private final Map<VolumeFileName, Toc.Line> written;
  private final List<StoredFile> files;
  private final Map<VolumeFileName, Toc.Line> earlier;

  /// @param written lines of files that this writer wrote
  /// @param files all that the volume holds now
  S3Toc(
      Bucket bucket, S3Layout layout, Map<VolumeFileName, Toc.Line> written, List<StoredFile> files)
      throws IOException {
    this.bucket = bucket;
    this.layout = layout;
    this.written = Map.copyOf(written);
    this.files = files.stream().filter(file -> file.kind() != FileKind.LABEL).toList();
    this.earlier = earlier();
  }

  /// The number of the volume's last file when that is a TOC that names all others and nothing
  /// else, or the label; there is nothing to write then.
  Optional<Integer> newest() {
    if (files.isEmpty()) {
      return Optional.of(0);
    }
    if (files.getLast().kind() != FileKind.TOC) {
      return Optional.empty();
    }
    var others = files.stream().limit(files.size() - 1L).map(S3Toc::name);
    return earlier.keySet().equals(others.collect(Collectors.toSet()))
        ? Optional.of(files.getLast().number())
        : Optional.empty();
  }

  Toc contents() throws IOException {
    var lines = new ArrayList<Toc.Line>();
    var read =
        files.stream()
            .gather(
                Gatherers.mapConcurrent(bucket.use().transfer().downloadThreads(), this::reading))
            .toList();
    for (var line : read) {
      lines.add(line.orThrow());
    }
    return new Toc(lines);
  }

  private Map<VolumeFileName, Toc.Line> earlier() throws IOException {
    var newest = files.reversed().stream().filter(file -> file.kind() == FileKind.TOC).findFirst();
    if (newest.isEmpty() || newest.get().bytes() > LARGEST) {
      return Map.of();
    }
    var whole = new Piece.Wanted(0, (int) newest.get().bytes(), Optional.empty());
    return Toc.parseFile(bucket.get(layout.key(newest.get()), whole).bytes()).stream()
        .flatMap(toc -> toc.lines().stream())
        .collect(Collectors.toMap(Toc.Line::name, line -> line));
  }

  /// A line, or why there is none: streams throw nothing that is checked.
  private sealed interface Read {
    record Line(Toc.Line line) implements Read {}

    record Failed(IOException why) implements Read {}

    default Toc.Line orThrow() throws IOException {
      return switch (this) {
        case Line(var line) -> line;
        case Failed(var why) -> throw why;
      };
    }
  }

  private Read reading(StoredFile file) {
    var known = written.getOrDefault(name(file), earlier.get(name(file)));
    if (known != null) {
      return new Read.Line(known);
    }
    try {
      var head = new Piece.Wanted(0, Header.SIZE, Optional.empty());
      var header = StoredHeader.of(bucket.get(layout.key(file), head).bytes());
      return new Read.Line(new Toc.Line(name(file), header.length(), header.digest()));
    } catch (IOException failed) {
      return new Read.Failed(failed);
    }
  }

  static VolumeFileName name(StoredFile file) {
    return new VolumeFileName(file.number(), file.kind(), file.image(), file.part());
  }
}
