package dev.holdfast.report;

import dev.holdfast.image.MemberPath;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.Level;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SourceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One line of a listing.
public sealed interface Row
    permits Row.SetRow,
        Row.SourceRow,
        Row.RunRow,
        Row.ImageRow,
        Row.VolumeRow,
        Row.MemberRow,
        Row.PlanRow,
        Row.ReasonRow,
        Row.OrderRow,
        CalendarRow,
        StockRow,
        StorageReport.Line {

  /// Its values under their names, the same names in the same order for every row of a kind.
  List<Field> fields();

  /// A value and its name: the JSON key, and the column's head in capitals.
  ///
  /// @param inText false: of interest to machines only, and in the way of people
  record Field(String name, Cell cell, boolean inText) {}

  /// A declared backup set.
  record SetRow(String set, String storage, String schedule, boolean active, List<String> sources)
      implements Row {
    @Override
    public List<Field> fields() {
      return new Fields()
          .text("set", set)
          .text("storage", storage)
          .text("schedule", schedule)
          .add("active", new Cell.Flag(active))
          .texts("sources", sources)
          .list();
    }
  }

  /// A declared source.
  record SourceRow(String source, String type, String host, List<String> paths, List<String> sets)
      implements Row {
    @Override
    public List<Field> fields() {
      return new Fields()
          .text("source", source)
          .text("type", type)
          .text("host", host)
          .texts("paths", paths)
          .texts("sets", sets)
          .list();
    }
  }

  /// A run of the past, or the one under way.
  ///
  /// @param exit empty while it has not ended
  record RunRow(
      RunId run,
      String set,
      Instant startedAt,
      Optional<Instant> finishedAt,
      Optional<ExitCode> exit,
      long images,
      long storedBytes)
      implements Row {
    @Override
    public List<Field> fields() {
      return new Fields()
          .text("run", run.value())
          .text("set", set)
          .add("started", new Cell.At(startedAt))
          .add("finished", finishedAt.<Cell>map(Cell.At::new).orElseGet(Cell.Empty::new))
          .add("outcome", exit.<Cell>map(e -> new Cell.Text(e.name())).orElseGet(Cell.Empty::new))
          .add("images", new Cell.Count(images))
          .add("stored", new Cell.Bytes(storedBytes))
          .list();
    }
  }

  /// An image that exists.
  ///
  /// @param state where it stands, as STAGED, WRITING, STORED, or COPIED when only copies are left
  /// @param copies further storages that hold it whole
  record ImageRow(
      ImageId image,
      SourceKey source,
      Level level,
      Instant at,
      String state,
      long rawBytes,
      long storedBytes,
      long warnings,
      List<Label> volumes,
      List<String> copies)
      implements Row {
    public ImageRow {
      volumes = List.copyOf(volumes);
      copies = List.copyOf(copies);
    }

    @Override
    public List<Field> fields() {
      return new Fields()
          .text("image", image.value())
          .text("source", source.toString())
          .add("level", new Cell.Count(level.value()))
          .add("at", new Cell.At(at))
          .text("state", state)
          .add("raw", new Cell.Bytes(rawBytes))
          .add("stored", new Cell.Bytes(storedBytes))
          .add("warnings", new Cell.Count(warnings))
          .texts("volumes", volumes.stream().map(Label::value).toList())
          .texts("copies", copies)
          .list();
    }
  }

  /// A volume that the catalog knows.
  ///
  /// @param set that writes on it
  /// @param usedBytes payload of the images' files
  /// @param capacityBytes 0 when it has no limit of its own
  record VolumeRow(
      Label label, String storage, String set, long usedBytes, long capacityBytes, long images)
      implements Row {
    @Override
    public List<Field> fields() {
      return new Fields()
          .text("volume", label.value())
          .text("storage", storage)
          .text("set", set)
          .add("images", new Cell.Count(images))
          .add("used", new Cell.Bytes(usedBytes))
          .add("capacity", new Cell.Bytes(capacityBytes))
          .list();
    }
  }

  /// A file, directory or the like as it was at a point in time, for `ls` and `find`.
  ///
  /// @param kind `f` file, `d` directory, `l` symbolic link, `h` hard link, `p` `c` `b` as usual
  /// @param link where a link points
  record MemberRow(
      SourceKey source,
      ImageId image,
      char kind,
      int mode,
      long uid,
      long gid,
      long size,
      Instant modifiedAt,
      MemberPath path,
      Optional<MemberPath> link)
      implements Row {
    @Override
    public List<Field> fields() {
      return new Fields()
          .text("source", source.toString())
          .hidden("image", new Cell.Text(image.value()))
          .text("kind", String.valueOf(kind))
          .text("mode", "%04o".formatted(mode & 07777))
          .add("uid", new Cell.Count(uid))
          .add("gid", new Cell.Count(gid))
          .add("size", new Cell.Count(size))
          .add("modified", new Cell.At(modifiedAt))
          .add("path", new Cell.Path(absolute(path)))
          .add("link", link.<Cell>map(this::target).orElseGet(Cell.Empty::new))
          .list();
    }

    /// A hard link names another member, a symbolic one holds whatever text it was given.
    private Cell target(MemberPath link) {
      return new Cell.Path(kind == 'h' ? absolute(link) : link);
    }

    private static MemberPath absolute(MemberPath member) {
      return new MemberPath("/" + member.latin1());
    }
  }

  /// A dump that a run would make, or a source that it would leave out.
  ///
  /// @param planned empty for a source left out
  record PlanRow(SourceKey source, Optional<Planned> planned, String why) implements Row {

    /// What it would be.
    ///
    /// @param order from 1
    /// @param method how the size is known: `client`, `history` or `usage`, an upper bound
    public record Planned(
        int order, Level level, String route, long raw, long stored, String method) {}

    @Override
    public List<Field> fields() {
      return new Fields()
          .add("order", cell(plan -> new Cell.Count(plan.order())))
          .text("source", source.toString())
          .add("level", cell(plan -> new Cell.Count(plan.level().value())))
          .hidden("raw", cell(plan -> new Cell.Bytes(plan.raw())))
          .add("estimate", cell(plan -> new Cell.Bytes(plan.stored())))
          .add("by", cell(plan -> new Cell.Text(plan.method())))
          .add("route", cell(plan -> new Cell.Text(plan.route())))
          .text("why", why)
          .list();
    }

    private Cell cell(java.util.function.Function<Planned, Cell> value) {
      return planned.map(value).orElseGet(Cell.Empty::new);
    }
  }

  /// Something that a run decided, and why.
  ///
  /// @param numbers what it was decided by
  record ReasonRow(
      String subject,
      String run,
      Instant at,
      String kind,
      String decision,
      String reason,
      Map<String, Long> numbers)
      implements Row {
    public ReasonRow {
      numbers = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(numbers));
    }

    @Override
    public List<Field> fields() {
      return new Fields()
          .text("subject", subject)
          .add("at", new Cell.At(at))
          .hidden("run", new Cell.Text(run))
          .text("kind", kind)
          .text("decision", decision)
          .text("reason", reason)
          .hidden(
              "numbers",
              new Cell.Texts(
                  numbers.entrySet().stream()
                      .map(number -> number.getKey() + "=" + number.getValue())
                      .toList()))
          .list();
    }
  }

  /// What the next dump of a source must be.
  ///
  /// @param ordered empty = nothing special
  record OrderRow(SourceKey source, String ordered) implements Row {
    @Override
    public List<Field> fields() {
      return new Fields().text("source", source.toString()).text("next", ordered).list();
    }
  }

  /// Collects the fields of a row.
  final class Fields {
    private final List<Field> list = new ArrayList<>();

    Fields add(String name, Cell cell) {
      list.add(new Field(name, cell, true));
      return this;
    }

    Fields hidden(String name, Cell cell) {
      list.add(new Field(name, cell, false));
      return this;
    }

    Fields text(String name, String text) {
      return add(name, text.isEmpty() ? new Cell.Empty() : new Cell.Text(text));
    }

    Fields texts(String name, List<String> texts) {
      return add(name, new Cell.Texts(texts));
    }

    List<Field> list() {
      return List.copyOf(list);
    }
  }
}
