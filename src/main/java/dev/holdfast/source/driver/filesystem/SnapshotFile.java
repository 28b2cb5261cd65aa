package dev.holdfast.source.driver.filesystem;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// GNU tar's snapshot file, format 2 (tar manual, "Snapshot Files"): a line with the version, the
/// time of the dump, then for each directory `nfs sec nsec dev ino name contents`, NUL after each.
/// Read here for one purpose: a directory that no longer is under its name is taken out before the
/// next dump, so that tar dumps it anew under its new name. GNU tar 1.34 would record a rename
/// instead, and for chains and cycles of renames it records them wrongly
/// (src/docs/decisions/0003-renamed-directories.md).
final class SnapshotFile {
  private static final String VERSION = "-2\n";
  private static final int FIELDS = 6;
  private static final int INO = 4;
  private static final int NAME = 5;

  private final byte[] bytes;
  private int at;

  private SnapshotFile(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Copies a snapshot without the directories that have another inode now, or none.
  ///
  /// @param inodes name as tar has it -> inode number, of the directories that exist
  /// @return the inode numbers of the directories that were left out
  static Set<String> copyUnmoved(Path from, Path to, Map<String, String> inodes)
      throws IOException {
    return new SnapshotFile(Files.readAllBytes(from)).copyTo(to, inodes);
  }

  private Set<String> copyTo(Path to, Map<String, String> inodes) throws IOException {
    var left = new HashSet<String>();
    try (var out = new BufferedOutputStream(Files.newOutputStream(to))) {
      out.write(bytes, 0, header());
      while (at < bytes.length) {
        copyRecord(out, inodes).ifPresent(left::add);
      }
    }
    return left;
  }

  /// The directory's inode number, when it was left out.
  private Optional<String> copyRecord(OutputStream out, Map<String, String> inodes)
      throws IOException {
    int start = at;
    var fields = new String[FIELDS];
    for (int i = 0; i < FIELDS; i++) {
      fields[i] = field();
    }
    while (!field().isEmpty()) {
      // the contents end with an empty name
    }
    if (bytes[at] != 0) {
      throw new IOException("a snapshot file of tar has a record without its end");
    }
    at++;
    if (!fields[INO].equals(inodes.get(fields[NAME]))) {
      return Optional.of(fields[INO]);
    }
    out.write(bytes, start, at - start);
    return Optional.empty();
  }

  /// Its length: the version line and the time's two fields.
  private int header() throws IOException {
    int line = 0;
    while (line < bytes.length && bytes[line] != '\n') {
      line++;
    }
    var version =
        new String(bytes, 0, Math.min(line + 1, bytes.length), StandardCharsets.ISO_8859_1);
    if (!version.startsWith("GNU tar-") || !version.endsWith(VERSION)) {
      throw new IOException("not a snapshot file of GNU tar, format 2");
    }
    at = line + 1;
    field();
    field();
    return at;
  }

  private String field() throws IOException {
    int start = at;
    while (at < bytes.length && bytes[at] != 0) {
      at++;
    }
    if (at == bytes.length) {
      throw new IOException("a snapshot file of tar ends inside a record");
    }
    return new String(bytes, start, at++ - start, StandardCharsets.ISO_8859_1);
  }

  /// The answer of `find -printf '%i %p\0'`, with names as tar has them.
  static Map<String, String> inodes(byte[] found, TarNames names) {
    var inodes = new HashMap<String, String>();
    int start = 0;
    for (int i = 0; i < found.length; i++) {
      if (found[i] == 0) {
        var record = new String(found, start, i - start, StandardCharsets.ISO_8859_1);
        int blank = record.indexOf(' ');
        inodes.put(names.of(record.substring(blank + 1)), record.substring(0, blank));
        start = i + 1;
      }
    }
    return inodes;
  }
}
