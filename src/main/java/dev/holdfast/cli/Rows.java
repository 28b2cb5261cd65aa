package dev.holdfast.cli;

import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.Filesystem;
import dev.holdfast.model.declared.Source;
import dev.holdfast.report.Row;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/// Makes rows for people of what is declared.
final class Rows {
  private final Declarations declared;
  private final LocalDate today;

  Rows(Declarations declared, LocalDate today) {
    this.declared = declared;
    this.today = today;
  }

  List<Row> sets() {
    return declared.sets().values().stream().map(this::row).toList();
  }

  /// The sources of these sets, of all when none is named.
  List<Row> sources(List<String> sets) {
    var selection = new Selection(declared);
    var wanted =
        sets.stream().flatMap(name -> selection.set(name).sources().stream()).distinct().toList();
    return (sets.isEmpty() ? declared.sources().values() : wanted).stream().map(this::row).toList();
  }

  private Row row(BackupSet set) {
    return new Row.SetRow(
        set.name().value(),
        set.storage().name(),
        set.when().schedule().orElse(""),
        !set.when().isPausedOn(today),
        set.sources().stream().map(source -> source.name().value()).toList());
  }

  private Row row(Source source) {
    var sets =
        declared.sets().values().stream()
            .filter(set -> set.source(source.name()).isPresent())
            .map(set -> set.name().value())
            .toList();
    return new Row.SourceRow(
        source.name().value(), kind(source), source.host(), paths(source), sets);
  }

  private static String kind(Source source) {
    return source.spec().getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static List<String> paths(Source source) {
    return source.spec() instanceof Filesystem files ? files.paths() : List.of();
  }
}
