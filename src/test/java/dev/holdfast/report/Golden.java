package dev.holdfast.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whole outputs kept as files and read in review like code. The variable GOLDEN_REWRITE=1 writes
/// them anew.
final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/golden/report");

  private Golden() {}

  static void matches(String file, String actual) {
    try {
      var golden = FOLDER.resolve(file);
      if (System.getenv("GOLDEN_REWRITE") != null) {
        Files.createDirectories(FOLDER);
        Files.writeString(golden, actual);
      }
      assertThat(actual).as(file).isEqualTo(Files.readString(golden));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
