package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.CopyRow;
import dev.holdfast.catalog.ImageRow;
import dev.holdfast.catalog.ImageState;
import dev.holdfast.catalog.RunRow;
import dev.holdfast.catalog.VolumeRow;
import dev.holdfast.image.Manifest;
import dev.holdfast.image.Member;
import dev.holdfast.image.MemberPath;
import dev.holdfast.image.PointInTimeView;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Label;
import dev.holdfast.model.Problem;
import dev.holdfast.model.SourceKey;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.CopyTarget;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.Disk;
import dev.holdfast.model.declared.Source;
import dev.holdfast.model.declared.Storage;
import dev.holdfast.report.Printable;
import dev.holdfast.report.Row;
import dev.holdfast.report.RunReport;
import dev.holdfast.report.SourceReport;
import dev.holdfast.report.StatusReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Looks at what there is, and changes nothing: lists, trees at a point in time, status. Works
/// while a run of the set works.
public final class Look {
  private final Declarations declarations;
  private final BackupSet set;

  public Look(Declarations declarations, BackupSet set) {
    this.declarations = declarations;
    this.set = set;
  }

  /// Runs, newest first.
  public List<Row> runs() throws IOException, InterruptedException {
    try (var reader = SetReader.open(declarations, set)) {
      var images = reader.images();
      return reader.catalog().runs().list().stream()
          .<Row>map(
              run -> {
                var made = images.stream().filter(image -> image.run().equals(run.id())).toList();
                long stored =
                    made.stream()
                        .flatMap(image -> image.manifest().stream())
                        .mapToLong(manifest -> manifest.stream().storedBytes())
                        .sum();
                return new Row.RunRow(
                    run.id(),
                    set.name().value(),
                    run.startedAt(),
                    run.finishedAt(),
                    run.exit().isPresent() ? exit(run.exit().getAsInt()) : Optional.empty(),
                    made.size(),
                    stored);
              })
          .toList();
    }
  }

  /// Images that exist, newest first.
  public List<Row> images() throws IOException, InterruptedException {
    try (var reader = SetReader.open(declarations, set)) {
      var copies = reader.catalog().copies().stored();
      return reader.images().stream()
          .<Row>map(row -> image(row, copies.getOrDefault(row.planned().image(), List.of())))
          .toList();
    }
  }

  private static Row.ImageRow image(ImageRow row, List<CopyRow> copies) {
    var manifest = row.manifest().orElseThrow();
    return new Row.ImageRow(
        manifest.image(),
        manifest.source(),
        manifest.level(),
        row.createdAt(),
        row.state().name(),
        manifest.stream().rawBytes(),
        manifest.stream().storedBytes(),
        manifest.warnings().total(),
        row.state() == ImageState.COPIED ? List.of() : Writing.labels(manifest),
        copies.stream().map(CopyRow::storage).toList());
  }

  /// Volumes that the catalog knows, on every storage.
  public List<Row> volumes() throws IOException, InterruptedException {
    try (var reader = SetReader.open(declarations, set)) {
      var manifests = manifests(reader);
      return reader.catalog().inventory().volumes().stream()
          .<Row>map(volume -> volume(volume, manifests))
          .toList();
    }
  }

  private Row.VolumeRow volume(VolumeRow volume, List<Manifest> manifests) {
    var on =
        manifests.stream()
            .filter(manifest -> Writing.labels(manifest).contains(volume.label()))
            .toList();
    return new Row.VolumeRow(
        volume.label(),
        volume.storage(),
        set.name().value(),
        on.stream().mapToLong(manifest -> bytesOn(manifest, volume.label())).sum(),
        capacity(volume.storage()),
        on.size());
  }

  /// Of the set's own storage and of the copies.
  private static List<Manifest> manifests(SetReader reader) {
    var own =
        reader.images().stream()
            .filter(row -> row.state() != ImageState.COPIED)
            .flatMap(row -> row.manifest().stream());
    var copied =
        reader.catalog().copies().stored().values().stream()
            .flatMap(List::stream)
            .flatMap(copy -> copy.manifest().stream());
    return Stream.concat(own, copied).toList();
  }

  /// One directory of a source at a time, or one file; without a path what the source's own paths
  /// hold.
  public List<Row> ls(SourceName source, Optional<String> path, Optional<Instant> at)
      throws IOException, InterruptedException {
    return rows(source, path, at, path.isPresent() ? Look::level : Look::rootLevels);
  }

