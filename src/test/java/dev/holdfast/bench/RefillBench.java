package dev.holdfast.bench;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.Snapshot;
import dev.holdfast.catalog.SourceResultRow;
import dev.holdfast.catalog.Verdict;
import dev.holdfast.image.Digests;
import dev.holdfast.image.FileKind;
import dev.holdfast.image.Manifest;
import dev.holdfast.image.ManifestCodec;
import dev.holdfast.io.DurableFiles;
import dev.holdfast.model.Digest;
import dev.holdfast.model.DumpWarnings;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.Level;
import dev.holdfast.model.PartFile;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SetName;
import dev.holdfast.model.SourceKey;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.StreamFacts;
import dev.holdfast.model.VolumeFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// How large the snapshot of a catalog is, and how long it takes to write it and to refill an empty
/// catalog from it: `RefillBench SOURCES NIGHTS`.
final class RefillBench {
  private static final SetName SET = new SetName("Demo");
  private static final Instant FIRST = Instant.parse("2026-01-01T22:00:00Z");

  private RefillBench() {}

  public static void main(String[] arguments) throws Exception {
    int sources = Integer.parseInt(arguments[0]);
    int nights = Integer.parseInt(arguments[1]);
    var root = Files.createTempDirectory("refill");
    try (var catalog = open(root, "full");
        var empty = open(root, "empty")) {
      for (int night = 0; night < nights; night++) {
        for (int source = 0; source < sources; source++) {
          store(catalog, source, night);
        }
      }
      long began = System.nanoTime();
      var bytes = Snapshot.of(catalog, SET, "bench", FIRST).bytes();
      long written = System.nanoTime();
      ((Snapshot.ReadResult.Read) Snapshot.read(bytes, SET)).snapshot().fill(empty);
      long filled = System.nanoTime();
      System.out.printf(
          "%d images: snapshot %d bytes, written in %d ms, refilled in %d ms%n",
          empty.images().states().size(),
          bytes.length,
          (written - began) / 1_000_000,
          (filled - written) / 1_000_000);
    } finally {
      DurableFiles.deleteTree(root);
    }
  }

  private static Catalog open(Path root, String name) throws Exception {
    var folder = Files.createDirectories(root.resolve(name));
    return Catalog.open(folder.resolve("catalog"), Duration.ZERO);
  }

  private static void store(Catalog catalog, int source, int night) {
    var run = new RunId("run" + night);
    var name = new SourceName("source" + source);
    var image = new ImageId("image-" + source + "-" + night);
    var at = FIRST.plus(Duration.ofDays(night));
    var manifest =
        new Manifest(
            image,
            run,
            new SourceKey(SET, name),
            night % 7 == 0 ? Level.FULL : Level.of(1),
            night % 7 == 0
                ? Optional.empty()
                : Optional.of(new ImageId("image-" + source + "-" + (night - night % 7))),
            at,
            night * 1000L + source + 1,
            Optional.of(digest(image + "previous")),
            "zstd-1",
            new StreamFacts(1 << 20, digest(image + "raw"), 1 << 19, digest(image + "stored"), 100),
            files(image).toList(),
            DumpWarnings.none(),
            Map.of("tar", 0),
            Map.of("tar", "1.35"),
            digest("plan"),
            Optional.empty());
    catalog.images().stored(manifest, Verdict.OK, Digests.of(ManifestCodec.encode(manifest)));
    catalog.runs().record(new SourceResultRow(run, name, "OK", "", Duration.ofMinutes(1)));
  }

  private static Stream<Manifest.Entry> files(ImageId image) {
    return List.of(FileKind.PART, FileKind.INDEX, FileKind.STATE).stream()
        .map(
            kind ->
                new Manifest.Entry(
                    kind,
                    new PartFile(1, 1 << 19, digest(image + kind.name())),
                    Optional.of(new VolumeFile(new Label("Demo-001"), 1))));
  }

  private static Digest digest(String of) {
    return Digests.of(of.getBytes(StandardCharsets.UTF_8));
  }
}
