package dev.holdfast.image;

import dev.holdfast.model.Compression;
import dev.holdfast.model.Digest;
import dev.holdfast.model.DumpWarnings;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Level;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SetName;
import dev.holdfast.model.SourceKey;
import dev.holdfast.model.SourceName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Images of real trees, made by the real tar.
final class TestImages {
  private static final Digest NO_PLAN = Digests.of(new byte[0]);

  private TestImages() {}

  static ImageSpec spec(String id, int level, Optional<String> parent) {
    return new ImageSpec(
        new ImageId(id),
        new RunId("run1"),
        new SourceKey(new SetName("Demo"), new SourceName("Tree")),
        Level.of(level),
        parent.map(ImageId::new),
        Instant.parse("2026-11-24T21:30:00Z"),
        Compression.FAST,
        1 << 20,
        "tar (GNU tar) 1.34");
  }

  /// Dumps `tree` with a listed-incremental snapshot file that is updated in place.
  static Manifest dump(ImageSpec spec, Path tree, Path snapshot, Path folder) {
    try (var workers = new FrameWorkers();
        var writer =
            ImageWriter.open(
                spec, new ImageFolder(Files.createDirectories(folder)), workers, PartSink.keep())) {
      var tar =
          new ProcessBuilder(
                  "tar",
                  "--create",
                  "--file=-",
                  "--format=pax",
                  "--sort=name",
                  "--numeric-owner",
                  "--xattrs",
                  "--acls",
                  "--sparse",
                  "--no-check-device",
                  "--pax-option=delete=atime,delete=ctime",
                  "--listed-incremental=" + snapshot,
                  "-C",
                  "/",
                  "--",
                  tree.toString().substring(1))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (InputStream raw = tar.getInputStream()) {
        raw.transferTo(writer);
      }
      writer.addState(snapshot);
      return manifest(spec, writer.finish());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static Manifest manifest(ImageSpec spec, WrittenImage written) {
    return new Manifest(
        spec.image(),
        spec.run(),
        spec.source(),
        spec.level(),
        spec.parent(),
        spec.createdAt(),
        0,
        Optional.empty(),
        spec.compressionName(),
        written.stream(),
        written.files(),
        DumpWarnings.none(),
        Map.of("tar", 0),
        Map.of("tar", "1.34"),
        NO_PLAN,
        Optional.empty());
  }
}