  /// Everything at and below a path of a source at a time.
  public List<Row> tree(SourceName source, Optional<String> path, Optional<Instant> at)
      throws IOException, InterruptedException {
    return rows(source, path, at, entries -> entries);
  }

  private List<Row> rows(
      SourceName source,
      Optional<String> path,
      Optional<Instant> at,
      UnaryOperator<List<PointInTimeView.Entry>> choice)
      throws IOException, InterruptedException {
    try (var reader = SetReader.open(declarations, set)) {
      var point = reader.at(reader.newest(source, at));
      var root = path.map(typed -> TypedPath.in(point.view(), typed)).orElse(MemberPath.ROOT);
      var entries = point.view().entries(root);
      if (entries.isEmpty()) {
        throw new HoldfastException(
            ExitCode.NOT_FOUND,
            new Problem(
                "source " + set.name() + "/" + source,
                "has no '" + path.orElse("/") + "' at that time",
                "'holdfast find' looks for a name"));
      }
      return choice.apply(entries).stream().<Row>map(entry -> row(source, point, entry)).toList();
    }
  }

  /// What lies directly in the directory that comes first; that entry itself when it is none.
  private static List<PointInTimeView.Entry> level(List<PointInTimeView.Entry> entries) {
    var top = entries.getFirst();
    if (top.member().type() != Member.Type.DIRECTORY) {
      return List.of(top);
    }
    return entries.stream()
        .skip(1)
        .filter(entry -> entry.path().parent().equals(top.path()))
        .toList();
  }

  /// The same for each topmost entry: a source may have several paths, and what stands above them
  /// is not in the image.
  private static List<PointInTimeView.Entry> rootLevels(List<PointInTimeView.Entry> entries) {
    var shown = new ArrayList<PointInTimeView.Entry>();
    for (int from = 0; from < entries.size(); ) {
      var root = entries.get(from).path();
      int to = from;
      while (to < entries.size() && root.contains(entries.get(to).path())) {
        to++;
      }
      shown.addAll(level(entries.subList(from, to)));
      from = to;
    }
    return shown;
  }

  /// Live paths of every source of the set whose name or path matches a glob. The glob is read as
  /// lists show names, and as it stands.
  public List<Row> find(String glob, Optional<Instant> at)
      throws IOException, InterruptedException {
    var patterns =
        Stream.concat(
                Printable.parse(glob).stream(), Stream.of(glob.getBytes(StandardCharsets.UTF_8)))
            .map(Look::pattern)
            .toList();
    var found = new ArrayList<Row>();
    try (var reader = SetReader.open(declarations, set)) {
      var sources = reader.images().stream().map(row -> row.planned().source().source()).distinct();
      for (var source : sources.toList()) {
        var point = reader.at(reader.newest(source, at));
        point.view().entries(MemberPath.ROOT).stream()
            .filter(entry -> matches(patterns, glob, entry.path()))
            .forEach(entry -> found.add(row(source, point, entry)));
      }
    }
    return found;
  }

  /// How the set stands.
  ///
  /// @param now by which copies are late or not
  public StatusReport.SetStatus status(Instant now) throws IOException, InterruptedException {
    var names = set.sources().stream().map(Source::name).toList();
    if (!Catalog.exists(SetState.of(declarations.state(), set.name()).catalog())) {
      return new StatusReport.SetStatus(
          set.name(),
          Optional.empty(),
          Optional.empty(),
          RunReport.Waiting.NOTHING,
          List.of(),
          List.of(),
          names.stream()
              .map(
                  name ->
                      new StatusReport.SourceStatus(
                          name, Optional.empty(), List.of(), Optional.empty(), Optional.empty()))
              .toList(),
          StatusReport.Outlook.staged(Optional.empty()));
    }
    try (var reader = SetReader.open(declarations, set)) {
      return status(reader, names, now);
    }
  }

