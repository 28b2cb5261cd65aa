package dev.holdfast.model.declared;

/// When a run begins a volume, in percent of a volume's capacity; 0 = at once. Over 100 keeps
/// recent images in staging, where they are restored fastest.
public record StartVolume(
    @Key(
            value = "staged images needed to begin a volume, percent of one",
            initially = "0",
            max = 1000)
        int dumped,
    @Key(
            value = "the same with what is still to be dumped; not below dumped",
            initially = "0",
            max = 1000)
        int scheduled,
    @Key(
            value =
                "staged images needed at the end of a run; less stays staged, not above scheduled",
            initially = "0",
            max = 1000)
        int atEnd) {

  /// Volumes are begun as soon as there is something to write.
  public static StartVolume atOnce() {
    return new StartVolume(0, 0, 0);
  }
}
