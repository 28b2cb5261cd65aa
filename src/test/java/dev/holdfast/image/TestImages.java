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
import dev.holdfast.model.declared.Expect;
import dev.holdfast.model.declared.Filesystem;
import dev.holdfast.model.declared.Tolerate;
import dev.holdfast.source.DumpOutcome;
import dev.holdfast.source.DumpRequest;
import dev.holdfast.source.driver.filesystem.FilesystemDriver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
  static Manifest dump(ImageSpec spec, Path tree, Path snapshot, Path folder, String... options) {
    try (var workers = new FrameWorkers();
        var writer =
            ImageWriter.open(
                spec, new ImageFolder(Files.createDirectories(folder)), workers, PartSink.keep())) {
      var command =
          new ArrayList<>(
              List.of(
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
                  "--listed-incremental=" + snapshot));
      command.addAll(List.of(options));
      command.addAll(List.of("-C", "/", "--", tree.toString().substring(1)));
      var tar = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (InputStream raw = tar.getInputStream()) {
        raw.transferTo(writer);
      }
      writer.addState(snapshot);
      return manifest(spec, writer.finish());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Dumps `tree` as a run does.
  static Manifest dumpByDriver(ImageSpec spec, Path tree, DumpRequest request, Path folder) {
    var declared =
        new Filesystem(
            List.of(tree.toString()), List.of(), true, Expect.nothing(), Tolerate.defaults());
    try (var workers = new FrameWorkers();
        var writer =
            ImageWriter.open(
                spec, new ImageFolder(Files.createDirectories(folder)), workers, PartSink.keep())) {
      var outcome = new FilesystemDriver(spec.source(), declared).dump(request, writer);
      if (!(outcome instanceof DumpOutcome.Complete)) {
        throw new AssertionError("not dumped: " + outcome);
      }
      writer.addState(request.snapshot());
      return manifest(spec, writer.finish());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  static ImageSpec plain(ImageSpec spec) {
    return new ImageSpec(
        spec.image(),
        spec.run(),
        spec.source(),
        spec.level(),
        spec.parent(),
        spec.createdAt(),
        Compression.NONE,
        spec.partSize(),
        spec.archiver());
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
