package dev.holdfast.media;

import dev.holdfast.image.FileKind;
import dev.holdfast.image.Manifest;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.VolumeFile;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which files of a set's volumes belong to no image: parts, indexes and states whose image has no
/// manifest, or whose manifest names other files. A damaged manifest protects all of its image.
public final class DebrisFinder {
  private final Set<Named> named;
  private final Set<ImageId> whole;
  private final Set<ImageId> damaged;

  /// @param manifests every manifest on every volume of the set
  public DebrisFinder(List<FoundManifest> manifests) {
    named =
        manifests.stream()
            .filter(FoundManifest.Whole.class::isInstance)
            .map(FoundManifest.Whole.class::cast)
            .flatMap(whole -> whole.manifest().files().stream().flatMap(Named::of))
            .collect(Collectors.toSet());
    whole =
        manifests.stream()
            .filter(FoundManifest.Whole.class::isInstance)
            .map(FoundManifest::image)
            .collect(Collectors.toSet());
    damaged =
        manifests.stream()
            .filter(FoundManifest.Damaged.class::isInstance)
            .map(FoundManifest::image)
            .collect(Collectors.toSet());
  }

  /// Newest first, the order in which they are to be removed.
  public List<StoredFile> debris(List<StoredFile> files, DebrisRequest request) {
    return files.stream()
        .filter(file -> isDebris(file, request))
        .sorted(
            Comparator.comparing(StoredFile::volume)
                .thenComparingInt(StoredFile::number)
                .reversed())
        .toList();
  }

  private boolean isDebris(StoredFile file, DebrisRequest request) {
    return switch (file.kind()) {
      case LABEL, TOC, MANIFEST -> false;
      case PART, INDEX, STATE ->
          file.image()
              .filter(image -> !damaged.contains(image))
              .filter(image -> whole.contains(image) || !request.kept().contains(image))
              .filter(_ -> !named.contains(new Named(file.place(), file.kind(), file.part())))
              .filter(_ -> !request.recorded().contains(file.place()))
              .isPresent();
    };
  }

  /// A file as a manifest names it.
  private record Named(VolumeFile place, FileKind kind, int part) {
    static Stream<Named> of(Manifest.Entry entry) {
      return entry.place().stream()
          .map(place -> new Named(place, entry.kind(), entry.file().number()));
    }
  }
}
