package dev.holdfast.media.driver.disk;

import dev.holdfast.media.MediaFile;
import dev.holdfast.media.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Finds the file that an earlier attempt placed on the volume before it could be recorded.
final class Duplicates {
  private static final long SAME = -1;

  private final Path volume;

  Duplicates(Path volume) {
    this.volume = volume;
  }

  /// The number of a file that is, byte for byte, the one to be written.
  Optional<Integer> find(MediaFile wanted) throws IOException {
    for (var file : DiskLayout.files(volume)) {
      if (isNamedFor(file, wanted) && isSame(DiskLayout.path(volume, file), wanted.path())) {
        return Optional.of(file.number());
      }
    }
    return Optional.empty();
  }

  private static boolean isNamedFor(StoredFile file, MediaFile wanted) {
    return file.kind() == wanted.kind()
        && file.part() == wanted.number()
        && file.image().filter(wanted.image()::equals).isPresent();
  }

  private static boolean isSame(Path stored, Path staged) throws IOException {
    return Files.isSameFile(stored, staged) || Files.mismatch(stored, staged) == SAME;
  }
}
