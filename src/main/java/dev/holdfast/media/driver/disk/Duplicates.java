package dev.holdfast.media.driver.disk;

import dev.holdfast.image.FileKind;
import dev.holdfast.media.MediaFile;
import dev.holdfast.media.StoredFile;
import dev.holdfast.model.ImageId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the file that an earlier attempt placed on the volume before it could be recorded. Knows
/// the volume as it was when it was opened: what its only writer adds since is not asked for again.
final class Duplicates {
  private static final long SAME = -1;

  private final Path volume;
  private final Map<Name, List<StoredFile>> present = new HashMap<>();

  Duplicates(Path volume) throws IOException {
    this.volume = volume;
    for (var file : DiskLayout.files(volume)) {
      file.image()
          .map(image -> new Name(image, file.kind(), file.part()))
          .ifPresent(name -> present.computeIfAbsent(name, _ -> new ArrayList<>()).add(file));
    }
  }

  /// The number of a file that is, byte for byte, the one to be written.
  Optional<Integer> find(MediaFile wanted) throws IOException {
    var name = new Name(wanted.image(), wanted.kind(), wanted.number());
    for (var file : present.getOrDefault(name, List.of())) {
      if (isSame(DiskLayout.path(volume, file), wanted.path())) {
        return Optional.of(file.number());
      }
    }
    return Optional.empty();
  }

  private static boolean isSame(Path stored, Path staged) throws IOException {
    return Files.isSameFile(stored, staged) || Files.mismatch(stored, staged) == SAME;
  }

  private record Name(ImageId image, FileKind kind, int part) {}
}
