package dev.holdfast.bench;

import dev.holdfast.config.LoadRequest;
import dev.holdfast.config.LoadResult;
import dev.holdfast.config.Loader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// How long a large repository takes to validate: 1,000 sources in 200 files, 100 sets.
final class ConfigBench {
  private static final int FILES = 200;
  private static final int SOURCES_PER_FILE = 5;
  private static final int SETS = 100;
  private static final int ROUNDS = 10;

  private ConfigBench() {}

  /// Prints the time of each round; the first one is cold.
  public static void main(String[] arguments) throws IOException {
    var root = Files.createTempDirectory("holdfast-config-bench");
    write(root);
    for (int round = 1; round <= ROUNDS; round++) {
      long start = System.nanoTime();
      var result = Loader.load(new LoadRequest(root, Optional.of(root.resolve("state")), Map.of()));
      long millis = (System.nanoTime() - start) / 1_000_000;
      System.out.println("round " + round + ": " + millis + " ms, " + verdict(result));
    }
  }

  private static String verdict(LoadResult result) {
    return switch (result) {
      case LoadResult.Loaded loaded ->
          loaded.declarations().sources().size()
              + " sources, "
              + loaded.warnings().size()
              + " warnings";
      case LoadResult.Invalid(var findings, _) -> findings.getFirst().problem().text();
    };
  }

  private static void write(Path root) throws IOException {
    Files.createDirectories(root.resolve("backupsets/sources"));
    Files.createDirectories(root.resolve("storage"));
    for (int file = 0; file < FILES; file++) {
      var text = new StringBuilder();
      for (int i = 0; i < SOURCES_PER_FILE; i++) {
        text.append(source(file * SOURCES_PER_FILE + i)).append("---\n");
      }
      Files.writeString(root.resolve("backupsets/sources/" + file + ".yaml"), text.toString());
    }
    Files.writeString(root.resolve("storage/disk.yaml"), storage());
    for (int set = 0; set < SETS; set++) {
      Files.writeString(root.resolve("backupsets/set" + set + ".yaml"), set(set));
    }
  }

  private static String source(int number) {
    return """
        apiVersion: holdfast/v1
        kind: Source
        name: source%1$d
        labels: { group: "%2$d" }
        type: filesystem
        paths: [/srv/data/%1$d, /etc/data/%1$d]
        exclude: ["**/*.bak", "**/.cache/**"]
        tolerate: { vanished: 5 }
        """
        .formatted(number, number % SETS);
  }

  private static String set(int number) {
    return """
        apiVersion: holdfast/v1
        kind: BackupSet
        name: Set%1$d
        what: { select: { labels: { group: "%1$d" } } }
        where: { storage: Disk }
        """
        .formatted(number);
  }

  private static String storage() {
    return """
        apiVersion: holdfast/v1
        kind: Storage
        name: Disk
        type: disk
        disk: { path: /mnt/holdfast }
        """;
  }
}
