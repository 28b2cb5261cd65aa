package dev.holdfast.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import dev.holdfast.fixture.Trees;
import dev.holdfast.model.Compression;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageWriterTests {

  @TempDir Path root;

  @Test
  void anImageRestoresWithItsRecipeAndNothingOfOurs() throws IOException {
    var tree = Trees.fill(root.resolve("tree"), 40, 200_000, 1);
    var folder = root.resolve("image");
    var manifest =
        TestImages.dump(TestImages.spec("a", 0, Optional.empty()), tree, root.resolve("s"), folder);
    assertThat(manifest.parts()).hasSizeGreaterThan(2);
    var volumes = List.of(root.resolve("vols/V-001"), root.resolve("vols/V-002"));
    for (int part = 1; part <= manifest.parts().size(); part++) {
      var volume = Files.createDirectories(volumes.get(part % 2));
      Files.move(
          new ImageFolder(folder).part(part), volume.resolve("0000" + part + ".a.p000" + part));
    }

    var restored = restoreByRecipe(root.resolve("vols"), volumes.get(1).resolve("00001.a.p0001"));

    assertThat(Trees.differences(tree, restored.resolve(tree.toString().substring(1)))).isEmpty();
  }

  @Test
  void theRecipeRefusesAPartWithAFlippedBit() throws IOException {
    var tree = Trees.fill(root.resolve("tree"), 10, 100_000, 1);
    var folder = root.resolve("image");
    TestImages.dump(TestImages.spec("a", 0, Optional.empty()), tree, root.resolve("s"), folder);
    var part = new ImageFolder(folder).part(1);
    var bytes = Files.readAllBytes(part);
    bytes[bytes.length / 2] ^= 1;
    Files.write(part, bytes);

    assertThatThrownBy(() -> restoreByRecipe(folder, part)).hasMessageContaining("DAMAGED: p0001");
  }

  @Test
  void namesTheSameMembersAsAnIndependentReader() throws IOException {
    var tree = Trees.fill(root.resolve("tree"), 30, 5_000, 2);
    Files.createSymbolicLink(tree.resolve("link"), Path.of("some where"));
    Files.createLink(tree.resolve("zz-hard"), tree.resolve("file1.bin"));
    Trees.output(
        "sh",
        "-c",
        "truncate -s 1G \"$1/sparse\" && printf x >>\"$1/sparse\"",
        "sh",
        tree.toString());
    Trees.output("sh", "-c", "touch \"$1/$(printf 'n\\351\\012w')\"", "sh", tree.toString());
    Trees.output(
        "sh", "-c", "touch -d '1960-02-03 04:05:06.789' \"$1/file4.bin\"", "sh", tree.toString());
    Trees.output(
        "sh",
        "-c",
        "mkdir -p \"$1/$(printf '%0200d' 7)/$(printf '%0200d' 8)\"",
        "sh",
        tree.toString());
    var folder = root.resolve("image");
    var spec = TestImages.spec("a", 0, Optional.empty());
    var manifest = TestImages.dump(spec, tree, root.resolve("s"), folder);

    var ours = new ArrayList<String>();
    try (var index = new IndexReader(payload(new ImageFolder(folder).index()))) {
      for (var member = index.next(); member.isPresent(); member = index.next()) {
        var m = member.get();
        ours.add(m.path().latin1() + " " + m.size() + " " + m.mode() + " " + m.mtimeSeconds());
      }
      assertThat(index.frames()).hasSize(1 + (int) ((manifest.stream().rawBytes() - 1) >> 20));
    }

    assertThat(ours).isEqualTo(independently(folder));
    assertThat(manifest.stream().members()).isEqualTo(ours.size());
  }

  @Test
  void aStreamThatEndsTooEarlyNeverBecomesAnImage() throws IOException {
    var folder = new ImageFolder(Files.createDirectory(root.resolve("image")));
    try (var workers = new FrameWorkers();
        var writer =
            ImageWriter.open(
                TestImages.spec("a", 0, Optional.empty()), folder, workers, PartSink.keep())) {
      writer.write(new byte[512]);

      assertThatThrownBy(writer::finish)
          .isInstanceOf(MalformedStreamException.class)
          .hasMessage("the tar stream ends at byte 512 without its end mark");
    }
  }

  @Test
  void aDumpThatWaitsForTheWorkersBorrowsFramesAndGivesThemBack() throws Exception {
    var folder = new ImageFolder(Files.createDirectory(root.resolve("image")));
    var busy = new CountDownLatch(1);
    try (var workers = new FrameWorkers()) {
      int spare = borrowAll(workers);
      workers.giveBack(spare);
      var held =
          IntStream.range(0, Runtime.getRuntime().availableProcessors())
              .mapToObj(_ -> workers.submit(() -> busy.await(1, TimeUnit.MINUTES)))
              .toList();
      try (var writer =
          ImageWriter.open(
              TestImages.spec("a", 0, Optional.empty()), folder, workers, PartSink.keep())) {
        writer.write(tarOf(spare + 3));

        assertThat(borrowAll(workers)).isZero();
        busy.countDown();
        writer.write(new byte[1024]);
        writer.finish();
      }

      for (var worker : held) {
        assertThat(worker.get()).isTrue();
      }
      assertThat(spare).isPositive();
      assertThat(borrowAll(workers)).isEqualTo(spare);
    }
  }

  /// A file of so many MiB, without the archive's end.
  private byte[] tarOf(int mebibytes) throws IOException {
    var file = Files.write(root.resolve("large"), new byte[mebibytes << 20]);
    var tar = root.resolve("large.tar");
    Trees.output("tar", "-cf", tar.toString(), "-C", root.toString(), file.getFileName() + "");
    return Arrays.copyOf(Files.readAllBytes(tar), 512 + (mebibytes << 20));
  }

  private static int borrowAll(FrameWorkers workers) {
    int frames = 0;
    while (workers.borrow()) {
      frames++;
    }
    return frames;
  }

  @Test
  void aManifestReadsBackAsItWasWritten() throws IOException {
    var tree = Trees.fill(root.resolve("tree"), 3, 100, 1);
    var manifest =
        TestImages.dump(
            TestImages.spec("b", 1, Optional.of("a")), tree, root.resolve("s"), root.resolve("i"));

    var back = ManifestCodec.decode(ManifestCodec.encode(manifest));

    assertThat(back).isEqualTo(manifest);
    assertThatThrownBy(() -> ManifestCodec.decode("{}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedStreamException.class);
  }

  @Test
  void withoutCompressionTheStoredStreamIsTheTarItself() throws IOException {
    var plain = TestImages.spec("a", 0, Optional.empty());
    var spec =
        new ImageSpec(
            plain.image(),
            plain.run(),
            plain.source(),
            plain.level(),
            plain.parent(),
            plain.createdAt(),
            Compression.NONE,
            plain.partSize() * 4,
            plain.archiver());
    var tree = Trees.fill(root.resolve("tree"), 40, 200_000, 1);

    var manifest = TestImages.dump(spec, tree, root.resolve("s"), root.resolve("i"));

    assertThat(manifest.stream().stored()).isEqualTo(manifest.stream().raw());
  }

  private Path restoreByRecipe(Path cwd, Path part) throws IOException {
    var parsed = (Header.ParseResult.Valid) Header.parse(head(part));
    var script = Files.writeString(root.resolve("recipe"), parsed.header().recipe());
    var target = Files.createDirectories(root.resolve("restored"));
    Trees.output(
        "sh",
        "-c",
        "cd \"$1\" && sh \"$2\" \"$3\"",
        "sh",
        cwd.toString(),
        script.toString(),
        target.toString());
    return target;
  }

  private static List<String> independently(Path folder) throws IOException {
    var names = new ArrayList<String>();
    var stored = new ByteArrayOutputStream();
    for (int part = 1; Files.exists(new ImageFolder(folder).part(part)); part++) {
      payload(new ImageFolder(folder).part(part)).transferTo(stored);
    }
    var raw = new ZstdInputStream(new ByteArrayInputStream(stored.toByteArray()));
    try (var tar = new TarArchiveInputStream(raw, "ISO-8859-1")) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        var name =
            entry.getName().endsWith("/")
                ? entry.getName().substring(0, entry.getName().length() - 1)
                : entry.getName();
        // the library replaces bytes that are no UTF-8: the reason for a tap of our own
        names.add(
            name.replace('\ufffd', '\u00e9')
                + " "
                + entry.getRealSize()
                + " "
                + entry.getMode()
                + " "
                + Math.floorDiv(entry.getLastModifiedTime().toMillis(), 1000));
      }
    }
    return names;
  }

  private static byte[] head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(Header.SIZE);
    }
  }

  private static InputStream payload(Path file) throws IOException {
    var in = Files.newInputStream(file);
    in.skipNBytes(Header.SIZE);
    return in;
  }
}
