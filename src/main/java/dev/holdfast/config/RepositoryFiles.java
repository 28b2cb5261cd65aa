package dev.holdfast.config;

import dev.holdfast.model.ByteSize;
import dev.holdfast.model.Reason;
import dev.holdfast.model.declared.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds and reads the YAML files of a repository, within limits.
final class RepositoryFiles {
  private static final long LARGEST = 512L << 10;
  private static final long LARGEST_TOGETHER = 8L << 20;
  private static final int MOST = 10_000;
  private static final int DEEPEST = 16;

  private final Path root;
  private final Findings findings;
  private long total;

  RepositoryFiles(Path root, Findings findings) {
    this.root = root;
    this.findings = findings;
  }

  /// A file as read and decoded.
  ///
  /// @param name relative to the repository, with slashes
  record Raw(String name, String text) {}

  /// All files below the four folders, sorted by name; what cannot be read is a finding.
  List<Raw> read() {
    var folders =
        Arrays.stream(Kind.values())
            .map(Kind::folder)
            .distinct()
            .map(root::resolve)
            .filter(Files::isDirectory)
            .toList();
    if (folders.isEmpty()) {
      findings.error(
          new Place(root.toString(), 0, 0),
          "",
          "no configuration: none of backupsets/ storage/ schedules/ jobs/ is here",
          "name the configuration repository with -C DIR");
    }
    var files = folders.stream().flatMap(folder -> filesIn(folder).stream()).sorted().toList();
    if (files.size() > MOST) {
      findings.error(
          new Place(root.toString(), 0, 0),
          "",
          files.size() + " YAML files, and at most " + MOST + " are read",
          "put several documents into one file");
      return List.of();
    }
    List<Raw> read = new ArrayList<>();
    files.forEach(file -> read(file, read));
    return read;
  }

  private List<Path> filesIn(Path folder) {
    try (var paths = Files.walk(folder, DEEPEST)) {
      return paths.filter(RepositoryFiles::isYaml).filter(Files::isRegularFile).toList();
    } catch (IOException | UncheckedIOException unreadable) {
      unreadable(folder, unreadable);
      return List.of();
    }
  }

  static boolean isYaml(Path file) {
    var name = String.valueOf(file.getFileName());
    return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"));
  }

  private void read(Path file, List<Raw> read) {
    try {
      long size = Files.size(file);
      // one huge file must not make a finding of each that comes after it
      total += size > LARGEST ? 0 : size;
      if (size > LARGEST || total > LARGEST_TOGETHER) {
        findings.error(
            new Place(nameOf(file), 1, 1),
            "",
            tooLarge(size),
            "split it; one small file for one intent");
        findings.loseNames();
        return;
      }
      var name = nameOf(file);
      var text = Decoded.of(name, Files.readAllBytes(file), findings);
      text.ifPresentOrElse(clean -> read.add(new Raw(name, clean)), findings::loseNames);
    } catch (IOException unreadable) {
      unreadable(file, unreadable);
    }
  }

  private static String tooLarge(long size) {
    return size > LARGEST
        ? "the file has "
            + new ByteSize(size).human()
            + ", and at most "
            + new ByteSize(LARGEST).human()
            + " is read"
        : "all files together have more than " + new ByteSize(LARGEST_TOGETHER).human();
  }

  private void unreadable(Path file, Exception why) {
    findings.error(
        new Place(nameOf(file), 0, 0),
        "",
        "cannot be read: " + YamlReader.printable(Reason.of(why)),
        "check that this user may read it");
    findings.loseNames();
  }

  private String nameOf(Path file) {
    return YamlReader.printable(root.relativize(file).toString().replace('\\', '/'));
  }
}
