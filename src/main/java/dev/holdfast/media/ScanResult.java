package dev.holdfast.media;

import dev.holdfast.model.Label;
import java.util.List;

/// Which volume to write, with a reason for each one that was passed over.
public sealed interface ScanResult {

  List<Skipped> skipped();

  /// Append to this volume.
  record Use(VolumeLabel label, List<Skipped> skipped) implements ScanResult {
    public Use {
      skipped = List.copyOf(skipped);
    }
  }

  /// Label a new volume with this name.
  ///
  /// @param sequence its number among the set's volumes in this storage
  record LabelNew(Label name, long sequence, List<Skipped> skipped) implements ScanResult {
    public LabelNew {
      skipped = List.copyOf(skipped);
    }
  }

  /// Nothing can be written; `why` is about the storage as a whole.
  record None(String why, List<Skipped> skipped) implements ScanResult {
    public None {
      skipped = List.copyOf(skipped);
    }
  }

  /// A place that cannot be used, and why, for people.
  record Skipped(String place, String reason) {
    @Override
    public String toString() {
      return place + " " + reason;
    }
  }
}
