package dev.holdfast.config;

import dev.holdfast.model.ByteSize;
import dev.holdfast.model.Problem;
import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Schedule;
import dev.holdfast.model.declared.Source;
import dev.holdfast.model.declared.Staging;
import dev.holdfast.model.declared.StagingUse;
import dev.holdfast.model.declared.Storage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Makes a BackupSet of its document: every name becomes the object it names.
final class SetLinker {
  private static final ByteSize DEFAULT_RESERVED = new ByteSize(256L << 20);
  private static final String OWN_PATH = "${state}/staging/${set}";

  private final Documents documents;
  private final Bindings bindings;
  private final Folders folders;
  private final Findings findings;

  SetLinker(Documents documents, Bindings bindings, Folders folders, Findings findings) {
    this.documents = documents;
    this.bindings = bindings;
    this.folders = folders;
    this.findings = findings;
  }

  /// Empty when something is wrong; the findings say what, all of it.
  Optional<BackupSet> link(Bound<BackupSetDocument> bound, Linked linked) {
    int before = findings.errors();
    var body = bound.body();
    var sources = sources(bound, linked.sources());
    var storage = storage(bound, linked.storages());
    var schedule = schedule(bound, linked.schedules());
    var copies = new CopyLinker(documents, findings).link(bound, linked.storages());
    var staging = staging(bound);
    if (storage.isEmpty() || sources.isEmpty() || findings.errors() > before) {
      return Optional.empty();
    }
    return Optional.of(
        new BackupSet(
            new SetName(bound.name()),
            body.header().about(bound.document().place()),
            body.runsOn(),
            sources,
            storage.get(),
            body.where(),
            staging,
            body.staging(),
            body.how(),
            body.when(),
            schedule,
            body.media(),
            copies,
            body.verify(),
            body.notices(),
            unavailable(bound, sources, linked),
            Canonical.digest(behind(bound, sources))));
  }

  private List<Source> sources(Bound<BackupSetDocument> bound, Map<String, Source> linked) {
    var what = bound.body().what();
    Set<String> names = new LinkedHashSet<>();
    for (var reference : references(bound)) {
      for (var name : named(reference)) {
        if (!names.add(name)) {
          findings.warning(
              reference.place(),
              "what.sources",
              "source '" + name + "' is named twice",
              "name it once; it is dumped once");
        }
      }
    }
    if (what.select().filter(select -> select.labels().isEmpty()).isPresent()) {
      findings.error(
          bound.placeOf("what", "select"),
          "what.select",
          "what.select names no label, and would choose every source",
          "write the labels that the sources have, as labels: { class: server }");
    } else {
      what.select().ifPresent(select -> names.addAll(selected(select.labels(), linked)));
    }
    if (what.sources().isEmpty() && names.isEmpty()) {
      findings.error(
          bound.placeOf("what"),
          "what",
          "backup set " + bound.name() + " chooses no source",
          "name Sources in what.sources, or labels that some Source has in what.select");
    }
    return names.stream().map(linked::get).flatMap(Stream::ofNullable).toList();
  }

  private static List<Value.Text> references(Bound<BackupSetDocument> bound) {
    var found = bound.values().get("what");
    var list =
        found.isPresent() && found.get() instanceof Value.Fields what
            ? what.get("sources")
            : Optional.<Value>empty();
    return list.isPresent() && list.get() instanceof Value.Items(var items, _)
        ? items.stream().filter(Value.Text.class::isInstance).map(Value.Text.class::cast).toList()
        : List.of();
  }

  private List<String> named(Value.Text reference) {
    var found =
        documents.find(
            reference.text(), reference.place(), "what.sources", Kind.SOURCE, Kind.SOURCE_GROUP);
    return found
        .map(
            document ->
                document.kind() == Kind.SOURCE
                    ? List.of(document.name())
                    : bindings.membersOf(document.name()))
        .orElse(List.of());
  }

