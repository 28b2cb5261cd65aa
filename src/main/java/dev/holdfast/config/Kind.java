package dev.holdfast.config;

import java.util.Arrays;
import java.util.Optional;

/// The kinds of documents, and the folder each belongs into.
public enum Kind {
  BACKUP_SET("BackupSet", "backupsets"),
  SOURCE("Source", "backupsets"),
  SOURCE_GROUP("SourceGroup", "backupsets"),
  STORAGE("Storage", "storage"),
  STAGING("Staging", "storage"),
  SCHEDULE("Schedule", "schedules"),
  JOB("Job", "jobs"),
  DRILL("Drill", "jobs"),
  PROJECT("Project", "jobs");

  private final String spelling;
  private final String folder;

  Kind(String spelling, String folder) {
    this.spelling = spelling;
    this.folder = folder;
  }

  /// As `kind:` spells it.
  public String spelling() {
    return spelling;
  }

  public String folder() {
    return folder;
  }

  /// Exact spelling only; empty otherwise.
  public static Optional<Kind> of(String spelling) {
    return Arrays.stream(values()).filter(kind -> kind.spelling.equals(spelling)).findFirst();
  }
}
