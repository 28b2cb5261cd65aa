package dev.holdfast.job;

import dev.holdfast.catalog.ImageRow;
import dev.holdfast.image.ImageFolder;
import dev.holdfast.image.Manifest;
import dev.holdfast.job.Outcomes.StorageTrouble;
import dev.holdfast.model.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A file of an image that no home could give whole: damaged in some, away in others.
final class UncopyableException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient ImageRow image;
  private final transient Manifest.Entry entry;
  private final transient List<Problem> damage = new ArrayList<>();
  private final transient List<Problem> away = new ArrayList<>();

  UncopyableException(ImageRow image, Manifest.Entry entry) {
    super("image " + image.planned().image() + " cannot be copied");
    this.image = image;
    this.entry = entry;
  }

  void damaged(Home home, String fact) {
    damage.add(
        new Problem(
            home.name() + " " + home.parts().place(entry),
            "damaged: " + file() + " of image " + image.planned().image() + ": " + fact,
            "'holdfast verify " + image.planned().image() + "' reads every home of the image"));
  }

  void away(Home home, String fact) {
    away.add(
        new Problem(
            home.name() + " " + home.parts().place(entry),
            file() + " of image " + image.planned().image() + " cannot be read: " + fact,
            "bring the storage back, then 'holdfast copy " + image.planned().source().set() + "'"));
  }

  /// Also where the file came from another home in the end.
  void tellDamage(CopyOutcomes outcomes) {
    damage.forEach(outcomes::damaged);
  }

  /// Why the image has no copy.
  void tell(CopyOutcomes outcomes, String storage) {
    tellDamage(outcomes);
    if (damage.isEmpty() && away.isEmpty()) {
      away.add(
          new Problem(
              "image " + image.planned().image(),
              "lies on no storage that is declared, so it cannot be copied",
              "declare the storage that holds it again: 'holdfast list images' names it"));
    }
    away.stream()
        .findFirst()
        .ifPresent(problem -> outcomes.trouble(storage, new StorageTrouble.Away(problem)));
  }

  private String file() {
    return ImageFolder.fileName(entry.kind(), entry.file().number());
  }
}
