package dev.holdfast.job;

import com.github.luben.zstd.ZstdInputStream;
import dev.holdfast.image.FileKind;
import dev.holdfast.image.StoredFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// What the next incremental needs, as an image's STATE holds it.
final class States {

  private States() {}

  /// Unpacks the STATE of an image, checked first, into a file.
  static void unpack(StoredFiles image, Path target) throws IOException {
    var entry =
        image.manifest().files().stream()
            .filter(file -> file.kind() == FileKind.STATE)
            .findFirst()
            .orElseThrow(
                () -> new IOException("image " + image.manifest().image() + " has no STATE"));
    try (var state = new ZstdInputStream(image.payload(entry))) {
      Files.copy(state, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
