package dev.holdfast.media;

import dev.holdfast.image.Digests;
import dev.holdfast.image.FileKind;
import dev.holdfast.image.Header;
import dev.holdfast.image.HeaderFields;
import dev.holdfast.image.MalformedStreamException;
import dev.holdfast.image.StoredHeader;
import dev.holdfast.model.Digest;
import dev.holdfast.model.RunId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The table of contents of a volume: a line for each file before it, `<name> <payload bytes>
/// <payload SHA-256>`. A convenience: everything it says stands in the headers too.
public record Toc(List<Line> lines) {

  /// One file.
  public record Line(VolumeFileName name, long length, Digest digest) {}

  public Toc {
    lines = List.copyOf(lines);
  }

  /// The whole file, header included, as it goes to media.
  public byte[] file(VolumeLabel label, RunId run) {
    var payload = bytes();
    var fields =
        HeaderFields.empty()
            .with("Volume", label.name().value())
            .with("Volume-UUID", label.uuid().toString())
            .with("Set", label.set().value())
            .with("Run", run.value())
            .with("Length", Integer.toString(payload.length))
            .with("SHA-256", Digests.of(payload).hex());
    var header = new Header(FileKind.TOC, fields, "").bytes();
    var file = Arrays.copyOf(header, header.length + payload.length);
    System.arraycopy(payload, 0, file, header.length, payload.length);
    return file;
  }

  public byte[] bytes() {
    return lines.stream()
        .map(line -> line.name().text() + " " + line.length() + " " + line.digest() + "\n")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }

  /// Reads a whole TOC file, header included; empty when it is not what was written.
  public static Optional<Toc> parseFile(byte[] file) {
    if (file.length < Header.SIZE) {
      return Optional.empty();
    }
    try {
      var header = StoredHeader.of(Arrays.copyOf(file, Header.SIZE));
      var payload = Arrays.copyOfRange(file, Header.SIZE, file.length);
      boolean whole =
          header.kind() == FileKind.TOC
              && header.length() == payload.length
              && header.digest().equals(Digests.of(payload));
      return whole ? parse(payload) : Optional.empty();
    } catch (MalformedStreamException damaged) {
      return Optional.empty();
    }
  }

  /// Empty when a line is not one of a table of contents.
  public static Optional<Toc> parse(byte[] payload) {
    var lines = new ArrayList<Line>();
    for (var text : new String(payload, StandardCharsets.UTF_8).lines().toList()) {
      var line = line(text.split(" ", -1));
      if (line.isEmpty()) {
        return Optional.empty();
      }
      lines.add(line.get());
    }
    return Optional.of(new Toc(lines));
  }

  private static Optional<Line> line(String[] columns) {
    if (columns.length != 3) {
      return Optional.empty();
    }
    try {
      return VolumeFileName.parse(columns[0])
          .map(name -> new Line(name, Long.parseLong(columns[1]), new Digest(columns[2])));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
