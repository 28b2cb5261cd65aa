package dev.holdfast.model.declared;

import java.time.Duration;
import java.util.Optional;

/// A further home for a set's images, as written.
///
/// @param retentionDays empty = as long as the set's own images
/// @param within from the start of the run that made the image; empty = nobody waits for the copy
public record Copy(
    @Key(value = "a Storage, not the set's own", text = TextRule.NAME) String to,
    @Key(value = "which images", initially = "all") Selection select,
    @Key(value = "days a copy stays; as media.retentionDays if left out", min = 1, max = 36500)
        Optional<Integer> retentionDays,
    @Key("copies kept longer") Optional<Media.Keep> keep,
    @Key(value = "how soon the copy must exist", min = 1) Optional<Duration> within,
    @Key(
            value = "names of new volumes there",
            initially = "${set}-${storage}-${n:3}",
            text = TextRule.COPY_LABEL_TEMPLATE)
        String labelTemplate,
    @Key("speed and threads") Optional<Transfer> transfer) {

  /// Which of the set's images are copied.
  public enum Selection {
    ALL,
    FULLS,
    LATEST_FULLS
  }
}
