package dev.holdfast.config;

import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.CopyTarget;
import dev.holdfast.model.declared.Disk;
import dev.holdfast.model.declared.Filesystem;
import dev.holdfast.model.declared.Place;
import dev.holdfast.model.declared.Source;
import dev.holdfast.model.declared.Staging;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Rules that hold inside a linked set and between sets: folders that must not lie in each other,
/// volumes that must not get the same name, numbers that must fit together.
final class SetRules {
  static final int LONGEST_LABEL = 240;

  private final Map<String, String> templates = new HashMap<>();
  private final Map<Path, String> stagings = new HashMap<>();
  private final LibraryRules libraries;
  private final S3Rules s3Rules;
  private final CopyRules copies;
  private final Findings findings;

  SetRules(Findings findings, S3Rules s3Rules) {
    this.s3Rules = s3Rules;
    this.libraries = new LibraryRules(findings);
    this.copies = new CopyRules(templates, findings);
    this.findings = findings;
  }

  /// Checks one set against itself and against those before it.
  void check(BackupSet set, Bound<BackupSetDocument> bound) {
    checkFolders(set, bound);
    checkTemplate(set, bound);
    copies.check(set, bound);
    checkRetention(set, bound);
    checkParallel(set, bound);
    libraries.check(set, bound);
    checkPause(set, bound);
    checkStartVolume(set, bound);
    s3Rules.checkTransfer(set, bound.placeOf("where", "transfer"));
    s3Rules.checkLock(
        set, set.storage(), set.media().retentionDays(), bound.placeOf("where", "storage"));
    for (var copy : set.copies()) {
      int days = copy.terms().retentionDays().orElse(set.media().retentionDays());
      s3Rules.checkLock(set, copy.storage(), days, CopyRules.place(copy, bound));
    }
  }

  private void checkPause(BackupSet set, Bound<BackupSetDocument> bound) {
    if (set.when().active() && set.when().until().isPresent()) {
      findings.error(
          bound.placeOf("when", "until"),
          "when.until",
          "when.until ends a pause, and set " + set.name() + " is not paused",
          "write 'active: false' beside it, or remove it");
    }
  }

  private void checkFolders(BackupSet set, Bound<BackupSetDocument> bound) {
    var media =
        set.storage().spec() instanceof Disk disk
            ? Optional.of(disk.path())
            : Optional.<Path>empty();
    var waiting = set.staging().map(Staging::path);
    var place = bound.placeOf("where", "storage");
    for (var source : set.sources()) {
      media.ifPresent(
          path -> checkOutside(source, path, "storage '" + set.storage().name() + "'", place));
      set.copies().stream()
          .map(CopyTarget::storage)
          .filter(storage -> storage.spec() instanceof Disk)
          .forEach(
              storage ->
                  checkOutside(
                      source,
                      ((Disk) storage.spec()).path(),
                      "storage '" + storage.name() + "'",
                      bound.placeOf("copies")));
      waiting.ifPresent(
          path -> checkOutside(source, path, "the staging of set " + set.name(), place));
    }
    if (media.isPresent() && waiting.isPresent() && overlap(media.get(), waiting.get())) {
      findings.error(
          bound.document().place(),
          "staging",
          "staging " + waiting.get() + " and storage " + media.get() + " lie in each other",
          "give each a folder of its own");
    }
    waiting.ifPresent(path -> checkOwn(path, set, bound));
  }

  private void checkOwn(Path staging, BackupSet set, Bound<BackupSetDocument> bound) {
    var other = stagings.putIfAbsent(staging, set.name().value());
    if (other != null) {
      findings.error(
          bound.placeOf("staging", "use", "ref"),
          "staging.use.ref",
          "sets " + other + " and " + set.name() + " would share the staging folder " + staging,
          "put ${set} into the path of the Staging");
    }
  }

  static boolean overlap(Path one, Path other) {
    return Folders.isInside(one, other) || Folders.isInside(other, one);
  }

