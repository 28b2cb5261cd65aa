package dev.holdfast.config;

import dev.holdfast.model.SetName;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Drill;
import dev.holdfast.model.declared.Job;
import dev.holdfast.model.declared.Project;
import dev.holdfast.model.declared.Schedule;
import dev.holdfast.model.declared.Source;
import dev.holdfast.model.declared.Storage;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Turns bound documents into the objects of the model, and every name into what it names.
final class Linker {
  private final Documents documents;
  private final Bindings bindings;
  private final Folders folders;
  private final Findings findings;

  Linker(Documents documents, Bindings bindings, Folders folders, Findings findings) {
    this.documents = documents;
    this.bindings = bindings;
    this.folders = folders;
    this.findings = findings;
  }

  /// Everything that sets refer to.
  Linked parts(Project project) {
    var keys = project.settings().keys().keySet();
    var sourceLinker = new SourceLinker(folders, keys, findings);
    var storageLinker = new StorageLinker(folders, new S3Rules(project, findings), findings);
    var sources = new LinkedHashMap<String, Source>();
    bindings
        .all(Kind.SOURCE, SourceDocument.class)
        .forEach(
            bound -> sourceLinker.link(bound).ifPresent(one -> sources.put(bound.name(), one)));
    var storages = new LinkedHashMap<String, Storage>();
    bindings
        .all(Kind.STORAGE, StorageDocument.class)
        .forEach(
            bound -> storageLinker.link(bound).ifPresent(one -> storages.put(bound.name(), one)));
    return new Linked(project, sources, storages, schedules());
  }

  /// The sets, in the order they were read.
  Map<SetName, BackupSet> sets(Linked linked) {
    var setLinker = new SetLinker(documents, bindings, folders, findings);
    var rules = new SetRules(findings, new S3Rules(linked.project(), findings));
    var sets = new LinkedHashMap<SetName, BackupSet>();
    for (var bound : bindings.all(Kind.BACKUP_SET, BackupSetDocument.class)) {
      var set = setLinker.link(bound, linked);
      set.ifPresent(one -> rules.check(one, bound));
      set.ifPresent(one -> sets.put(one.name(), one));
    }
    return sets;
  }

  /// The sources, by name, in the order they were read.
  static Map<SourceName, Source> byName(List<Source> sources) {
    var named = new LinkedHashMap<SourceName, Source>();
    sources.forEach(source -> named.put(source.name(), source));
    return named;
  }

  private Map<String, Schedule> schedules() {
    var linker = new ScheduleLinker(findings);
    var schedules = new LinkedHashMap<String, Schedule>();
    bindings
        .all(Kind.SCHEDULE, ScheduleDocument.class)
        .forEach(bound -> schedules.put(bound.name(), linker.link(bound)));
    return schedules;
  }

  Map<String, Job> jobs() {
    var jobs = new LinkedHashMap<String, Job>();
    for (var bound : bindings.all(Kind.JOB, JobDocument.class)) {
      var sets = new LinkedHashSet<SetName>();
      for (var name : bound.body().sets()) {
        documents
            .find(name, bound.placeOf("sets"), "sets", Kind.BACKUP_SET)
            .map(document -> new SetName(document.name()))
            .ifPresent(sets::add);
      }
      checkTrigger(bound, bound.body().conduct().trigger());
      jobs.put(
          bound.name(),
          new Job(
              bound.name(),
              bound.body().header().about(bound.document().place()),
              List.copyOf(sets),
              bound.body().conduct(),
              Unavailable.inJob(bound)));
    }
    return jobs;
  }

  Map<String, Drill> drills() {
    var drills = new LinkedHashMap<String, Drill>();
    for (var bound : bindings.all(Kind.DRILL, DrillDocument.class)) {
      var drill = bound.body().rehearsal();
      checkTrigger(bound, drill.trigger());
      drill.source().ifPresent(name -> find(bound, name, "source", Kind.SOURCE));
      drill.set().ifPresent(name -> find(bound, name, "set", Kind.BACKUP_SET));
      drill
          .pick()
          .flatMap(Drill.Pick::from)
          .ifPresent(name -> find(bound, name, "pick", Kind.STORAGE));
      if (drill.source().isPresent() == drill.set().isPresent()) {
        findings.error(
            bound.document().place(),
            "source",
            "drill " + bound.name() + " needs either a source or a set",
            "name exactly one");
      }
      var about = bound.body().header().about(bound.document().place());
      drills.put(bound.name(), new Drill(bound.name(), about, drill));
    }
    return drills;
  }

  private void checkTrigger(Bound<?> bound, Optional<Job.Trigger> trigger) {
    trigger
        .flatMap(Job.Trigger::schedule)
        .ifPresent(
            name ->
                documents.find(
                    name, bound.placeOf("trigger", "schedule"), "trigger.schedule", Kind.SCHEDULE));
  }

  private void find(Bound<?> bound, String name, String key, Kind kind) {
    documents.find(name, bound.placeOf(key), key, kind);
  }
}
