package dev.holdfast.image;

import dev.holdfast.model.Compression;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Level;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SourceKey;
import java.time.Instant;
import java.util.Optional;

/// What is known of an image before its first byte: it goes into every header.
///
/// @param partSize most payload bytes of one part; a part ends at the last frame that fits
/// @param archiver the program that makes the stream, with its version, as it prints it
public record ImageSpec(
    ImageId image,
    RunId run,
    SourceKey source,
    Level level,
    Optional<ImageId> parent,
    Instant createdAt,
    Compression compression,
    long partSize,
    String archiver) {

  /// `none` or `zstd-<level>`, as headers and manifests spell it.
  public String compressionName() {
    return switch (compression) {
      case Compression.None() -> "none";
      case Compression.Zstd(var number) -> "zstd-" + number;
    };
  }

  /// The fields that every file of the image carries.
  HeaderFields fields(FileKind kind, int number) {
    return HeaderFields.empty()
        .with("Must-Understand", compression instanceof Compression.None ? "plain" : "zstd")
        .with("Set", source.set().value())
        .with("Source", source.source().value())
        .with("Image", image.value())
        .with("File", ImageFolder.fileName(kind, number))
        .with("Level", level.toString())
        .with("Parent", parent.map(ImageId::value).orElse("none"))
        .with("Run", run.value())
        .with("Created", createdAt.toString())
        .with("Compression", compressionName())
        .with("Archiver", archiver);
  }
}
