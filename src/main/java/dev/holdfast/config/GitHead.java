package dev.holdfast.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// The commit a folder stands on, read from git's own files; no process is started.
final class GitHead {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final Pattern SYMBOLIC = Pattern.compile("ref: (refs/[A-Za-z0-9._/@+-]+)");

  private GitHead() {}

  /// Empty outside a git repository, before its first commit, and when the files are not readable.
  static Optional<String> of(Path folder) {
    for (var at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      var git = at.resolve(".git");
      if (Files.exists(git)) {
        return commit(git);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> commit(Path git) {
    try {
      var folder = Files.isDirectory(git) ? git : linked(git);
      var head = line(folder.resolve("HEAD"));
      var symbolic = SYMBOLIC.matcher(head);
      var commit = symbolic.matches() ? reference(folder, symbolic.group(1)) : head;
      return Optional.of(commit).filter(text -> COMMIT.matcher(text).matches());
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static Path linked(Path file) throws IOException {
    var target = line(file).replaceFirst("^gitdir: ", "");
    return file.resolveSibling(target);
  }

  private static String reference(Path folder, String name) throws IOException {
    var common = folder.resolve("commondir");
    var shared = Files.exists(common) ? folder.resolve(line(common)) : folder;
    if (Files.exists(shared.resolve(name))) {
      return line(shared.resolve(name));
    }
    var packed = shared.resolve("packed-refs");
    if (!Files.exists(packed)) {
      return "";
    }
    try (var lines = Files.lines(packed)) {
      return lines
          .filter(line -> line.endsWith(" " + name))
          .map(line -> line.substring(0, line.indexOf(' ')))
          .findFirst()
          .orElse("");
    }
  }

  private static String line(Path file) throws IOException {
    return Files.readString(file).strip();
  }
}
