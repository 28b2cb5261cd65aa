package dev.holdfast.report;

import java.util.Locale;
import java.util.stream.Collectors;

/// A listing as a table for people.
final class ListingText {
  private final View view;

  ListingText(View view) {
    this.view = view;
  }

  String render(Listing listing) {
    if (listing.rows().isEmpty()) {
      return "no " + listing.name() + "\n";
    }
    var head =
        listing.rows().getFirst().fields().stream()
            .filter(Row.Field::inText)
            .map(ListingText::column)
            .toArray(String[]::new);
    var table = new TextTable(head);
    listing.rows().forEach(row -> table.row(cells(row)));
    return table.text("");
  }

  private String[] cells(Row row) {
    return row.fields().stream()
        .filter(Row.Field::inText)
        .map(field -> text(field.cell()))
        .toArray(String[]::new);
  }

  private static String column(Row.Field field) {
    var name = field.name().toUpperCase(Locale.ROOT);
    return isNumber(field.cell()) ? ">" + name : name;
  }

  private static boolean isNumber(Cell cell) {
    return cell instanceof Cell.Count || cell instanceof Cell.Bytes;
  }

  private String text(Cell cell) {
    return switch (cell) {
      case Cell.Text(var text) -> text;
      case Cell.Texts(var texts) ->
          texts.isEmpty()
              ? "-"
              : texts.stream().map(Printable::of).collect(Collectors.joining(", "));
      case Cell.Flag(var on) -> on ? "yes" : "no";
      case Cell.Count(var count) -> String.valueOf(count);
      case Cell.Bytes(var bytes) -> Figures.bytes(bytes);
      case Cell.At(var instant) -> Figures.time(instant, view.zone());
      case Cell.Path(var path) -> Printable.of(path);
      case Cell.Empty() -> "-";
    };
  }
}