  private List<String> selected(Map<String, String> labels, Map<String, Source> linked) {
    var chosen =
        bindings.all(Kind.SOURCE, SourceDocument.class).stream()
            .filter(
                source -> source.body().header().labels().entrySet().containsAll(labels.entrySet()))
            .filter(source -> linked.containsKey(source.name()))
            .toList();
    chosen.forEach(source -> documents.markUsed(source.document()));
    var names = chosen.stream().map(Bound::name).toList();
    bindings.all(Kind.SOURCE_GROUP, SourceGroupDocument.class).stream()
        .filter(group -> bindings.membersOf(group.name()).stream().anyMatch(names::contains))
        .forEach(group -> documents.markUsed(group.document()));
    return names;
  }

  private Optional<Storage> storage(Bound<BackupSetDocument> bound, Map<String, Storage> linked) {
    var name = bound.body().where().storage();
    return documents
        .find(name, bound.placeOf("where", "storage"), "where.storage", Kind.STORAGE)
        .flatMap(found -> Optional.ofNullable(linked.get(found.name())));
  }

  private Optional<Schedule> schedule(
      Bound<BackupSetDocument> bound, Map<String, Schedule> linked) {
    return bound
        .body()
        .when()
        .schedule()
        .flatMap(
            name ->
                documents.find(
                    name, bound.placeOf("when", "schedule"), "when.schedule", Kind.SCHEDULE))
        .flatMap(found -> Optional.ofNullable(linked.get(found.name())));
  }

  private Optional<Staging> staging(Bound<BackupSetDocument> bound) {
    var use = bound.body().staging().use();
    var declared =
        use.ref()
            .flatMap(
                name ->
                    documents.find(
                        name,
                        bound.placeOf("staging", "use", "ref"),
                        "staging.use.ref",
                        Kind.STAGING))
            .flatMap(found -> bindings.get(Kind.STAGING, found.name(), StagingDocument.class));
    if (use.mode() == StagingUse.Mode.NEVER || (use.ref().isPresent() && declared.isEmpty())) {
      return Optional.empty();
    }
    var quota = bound.body().staging().quota();
    var own = folders.with("set", bound.name());
    if (declared.isEmpty()) {
      return own.resolve(OWN_PATH, bound.document().place(), "staging")
          .map(path -> new Staging(bound.name(), path, Optional.empty(), quota, DEFAULT_RESERVED));
    }
    var staging = declared.get();
    return own.resolve(staging.body().path(), staging.placeOf("path"), "path")
        .map(
            path ->
                new Staging(
                    staging.name(),
                    path,
                    staging.body().sizeLimit(),
                    quota,
                    staging.body().reserved()));
  }

  private List<Problem> unavailable(
      Bound<BackupSetDocument> bound, List<Source> sources, Linked linked) {
    var problems = new ArrayList<>(linked.project().unavailable());
    problems.addAll(Unavailable.in(bound));
    storageOf(bound).ifPresent(storage -> problems.addAll(Unavailable.inStorage(storage)));
    CopyLinker.storagesOf(bound, bindings)
        .forEach(storage -> problems.addAll(Unavailable.inStorage(storage)));
    stagingOf(bound).ifPresent(staging -> problems.addAll(Unavailable.in(staging)));
    sourcesOf(sources).forEach(source -> problems.addAll(Unavailable.inSource(source)));
    return problems.stream().distinct().toList();
  }

  private List<Value.Fields> behind(Bound<BackupSetDocument> bound, List<Source> sources) {
    return Stream.<Stream<? extends Bound<?>>>of(
            Stream.of(bound),
            storageOf(bound).stream(),
            CopyLinker.storagesOf(bound, bindings).stream(),
            stagingOf(bound).stream(),
            sourcesOf(sources).stream())
        .flatMap(stream -> stream)
        .<Value.Fields>map(Bound::values)
        .toList();
  }

  private Optional<Bound<StorageDocument>> storageOf(Bound<BackupSetDocument> bound) {
    return bindings.get(Kind.STORAGE, bound.body().where().storage(), StorageDocument.class);
  }

  private Optional<Bound<StagingDocument>> stagingOf(Bound<BackupSetDocument> bound) {
    return bound
        .body()
        .staging()
        .use()
        .ref()
        .flatMap(name -> bindings.get(Kind.STAGING, name, StagingDocument.class));
  }

  private List<Bound<SourceDocument>> sourcesOf(List<Source> sources) {
    return sources.stream()
        .flatMap(
            source ->
                bindings.get(Kind.SOURCE, source.name().value(), SourceDocument.class).stream())
        .toList();
  }
}
