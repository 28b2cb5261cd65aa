package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.HoldfastProcess;
import dev.holdfast.fixture.Repository;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Stored bytes that are not what was written: found, named, and never restored.
class DamageIntegrationTests {
  private static final int FILES = 8;
  private static final int FILE_BYTES = 900_000;

  @TempDir Path root;
  Path data;
  Path vault;
  HoldfastProcess holdfast;

  @BeforeEach
  void anImageOfManyParts() throws IOException {
    data = Files.createDirectories(root.resolve("data"));
    for (int file = 1; file <= FILES; file++) {
      var bytes = new byte[FILE_BYTES];
      new java.util.Random(file).nextBytes(bytes);
      Files.write(data.resolve("file" + file), bytes);
    }
    var repository = Repository.in(root).volumesOf("4MiB");
    repository.source("Web", data).set(List.of("Web"), "");
    vault = repository.storage();
    holdfast = new HoldfastProcess(repository.folder(), root.resolve("state"));
    holdfast.run("run", "Demo", "-q").expect(0);
    assertThat(parts()).hasSizeGreaterThan(6);
  }

  @Test
  void verifyNamesThePartTheVolumeAndWhatIsLost() throws IOException {
    flip(part("p0002"));
    var image = image();
    var volume = vault.relativize(part("p0002")).getName(0).toString();

    for (var subject : List.of("Demo", image, volume)) {
      assertThat(holdfast.run("verify", subject, "-q").expect(40).out())
          .startsWith("Verify " + subject + ": DAMAGED")
          .contains("p0002")
          .contains("volume " + volume + " file ")
          .contains("image " + image + " and every later image that builds on it");
    }
    var json = JsonMapper.shared().readTree(holdfast.run("verify", "Demo", "-o", "json").out());
    assertThat(json.at("/exit/name").asString()).isEqualTo("DAMAGED");
    assertThat(json.at("/damage").size()).isEqualTo(1);
    assertThat(json.at("/damage/0/file").asString()).isEqualTo("p0002");
    assertThat(json.at("/damage/0/where").asString()).startsWith("volume " + volume);
    assertThat(json.at("/damage/0/image").asString()).isEqualTo(image);
    assertThat(json.at("/damage/0/fact").asString()).contains("SHA-256");
  }

  @Test
  void aRestoreOfDamagedBytesStopsAndWritesNoneOfThem() throws IOException {
    flip(part("p0004"));
    var back = root.resolve("back");

    var said = holdfast.run("restore", "Demo", "--to", back.toString()).expect(40).err();

    assertThat(said).contains("p0004").contains("volume Demo-00").contains("HINT: ");
    var restored = back.resolve(data.toString().substring(1));
    assertThat(restored.resolve("file" + FILES)).doesNotExist();
    try (var files = Files.list(restored)) {
      for (var file : files.toList()) {
        var was = Files.readAllBytes(data.resolve(file.getFileName()));
        var is = Files.readAllBytes(file);
        assertThat(is.length).isLessThanOrEqualTo(was.length);
        assertThat(is).isEqualTo(Arrays.copyOf(was, is.length));
      }
    }
  }

  /// All but the parts that hold it are gone from the volumes.
  @Test
  void oneFileNeedsOnlyItsOwnParts() throws IOException {
    var parts = parts();
    for (var part : parts.subList(0, parts.size() - 2)) {
      Files.write(part, new byte[0]);
    }

    var last = data.resolve("file" + FILES).toString();
    var back = root.resolve("back");
    holdfast.run("restore", "Demo", last, "--to", back.toString()).expect(0);
    assertThat(back.resolve(last.substring(1))).hasSameBinaryContentAs(Path.of(last));
    assertThat(holdfast.run("restore", "Demo", data + "/file1", "--stdout").expect(40).out())
        .isEmpty();
  }

  private String image() {
    return holdfast
        .run("list", "images", "-o", "jsonl")
        .out()
        .replaceFirst("(?s).*?\"image\":\"([^\"]+)\".*", "$1");
  }

  private Path part(String name) throws IOException {
    return parts().stream()
        .filter(part -> part.toString().endsWith(name))
        .findFirst()
        .orElseThrow();
  }

  /// In the order of the image.
  private List<Path> parts() throws IOException {
    try (var files = Files.walk(vault)) {
      return files
          .filter(file -> file.toString().matches(".*\\.p\\d{4}"))
          .sorted(java.util.Comparator.comparing(file -> file.toString().replaceFirst(".*\\.", "")))
          .toList();
    }
  }

  private static void flip(Path file) throws IOException {
    try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
      long middle = bytes.length() / 2;
      bytes.seek(middle);
      int old = bytes.read();
      bytes.seek(middle);
      bytes.write(old ^ 16);
    }
  }
}
