package dev.holdfast.config;

import dev.holdfast.model.declared.Key;
import dev.holdfast.model.declared.Project;
import dev.holdfast.model.declared.TextRule;
import java.util.Optional;

/// The document of kind Project, as written.
record ProjectDocument(
    @Flat Header header,
    @Key(value = "the state directory, when nobody else names one", text = TextRule.PLACED_PATH)
        Optional<String> state,
    @Key("values that every document of a kind starts from") Defaults defaults,
    @Flat Project.Settings settings) {

  /// Some keys of each kind.
  record Defaults(
      @Key(value = "for every BackupSet", name = "BackupSet") @PartOf(Kind.BACKUP_SET)
          Value backupSet,
      @Key(value = "for every Source", name = "Source") @PartOf(Kind.SOURCE) Value source,
      @Key(value = "for every Storage", name = "Storage") @PartOf(Kind.STORAGE) Value storage,
      @Key(value = "for every Staging", name = "Staging") @PartOf(Kind.STAGING) Value staging,
      @Key(value = "for every Schedule", name = "Schedule") @PartOf(Kind.SCHEDULE) Value schedule,
      @Key(value = "for every Job", name = "Job") @PartOf(Kind.JOB) Value job,
      @Key(value = "for every Drill", name = "Drill") @PartOf(Kind.DRILL) Value drill) {}
}
