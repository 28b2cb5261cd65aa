package dev.holdfast.config;

import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Tape;
import java.util.HashMap;
import java.util.Map;

/// Rules between the sets that share a tape library: slots belong to one set, and nobody writes
/// with more drives than there are.
final class LibraryRules {
  private final Map<String, String> owners = new HashMap<>();
  private final Findings findings;

  LibraryRules(Findings findings) {
    this.findings = findings;
  }

  /// Checks one set against its library and the sets before it.
  void check(BackupSet set, Bound<BackupSetDocument> bound) {
    if (set.storage().spec() instanceof Tape tape) {
      checkDrives(set, tape, bound);
      checkSlots(set, bound);
    }
  }

  private void checkDrives(BackupSet set, Tape tape, Bound<BackupSetDocument> bound) {
    var named = set.where().drives();
    int drives = named.isEmpty() ? tape.drives().size() : named.size();
    if (set.how().mediaParallel() > drives) {
      findings.error(
          bound.placeOf("how", "mediaParallel"),
          "how.mediaParallel",
          set.how().mediaParallel()
              + " writers at once, and the set has "
              + drives
              + " of the drives",
          "lower how.mediaParallel, or name more drives in where.drives");
    }
  }

  private void checkSlots(BackupSet set, Bound<BackupSetDocument> bound) {
    for (var range : set.where().slots()) {
      var ends = range.split("-", 2);
      int last = Integer.parseInt(ends[ends.length - 1]);
      for (int slot = Integer.parseInt(ends[0]); slot <= last; slot++) {
        var other = owners.putIfAbsent(set.storage().name() + "/" + slot, set.name().value());
        if (other != null && !other.equals(set.name().value())) {
          findings.error(
              bound.placeOf("where", "slots"),
              "where.slots",
              "slot " + slot + " belongs to set " + other + " already",
              "give each set slots of its own");
          return;
        }
      }
    }
  }
}
