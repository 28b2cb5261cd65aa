package dev.holdfast.report;

/// What a further storage lacks, for people.
final class CopyText {
  private CopyText() {}

  /// `; 2 images are still to be copied, the oldest of ..., 1 LATE`; empty when it lacks nothing.
  static String pending(CopyReport copy, View view) {
    if (copy.pending() == 0) {
      return "";
    }
    var since = copy.since().map(at -> ", the oldest of " + Figures.time(at, view.zone()));
    var late = copy.late() == 0 ? "" : ", " + copy.late() + " LATE";
    return "; %s still to be copied%s%s"
        .formatted(Figures.count(copy.pending(), "image"), since.orElse(""), late);
  }
}
