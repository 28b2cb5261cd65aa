package dev.holdfast.media;

import dev.holdfast.image.FileKind;
import dev.holdfast.image.ImageFolder;
import dev.holdfast.model.ImageId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The name of a file on disk and object volumes: `00003.<image>.p0001`, `00000.label`,
/// `00009.toc`. Says everything that is needed to find the parts of an image by hand.
///
/// @param part number of the part, 1 for every other kind
public record VolumeFileName(int number, FileKind kind, Optional<ImageId> image, int part) {
  public static final String LABEL = "00000.label";
  private static final Pattern OF_IMAGE =
      Pattern.compile(
          "(\\d{5,9})\\.([A-Za-z0-9][A-Za-z0-9_.-]*)\\.(?:p(\\d{4,9})|(index|state|manifest))");
  private static final Pattern OF_VOLUME = Pattern.compile("(\\d{5,9})\\.(label|toc)");

  public static VolumeFileName of(int number, MediaFile file) {
    return new VolumeFileName(number, file.kind(), Optional.of(file.image()), file.number());
  }

  public static VolumeFileName toc(int number) {
    return new VolumeFileName(number, FileKind.TOC, Optional.empty(), 1);
  }

  /// Empty for a name that no file of a volume has.
  public static Optional<VolumeFileName> parse(String name) {
    var ofImage = OF_IMAGE.matcher(name);
    if (ofImage.matches()) {
      var part = Optional.ofNullable(ofImage.group(3)).map(Integer::parseInt);
      return Optional.of(
          new VolumeFileName(
              Integer.parseInt(ofImage.group(1)),
              part.isPresent() ? FileKind.PART : kind(ofImage.group(4)),
              Optional.of(new ImageId(ofImage.group(2))),
              part.orElse(1)));
    }
    var ofVolume = OF_VOLUME.matcher(name);
    return ofVolume.matches()
        ? Optional.of(
            new VolumeFileName(
                Integer.parseInt(ofVolume.group(1)), kind(ofVolume.group(2)), Optional.empty(), 1))
        : Optional.empty();
  }

  public String text() {
    var suffix = ImageFolder.fileName(kind, part);
    var start = String.format(Locale.ROOT, "%05d.", number);
    return image.map(id -> start + id + "." + suffix).orElse(start + suffix);
  }

  private static FileKind kind(String suffix) {
    return FileKind.valueOf(suffix.toUpperCase(Locale.ROOT));
  }
}
