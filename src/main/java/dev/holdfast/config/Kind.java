package dev.holdfast.config;

import java.util.Arrays;
import java.util.Optional;

/// The kinds of documents, and the folder each belongs into.
public enum Kind {
  BACKUP_SET("BackupSet", "backupsets", BackupSetDocument.class),
  SOURCE("Source", "backupsets", SourceDocument.class),
  SOURCE_GROUP("SourceGroup", "backupsets", SourceGroupDocument.class),
  STORAGE("Storage", "storage", StorageDocument.class),
  STAGING("Staging", "storage", StagingDocument.class),
  SCHEDULE("Schedule", "schedules", ScheduleDocument.class),
  JOB("Job", "jobs", JobDocument.class),
  DRILL("Drill", "jobs", DrillDocument.class),
  PROJECT("Project", "jobs", ProjectDocument.class);

  private final String spelling;
  private final String folder;
  private final Class<?> document;

  Kind(String spelling, String folder, Class<?> document) {
    this.spelling = spelling;
    this.folder = folder;
    this.document = document;
  }

  /// As `kind:` spells it.
  public String spelling() {
    return spelling;
  }

  public String folder() {
    return folder;
  }

  Class<?> document() {
    return document;
  }

  /// Exact spelling only; empty otherwise.
  public static Optional<Kind> of(String spelling) {
    return Arrays.stream(values()).filter(kind -> kind.spelling.equals(spelling)).findFirst();
  }
}
