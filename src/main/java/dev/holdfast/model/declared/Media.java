package dev.holdfast.model.declared;

import dev.holdfast.model.ByteSize;
import java.time.LocalDate;
import java.util.Optional;

/// How long images stay, and how volumes are named and filled.
///
/// @param partSize largest slice of an image written as one file on a volume, stored bytes;
///     smaller parts lose less work at the end of a volume and when a storage goes away; without it
///     the storage's own
public record Media(
    @Key(value = "days between fulls", initially = "7", min = 1, max = 3650) int cycleDays,
    @Key(value = "days an image stays restorable", initially = "90", min = 1, max = 36500)
        int retentionDays,
    @Key("images kept longer") Optional<Keep> keep,
    @Key(
            value = "names of new volumes",
            initially = "${set}-${n:3}",
            text = TextRule.LABEL_TEMPLATE)
        String labelTemplate,
    @Key(
            value =
                "largest slice of an image, one file on a volume; without it 1 GiB, and 256 MiB in"
                    + " a bucket",
            min = 1L << 20,
            max = 100L << 30)
        Optional<ByteSize> partSize,
    @Key("one foreign volume that may be overwritten") @Later
        Optional<OverwriteForeign> overwriteForeign) {

  /// Images that stay longer than `retentionDays`: the newest of so many periods that have one, by
  /// source, in the Project's time zone.
  public record Keep(
      @Key(value = "so many of the newest", max = 10000) Optional<Integer> last,
      @Key(value = "newest of this many hours", max = 10000) Optional<Integer> hourly,
      @Key(value = "newest of this many days", max = 10000) Optional<Integer> daily,
      @Key(value = "newest of this many weeks", max = 10000) Optional<Integer> weekly,
      @Key(value = "newest of this many months", max = 10000) Optional<Integer> monthly,
      @Key(value = "newest of this many years", max = 10000) Optional<Integer> yearly) {}

  public record OverwriteForeign(
      @Key(value = "its label", text = TextRule.NAME) String label,
      @Key("last day of the permission") LocalDate until,
      @Key(value = "why", text = TextRule.SENTENCE) String reason) {}
}
