package dev.holdfast.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A configuration repository made for a test.
record Repository(Path root) {
  static final Path STATE = Path.of("/srv/state");

  Repository {
    if (!root.isAbsolute()) {
      throw new IllegalArgumentException("not absolute: " + root);
    }
  }

  /// Adds a file; `${...}` and all stay as written.
  Repository with(String name, String content) {
    try {
      var file = root.resolve(name);
      Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(root));
      Files.writeString(file, content);
      return this;
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /// A source, a storage and a set that belong together.
  Repository withSet() {
    return with("backupsets/web.yaml", SET)
        .with("backupsets/sources/www.yaml", SOURCE)
        .with("storage/disk.yaml", STORAGE);
  }

  LoadResult load() {
    return Loader.load(new LoadRequest(root, Optional.of(STATE), Map.of()));
  }

  LoadResult.Loaded loaded() {
    return switch (load()) {
      case LoadResult.Loaded loaded -> loaded;
      case LoadResult.Invalid(var findings, _) ->
          throw new AssertionError(String.join("\n", texts(findings)));
    };
  }

  List<Finding> invalid() {
    return switch (load()) {
      case LoadResult.Loaded loaded -> throw new AssertionError("valid: " + loaded.declarations());
      case LoadResult.Invalid(var findings, _) -> findings;
    };
  }

  /// The findings as people see them.
  static List<String> texts(List<Finding> findings) {
    return findings.stream().map(finding -> finding.problem().text()).toList();
  }

  static final String SET =
      """
      apiVersion: holdfast/v1
      kind: BackupSet
      name: Web
      what: { sources: [www] }
      where: { storage: nas-disk }
      """;
  static final String SOURCE =
      """
      apiVersion: holdfast/v1
      kind: Source
      name: www
      type: filesystem
      paths: [/srv/www]
      """;
  static final String STORAGE =
      """
      apiVersion: holdfast/v1
      kind: Storage
      name: nas-disk
      type: disk
      disk: { path: /mnt/nas/holdfast }
      """;
}
