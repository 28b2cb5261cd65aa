package dev.holdfast.config;

import dev.holdfast.model.declared.Disk;
import dev.holdfast.model.declared.S3;
import dev.holdfast.model.declared.Storage;
import dev.holdfast.model.declared.StorageSpec;
import dev.holdfast.model.declared.Tape;
import java.util.List;
import java.util.Optional;

/// Makes a Storage of its document: the block that its type asks for, and no other.
final class StorageLinker {
  private final Folders folders;
  private final S3Rules s3Rules;
  private final Findings findings;

  StorageLinker(Folders folders, S3Rules s3Rules, Findings findings) {
    this.folders = folders;
    this.s3Rules = s3Rules;
    this.findings = findings;
  }

  /// Empty when something is wrong; the findings say what.
  Optional<Storage> link(Bound<StorageDocument> bound) {
    var body = bound.body();
    return spec(bound)
        .map(
            spec ->
                new Storage(
                    bound.name(),
                    body.header().about(bound.document().place()),
                    spec,
                    body.taperscan(),
                    body.archived(),
                    body.site(),
                    body.mediaClass()));
  }

  private Optional<? extends StorageSpec> spec(Bound<StorageDocument> bound) {
    var body = bound.body();
    return switch (body.type()) {
      case DISK -> block(bound, "disk", body.disk()).flatMap(disk -> disk(bound, disk));
      case TAPE -> block(bound, "tape", body.tape()).map(tape -> tape(bound, tape));
      case S3 -> block(bound, "s3", body.s3()).flatMap(s3 -> s3(bound, s3));
    };
  }

  private Optional<S3> s3(Bound<StorageDocument> bound, S3 s3) {
    s3Rules.check(bound, s3);
    return s3.ca().isEmpty()
        ? Optional.of(s3)
        : folders
            .resolve(s3.ca().get(), bound.placeOf("s3", "ca"), "s3.ca")
            .map(path -> s3.withCa(path.toString()));
  }

  private Optional<Disk> disk(Bound<StorageDocument> bound, StorageDocument.DiskForm disk) {
    return folders
        .resolve(disk.path(), bound.placeOf("disk", "path"), "disk.path")
        .map(disk::bound);
  }

  private Tape tape(Bound<StorageDocument> bound, Tape tape) {
    if (tape.ignoreBarcodes()) {
      findings.warning(
          bound.placeOf("tape", "ignoreBarcodes"),
          "tape.ignoreBarcodes",
          "without bar codes each volume must be loaded to know which it is",
          "leave it false unless the library has no reader");
    }
    return tape;
  }

  private <T> Optional<T> block(Bound<StorageDocument> bound, String wanted, Optional<T> block) {
    for (var other : List.of("disk", "tape", "s3")) {
      if (!other.equals(wanted) && bound.values().get(other).isPresent()) {
        findings.error(
            bound.placeOf(other),
            other,
            "'" + other + "' does not belong to a storage of type " + wanted,
            "remove it, or correct the type");
      }
    }
    if (block.isEmpty()) {
      findings.error(
          bound.placeOf("type"),
          wanted,
          "a storage of type " + wanted + " needs '" + wanted + "'",
          "say where the volumes are");
    }
    return block;
  }
}
