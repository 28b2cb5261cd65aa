package dev.holdfast.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import dev.holdfast.model.Compression;
import dev.holdfast.model.Digest;
import dev.holdfast.model.DumpWarnings;
import dev.holdfast.model.Label;
import dev.holdfast.model.PartFile;
import dev.holdfast.model.StreamFacts;
import dev.holdfast.model.VolumeFile;
import dev.holdfast.model.WarningClass;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bytes of format 1 (src/docs/format.md). A golden that must change is a new format: what is
/// on media already does not change with it. `GOLDEN_REWRITE=1` rewrites all but `stream.tar`.
class FormatGoldenTests {
  private static final Path FOLDER = Path.of("src/test/resources/golden/format");
  private static final Digest SOME = new Digest("0123456789abcdef".repeat(4));
  private static final Digest OTHER = new Digest("fedcba9876543210".repeat(4));

  @TempDir Path folder;

  @Test
  void aPartsHeaderIsWrittenAsEver() throws IOException {
    write();

    var part = Files.readAllBytes(folder.resolve("p0001"));

    assertGolden("p0001.header", Arrays.copyOf(part, Header.SIZE));
    assertThat(Arrays.copyOfRange(part, Header.SIZE, part.length)).isEqualTo(golden("stream.tar"));
  }

  @Test
  void aPartsHeaderIsReadAsEver() throws IOException {
    var header = ((Header.ParseResult.Valid) Header.parse(golden("p0001.header"))).header();

    assertThat(header.kind()).isEqualTo(FileKind.PART);
    assertThat(header.recipe()).isEqualTo(Recipe.of(spec()));
    assertThat(header.require("Archiver")).isEqualTo("tar (GNU tar) 1.34");
    assertThat(header.require("SHA-256")).isEqualTo(Digests.of(golden("stream.tar")).hex());
    assertThat(header.bytes()).isEqualTo(golden("p0001.header"));
  }

  @Test
  void anIndexIsWrittenAsEver() throws IOException {
    write();

    var payload = payload(folder.resolve("index"));
    try (var text = new ZstdInputStream(payload)) {
      assertGolden("index.txt", text.readAllBytes());
    }
  }

  @Test
  void anIndexIsReadAsEver() throws IOException {
    var stored = Zstd.compress(golden("index.txt"));
    var lines = new StringBuilder(IndexText.FIRST_LINE).append('\n');
    try (var index = new IndexReader(new ByteArrayInputStream(stored))) {
      long members = 0;
      for (var member = index.next(); member.isPresent(); member = index.next()) {
        lines.append(IndexText.member(member.get())).append('\n');
        member.get().directory().ifPresent(d -> lines.append(IndexText.dumpdir(d)).append('\n'));
        members++;
      }
      index.frames().forEach(frame -> lines.append(IndexText.frame(frame)).append('\n'));
      lines.append("E\t").append(members).append('\t').append(index.frames().size()).append('\n');
    }

    assertThat(lines.toString().getBytes(StandardCharsets.ISO_8859_1))
        .isEqualTo(golden("index.txt"));
  }

  @Test
  void manifestsAreWrittenAndReadAsEver() throws IOException {
    assertGolden("manifest.json", ManifestCodec.encode(onMedia()));
    assertGolden("manifest-staged.json", ManifestCodec.encode(staged()));

    assertThat(ManifestCodec.decode(golden("manifest.json"))).isEqualTo(onMedia());
    assertThat(ManifestCodec.decode(golden("manifest-staged.json"))).isEqualTo(staged());
  }

  private void write() throws IOException {
    try (var workers = new FrameWorkers();
        var writer = ImageWriter.open(spec(), new ImageFolder(folder), workers, PartSink.keep())) {
      writer.write(golden("stream.tar"));
      writer.finish();
    }
  }

  /// Stored as it is, so that no release of zstd can change the bytes.
  private static ImageSpec spec() {
    var spec = TestImages.spec("20261124T213000Z-4f1c09aa31d2", 1, Optional.of("the-full"));
    return new ImageSpec(
        spec.image(),
        spec.run(),
        spec.source(),
        spec.level(),
        spec.parent(),
        spec.createdAt(),
        new Compression.None(),
        spec.partSize(),
        spec.archiver());
  }

  private static Manifest staged() {
    var files =
        List.of(
            new Manifest.Entry(FileKind.PART, new PartFile(1, 9_216, SOME), Optional.empty()),
            new Manifest.Entry(FileKind.INDEX, new PartFile(1, 700, OTHER), Optional.empty()),
            new Manifest.Entry(FileKind.STATE, new PartFile(1, 90, SOME), Optional.empty()));
    return TestImages.manifest(
        spec(), new WrittenImage(new StreamFacts(9_216, SOME, 9_216, SOME, 8), files));
  }

  private static Manifest onMedia() {
    var staged = staged();
    var complaints =
        new DumpWarnings(
            Map.of(WarningClass.SHRANK, 1L, WarningClass.CHANGED, 2L),
            List.of("tar: srv/\"é\": file changed as we read it"),
            List.of("srv/www/index.html"));
    var complete =
        new Manifest(
            staged.image(),
            staged.run(),
            staged.source(),
            staged.level(),
            staged.parent(),
            staged.createdAt(),
            staged.sequence(),
            staged.previous(),
            staged.compression(),
            staged.stream(),
            staged.files(),
            complaints,
            Map.of("tar", 1),
            Map.of("tar", "tar (GNU tar) 1.34"),
            OTHER,
            Optional.of("0123456789abcdef0123456789abcdef01234567"));
    return complete.onMedia(7, Optional.of(OTHER), placed(staged.files()));
  }

  private static List<Manifest.Entry> placed(List<Manifest.Entry> files) {
    return files.stream()
        .map(
            entry ->
                new Manifest.Entry(
                    entry.kind(),
                    entry.file(),
                    Optional.of(new VolumeFile(new Label("Web-001"), 1 + files.indexOf(entry)))))
        .toList();
  }

  private static ByteArrayInputStream payload(Path file) throws IOException {
    var bytes = Files.readAllBytes(file);
    return new ByteArrayInputStream(bytes, Header.SIZE, bytes.length - Header.SIZE);
  }

  private static byte[] golden(String name) throws IOException {
    return Files.readAllBytes(FOLDER.resolve(name));
  }

  private static void assertGolden(String name, byte[] actual) throws IOException {
    if (System.getenv("GOLDEN_REWRITE") != null) {
      Files.write(FOLDER.resolve(name), actual);
    }
    assertThat(actual).as(name).isEqualTo(golden(name));
  }
}