  private void checkOutside(Source source, Path folder, String what, Place place) {
    if (source.isLocal() && source.spec() instanceof Filesystem files) {
      files.paths().stream()
          .filter(path -> Folders.isInside(folder, Path.of(path)))
          .filter(_ -> !isExcluded(folder, files.exclude()))
          .findFirst()
          .ifPresent(
              path ->
                  findings.error(
                      place,
                      "where.storage",
                      what
                          + " at "
                          + folder
                          + " lies inside "
                          + path
                          + " of source "
                          + source.name(),
                      "it would back up its own backups: move it, or exclude '" + folder + "'"));
    }
  }

  private static boolean isExcluded(Path folder, List<String> patterns) {
    return patterns.stream().anyMatch(pattern -> new Exclusion(pattern).covers(folder.toString()));
  }

  /// Two sets on one storage must not name their volumes alike, whatever the case.
  private void checkTemplate(BackupSet set, Bound<BackupSetDocument> bound) {
    var stem = CopyRules.stem(set, set.media().labelTemplate());
    if (stem.length() > LONGEST_LABEL) {
      findings.error(
          bound.placeOf("media", "labelTemplate"),
          "media.labelTemplate",
          "labels would have more than " + LONGEST_LABEL + " characters",
          "write a shorter template, without ${set} if its name is long");
    }
    var other = templates.putIfAbsent(set.storage().name() + "/" + stem, set.name().value());
    if (other != null) {
      findings.error(
          bound.placeOf("media", "labelTemplate"),
          "media.labelTemplate",
          "sets " + other + " and " + set.name() + " would give volumes the same labels",
          "put ${set} into the template");
    }
  }

  private void checkRetention(BackupSet set, Bound<BackupSetDocument> bound) {
    var media = set.media();
    var place = bound.placeOf("media", "retentionDays");
    if (media.retentionDays() < media.cycleDays()) {
      findings.error(
          place,
          "media.retentionDays",
          "images stay "
              + media.retentionDays()
              + " days, and a full comes every "
              + media.cycleDays(),
          "keep them at least one cycle, better two");
    } else if (media.retentionDays() < 2 * media.cycleDays()) {
      findings.warning(
          place,
          "media.retentionDays",
          "images stay "
              + media.retentionDays()
              + " days, less than two cycles of "
              + media.cycleDays(),
          "with two cycles one damaged full is not the end");
    }
  }

  private void checkParallel(BackupSet set, Bound<BackupSetDocument> bound) {
    int dumpers = set.how().serverParallel();
    if (set.how().ports().map(SetRules::size).filter(ports -> ports < dumpers).isPresent()) {
      findings.error(
          bound.placeOf("how", "ports"),
          "how.ports",
          "fewer ports than the " + dumpers + " dumps at once of how.serverParallel",
          "widen the range");
    }
    if (set.how().backupOrder().length() > dumpers && !isBuiltIn(bound, "backupOrder")) {
      findings.warning(
          bound.placeOf("how", "backupOrder"),
          "how.backupOrder",
          set.how().backupOrder().length() + " letters for " + dumpers + " dumps at once",
          "one letter for each of how.serverParallel; the rest is not used");
    }
  }

  private void checkStartVolume(BackupSet set, Bound<BackupSetDocument> bound) {
    var start = set.how().startVolume();
    if (start.scheduled() < Math.max(start.dumped(), start.atEnd())) {
      findings.error(
          bound.placeOf("how", "startVolume"),
          "how.startVolume",
          "scheduled is "
              + start.scheduled()
              + ", less than dumped "
              + start.dumped()
              + " or atEnd "
              + start.atEnd(),
          "scheduled counts staged images and those to come: make it the largest of the three");
    }
  }

  private static int size(String range) {
    var ends = range.split("-", 2);
    return Integer.parseInt(ends[1]) - Integer.parseInt(ends[0]) + 1;
  }

  private static boolean isBuiltIn(Bound<BackupSetDocument> bound, String key) {
    return Checker.scalarAt(bound.values(), "how", key)
        .filter(text -> text.origin().isBuiltIn())
        .isPresent();
  }
}
