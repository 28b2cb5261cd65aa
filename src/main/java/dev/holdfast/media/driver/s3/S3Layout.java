package dev.holdfast.media.driver.s3;

import dev.holdfast.media.StoredFile;
import dev.holdfast.media.VolumeFileName;
import dev.holdfast.model.Label;
import java.util.Optional;

/// Which key is what in a bucket. A prefix ends with a slash, or is empty.
record S3Layout(String prefix) {
  private static final String HIDDEN = ".holdfast/";

  static S3Layout below(Optional<String> declared) {
    var path = declared.orElse("").replaceAll("/+", "/").replaceAll("^/|/$", "");
    return new S3Layout(path.isEmpty() ? "" : path + "/");
  }

  String volume(Label label) {
    return prefix + label + "/";
  }

  String key(Label label, VolumeFileName name) {
    return volume(label) + name.text();
  }

  String key(StoredFile file) {
    return key(
        file.volume(), new VolumeFileName(file.number(), file.kind(), file.image(), file.part()));
  }

  String label(Label label) {
    return volume(label) + VolumeFileName.LABEL;
  }

  String record(String name) {
    return prefix + HIDDEN + name;
  }

  /// The place that a prefix below ours stands for; empty for what is hidden.
  Optional<String> place(String found) {
    var name = found.substring(prefix.length()).replaceAll("/$", "");
    return name.isEmpty() || name.startsWith(".") ? Optional.empty() : Optional.of(name);
  }

  /// A key as the file that its name says; empty for what is none of a volume's files.
  static Optional<StoredFile> file(Label volume, Listed listed) {
    var name = listed.key().substring(listed.key().lastIndexOf('/') + 1);
    return VolumeFileName.parse(name)
        .map(
            parsed ->
                new StoredFile(
                    volume,
                    parsed.number(),
                    parsed.kind(),
                    parsed.image(),
                    parsed.part(),
                    listed.bytes()));
  }
}
