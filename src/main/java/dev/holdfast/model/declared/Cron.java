package dev.holdfast.model.declared;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/// A line of five fields: minute, hour, day of month, month, day of week (0 and 7 are Sunday).
/// A field is `*`, a number, a name as `mon` or `jan`, a range `a-b`, a step `*/n` or `a-b/n`, or
/// several of these with commas. When both day fields are limited, a day of either counts, as in
/// Vixie cron.
public record Cron(
    String text, Field minutes, Field hours, Field monthDays, Field months, Field weekdays) {
  private static final int FIELDS = 5;
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> WEEKDAYS =
      List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

  /// The values of a field.
  ///
  /// @param limited false when it was written with a star
  public record Field(boolean limited, NavigableSet<Integer> values) {
    boolean has(int value) {
      return values.contains(value);
    }
  }

  /// What became of reading a line.
  public sealed interface Reading {
    record Read(Cron cron) implements Reading {}

    /// It is no such line.
    ///
    /// @param fact which field is wrong
    record Refused(String fact, String hint) implements Reading {}
  }

  public static Reading read(String line) {
    var words = line.strip().split("\\s+", -1);
    if (words.length != FIELDS) {
      return new Reading.Refused(
          "a cron line has five fields, not " + words.length,
          "minute, hour, day of month, month, day of week: '30 17 * * 1-5'");
    }
    try {
      return new Reading.Read(
          new Cron(
              line,
              new Part("minute", 0, 59, List.of(), 0).field(words[0]),
              new Part("hour", 0, 23, List.of(), 0).field(words[1]),
              new Part("day of month", 1, 31, List.of(), 0).field(words[2]),
              new Part("month", 1, 12, MONTHS, 1).field(words[3]),
              sundayOnce(new Part("day of week", 0, 7, WEEKDAYS, 0).field(words[4]))));
    } catch (Wrong wrong) {
      return new Reading.Refused(wrong.fact, wrong.hint);
    }
  }

  public boolean includes(LocalDate day) {
    if (!months.has(day.getMonthValue())) {
      return false;
    }
    boolean byMonth = monthDays.has(day.getDayOfMonth());
    boolean byWeek = weekdays.has(day.getDayOfWeek().getValue() % 7);
    boolean either = monthDays.limited() && weekdays.limited();
    return either ? (byMonth || byWeek) : (byMonth && byWeek);
  }

  /// The times of each day that it includes, in order.
  public List<LocalTime> times() {
    var times = new ArrayList<LocalTime>();
    for (int hour : hours.values()) {
      minutes.values().forEach(minute -> times.add(LocalTime.of(hour, minute)));
    }
    return times;
  }

  private static Field sundayOnce(Field field) {
    var values = new TreeSet<Integer>();
    field.values().forEach(day -> values.add(day % 7));
    return new Field(field.limited(), values);
  }

  /// Never leaves this class.
  private static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String fact;
    private final String hint;

    private Wrong(String fact, String hint) {
      super(fact);
      this.fact = fact;
      this.hint = hint;
    }
  }

  /// How one field is read.
  ///
  /// @param names of its values, the first one for `named`
  private record Part(String what, int min, int max, List<String> names, int named) {
    private static final String HINT =
        "write *, numbers, ranges as 1-5, steps as */15, lists with commas";

    Field field(String text) {
      var values = new TreeSet<Integer>();
      for (var item : text.split(",", -1)) {
        add(item, values);
      }
      return new Field(!text.startsWith("*"), values);
    }

    private void add(String item, NavigableSet<Integer> values) {
      var halves = item.split("/", -1);
      int step = halves.length == 2 ? step(halves[1], item) : 1;
      var ends = halves[0].equals("*") ? List.of(min, max) : range(halves[0], item);
      if (halves.length > 2 || (halves.length == 2 && ends.size() == 1)) {
        throw wrong(item, "a step belongs to * or to a range, as */15 or 10-50/10");
      }
      if (ends.getLast() < ends.getFirst()) {
        throw wrong(item, "the range runs backwards; write two, with a comma");
      }
      for (int value = ends.getFirst(); value <= ends.getLast(); value += step) {
        values.add(value);
      }
    }

    private List<Integer> range(String text, String item) {
      var ends = text.split("-", -1);
      if (ends.length > 2) {
        throw wrong(item, HINT);
      }
      var list = new ArrayList<Integer>();
      for (var end : ends) {
        list.add(value(end, item));
      }
      return list;
    }

    private int value(String text, String item) {
      int name = names.indexOf(text.toLowerCase(Locale.ROOT));
      if (name >= 0) {
        return name + named;
      }
      return number(text)
          .filter(number -> number >= min && number <= max)
          .orElseThrow(() -> wrong(item, hint(text)));
    }

    private String hint(String text) {
      return text.toUpperCase(Locale.ROOT).matches("L|LW|[0-9]{1,2}[LW]")
          ? "L and W are not of these five fields; write mode calendar with 'last day of month' or"
              + " 'last friday of month'"
          : "it is a number "
              + min
              + ".."
              + max
              + (names.isEmpty() ? "" : " or a name as " + names.getFirst());
    }

    private int step(String text, String item) {
      return number(text)
          .filter(step -> step >= 1 && step <= max)
          .orElseThrow(() -> wrong(item, "a step is a number from 1 to " + max));
    }

    private static Optional<Integer> number(String text) {
      return text.matches("[0-9]{1,2}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    private Wrong wrong(String item, String hint) {
      return new Wrong("the " + what + " of the cron line is '" + item + "'", hint);
    }
  }
}
