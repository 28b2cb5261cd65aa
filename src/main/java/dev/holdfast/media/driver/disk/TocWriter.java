package dev.holdfast.media.driver.disk;

import dev.holdfast.image.FileKind;
import dev.holdfast.image.StoredHeader;
import dev.holdfast.media.StoredFile;
import dev.holdfast.media.Toc;
import dev.holdfast.media.VolumeFileName;
import dev.holdfast.media.VolumeLabel;
import dev.holdfast.model.RunId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Writes the table of contents of a volume. Lines of the newest one before it are taken over, so
/// that only headers of files since then are read.
final class TocWriter {
  private final Path volume;
  private final VolumeLabel label;
  private final RunId run;
  private final List<StoredFile> files;

  TocWriter(Path volume, VolumeLabel label, RunId run) throws IOException {
    this.volume = volume;
    this.label = label;
    this.run = run;
    this.files = DiskLayout.files(volume);
  }

  /// The number of the volume's last file when that is a TOC that names all others and nothing
  /// else, or the label; there is nothing to write then.
  Optional<Integer> newest() throws IOException {
    if (files.size() == 1 && files.getFirst().kind() == FileKind.LABEL) {
      return Optional.of(0);
    }
    if (files.isEmpty() || files.getLast().kind() != FileKind.TOC) {
      return Optional.empty();
    }
    var others =
        files.stream()
            .limit(files.size() - 1L)
            .filter(file -> file.kind() != FileKind.LABEL)
            .map(DiskLayout::fileName)
            .collect(Collectors.toSet());
    return earlier().keySet().equals(others)
        ? Optional.of(files.getLast().number())
        : Optional.empty();
  }

  /// The bytes of the file that was written and synced.
  long write(Path target) throws IOException {
    var earlier = earlier();
    var lines = new ArrayList<Toc.Line>();
    for (var file : files) {
      if (file.kind() != FileKind.LABEL) {
        var name = DiskLayout.fileName(file);
        var line = earlier.get(name);
        lines.add(line == null ? line(file, name) : line);
      }
    }
    var bytes = new Toc(lines).file(label, run);
    try (var out =
        FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      var all = ByteBuffer.wrap(bytes);
      while (all.hasRemaining()) {
        out.write(all);
      }
      out.force(true);
    }
    return bytes.length;
  }

  private Toc.Line line(StoredFile file, VolumeFileName name) throws IOException {
    try (var channel = FileChannel.open(DiskLayout.path(volume, file), StandardOpenOption.READ)) {
      var header = StoredHeader.read(channel);
      return new Toc.Line(name, header.length(), header.digest());
    }
  }

  private Map<VolumeFileName, Toc.Line> earlier() throws IOException {
    var newest = files.reversed().stream().filter(file -> file.kind() == FileKind.TOC).findFirst();
    if (newest.isEmpty()) {
      return Map.of();
    }
    var bytes = Files.readAllBytes(DiskLayout.path(volume, newest.get()));
    return Toc.parseFile(bytes).stream()
        .flatMap(toc -> toc.lines().stream())
        .collect(Collectors.toMap(Toc.Line::name, line -> line));
  }
}
