package dev.holdfast.config;

import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.CopyTarget;
import dev.holdfast.model.declared.Disk;
import dev.holdfast.model.declared.Place;
import dev.holdfast.model.declared.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Rules for the copies of a set: volumes that can be told from all others, folders that do not lie
/// in each other, and a stay that is long enough to be of use.
final class CopyRules {
  private final Map<String, String> templates;
  private final Findings findings;

  /// @param templates `storage/stem` -> the set that names its volumes so; shared with the rules of
  ///     the sets' own storages
  CopyRules(Map<String, String> templates, Findings findings) {
    this.templates = templates;
    this.findings = findings;
  }

  void check(BackupSet set, Bound<BackupSetDocument> bound) {
    var stems = new HashMap<String, String>();
    stems.put(stem(set, set.media().labelTemplate()), set.storage().name());
    var earlier = new ArrayList<Storage>(List.of(set.storage()));
    for (var copy : set.copies()) {
      var place = place(copy, bound);
      checkLabels(set, copy, place, stems);
      earlier.forEach(other -> checkFolders(other, copy.storage(), place));
      earlier.add(copy.storage());
      checkArchived(copy, place);
      checkStay(set, copy, place);
    }
  }

  /// A template with the set's name in it, the same for all that give the same labels.
  static String stem(BackupSet set, String template) {
    return template
        .replace("${set}", set.name().value())
        .replaceAll("\\$\\{n:[1-9]\\}", "\\${n}")
        .toLowerCase(Locale.ROOT);
  }

  /// The line of the copy.
  static Place place(CopyTarget copy, Bound<BackupSetDocument> bound) {
    var declared = bound.body().copies();
    for (int i = 0; i < declared.size(); i++) {
      if (declared.get(i).to().equals(copy.storage().name())) {
        return CopyLinker.place(bound, i);
      }
    }
    return bound.placeOf("copies");
  }

  /// The catalog knows a volume by its label alone.
  private void checkLabels(BackupSet set, CopyTarget copy, Place place, Map<String, String> stems) {
    var stem = stem(set, copy.labelTemplate());
    var twin = stems.putIfAbsent(stem, copy.storage().name());
    if (twin != null) {
      findings.error(
          place,
          "copies.labelTemplate",
          "storages '"
              + twin
              + "' and '"
              + copy.storage().name()
              + "' would have volumes of the same labels",
          "put ${storage} into the template of the copy");
    }
    if (stem.length() > SetRules.LONGEST_LABEL) {
      findings.error(
          place,
          "copies.labelTemplate",
          "labels of copies would have more than " + SetRules.LONGEST_LABEL + " characters",
          "write copies[].labelTemplate without ${set} or ${storage}, whichever is long");
    }
    var other = templates.putIfAbsent(copy.storage().name() + "/" + stem, set.name().value());
    if (other != null && !other.equals(set.name().value())) {
      findings.error(
          place,
          "copies.labelTemplate",
          "sets " + other + " and " + set.name() + " would give volumes the same labels",
          "put ${set} into the template");
    }
  }

  private void checkFolders(Storage other, Storage storage, Place place) {
    var own = folder(storage);
    var earlier = folder(other);
    if (own.isPresent() && earlier.isPresent() && SetRules.overlap(own.get(), earlier.get())) {
      findings.error(
          place,
          "copies",
          "storages '%s' at %s and '%s' at %s lie in each other"
              .formatted(storage.name(), own.get(), other.name(), earlier.get()),
          "give each a folder of its own, better a disk of its own");
    }
  }

  private void checkArchived(CopyTarget copy, Place place) {
    if (copy.storage().archived()) {
      findings.error(
          place,
          "copies",
          "storage '" + copy.storage().name() + "' is archived, nothing is written to it",
          "take the copy out; what is there can be restored all the same");
    }
  }

  private void checkStay(BackupSet set, CopyTarget copy, Place place) {
    copy.terms()
        .retentionDays()
        .filter(days -> days < set.media().cycleDays())
        .ifPresent(
            days ->
                findings.warning(
                    place,
                    "copies.retentionDays",
                    "copies stay %d days, and a full comes every %d"
                        .formatted(days, set.media().cycleDays()),
                    "keep them at least one cycle, better two"));
  }

  private static Optional<Path> folder(Storage storage) {
    return storage.spec() instanceof Disk disk ? Optional.of(disk.path()) : Optional.empty();
  }
}