  private StatusReport.SetStatus status(SetReader reader, List<SourceName> names, Instant now)
      throws IOException {
    var runs = reader.catalog().runs().list();
    var running =
        reader.catalog().isServed()
            ? runs.stream().filter(run -> run.exit().isEmpty()).findFirst()
            : Optional.<RunRow>empty();
    var last = runs.stream().filter(run -> run.exit().isPresent()).findFirst();
    long waiting = reader.images().stream().filter(ImageRow::waits).count();
    long bytes =
        reader.sources().staging().isPresent()
            ? reader.sources().staging().get().figures().staged()
            : 0;
    return new StatusReport.SetStatus(
        set.name(),
        running.map(run -> new StatusReport.Running(run.id(), run.startedAt(), "at work")),
        last.flatMap(
            run ->
                exit(run.exit().getAsInt())
                    .map(
                        exit ->
                            new StatusReport.LastRun(
                                run.id(), run.finishedAt().orElse(run.startedAt()), exit))),
        new RunReport.Waiting(waiting, bytes),
        CopyReports.standing(reader.catalog(), set, reader.images(), now),
        new KnownDamage(reader).list(),
        names.stream().map(name -> source(reader, name)).toList(),
        StatusReport.Outlook.staged(
            reader.images().stream()
                .filter(ImageRow::waits)
                .map(ImageRow::createdAt)
                .min(Instant::compareTo)));
  }

  private StatusReport.SourceStatus source(SetReader reader, SourceName name) {
    var newest = reader.catalog().images().of(name).stream().filter(ImageRow::exists).findFirst();
    var problem =
        reader
            .catalog()
            .runs()
            .newestResult(name)
            .filter(result -> !result.problem().isEmpty())
            .map(
                result ->
                    new StatusReport.LastProblem(
                        SourceReport.Verdict.valueOf(result.outcome()), result.problem()));
    return new StatusReport.SourceStatus(
        name,
        newest.map(
            row ->
                new StatusReport.LastGood(
                    row.planned().image(),
                    row.planned().level(),
                    row.createdAt(),
                    Reports.place(row))),
        newestCopies(reader, name),
        problem,
        Optional.empty());
  }

  private List<StatusReport.LastCopy> newestCopies(SetReader reader, SourceName name) {
    var stored = reader.catalog().copies().stored();
    var newestFirst = reader.catalog().images().of(name).stream().filter(ImageRow::exists).toList();
    return set.copies().stream()
        .map(CopyTarget::storage)
        .flatMap(
            storage ->
                newestFirst.stream()
                    .filter(
                        row -> isOn(storage, stored.getOrDefault(row.planned().image(), List.of())))
                    .limit(1)
                    .map(
                        row ->
                            new StatusReport.LastCopy(
                                storage.name(),
                                storage.site(),
                                row.planned().image(),
                                row.createdAt())))
        .toList();
  }

  private static boolean isOn(Storage storage, List<CopyRow> copies) {
    return copies.stream().anyMatch(copy -> copy.storage().equals(storage.name()));
  }

  private Row row(SourceName source, SetReader.PointInTime point, PointInTimeView.Entry entry) {
    var member = entry.member();
    return new Row.MemberRow(
        new SourceKey(set.name(), source),
        point.image(entry.image()),
        member.type().code(),
        member.mode(),
        member.uid(),
        member.gid(),
        member.size(),
        Instant.ofEpochSecond(member.mtimeSeconds(), member.mtimeNanos()),
        entry.path(),
        member.link());
  }

  private long capacity(String storage) {
    return Optional.ofNullable(declarations.storages().get(storage))
        .flatMap(found -> found.spec() instanceof Disk disk ? disk.volumeSize() : Optional.empty())
        .map(ByteSize::bytes)
        .orElse(0L);
  }

  /// Payload of an image's files on one volume.
  static long bytesOn(Manifest manifest, Label label) {
    return manifest.files().stream()
        .filter(entry -> entry.place().filter(place -> place.volume().equals(label)).isPresent())
        .mapToLong(entry -> entry.file().length())
        .sum();
  }

  private static Optional<ExitCode> exit(int code) {
    return Arrays.stream(ExitCode.values()).filter(exit -> exit.code() == code).findFirst();
  }

  private static boolean matches(List<Pattern> patterns, String glob, MemberPath path) {
    var subject = glob.contains("/") ? "/" + path.latin1() : path.name().latin1();
    return patterns.stream().anyMatch(pattern -> pattern.matcher(subject).matches());
  }

  /// `*` and `?` as in a shell, over bytes; everything else is meant as it stands.
  private static Pattern pattern(byte[] glob) {
    var regex = new StringBuilder();
    for (byte raw : glob) {
      char c = (char) (raw & 0xff);
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
