package dev.holdfast.model.declared;

import java.time.DayOfWeek;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Days of the week, written `mon..fri`, `sat,sun`, or both kinds together.
public record Days(Set<DayOfWeek> days) {
  private static final List<String> NAMES =
      List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

  public Days {
    days = Collections.unmodifiableSet(EnumSet.copyOf(days));
  }

  /// Empty when a name is unknown or a span runs backwards.
  public static Optional<Days> parse(String text) {
    var days = EnumSet.noneOf(DayOfWeek.class);
    for (var span : text.toLowerCase(Locale.ROOT).split(",", -1)) {
      var ends = span.strip().split("\\.\\.", -1);
      int first = NAMES.indexOf(ends[0]);
      int last = NAMES.indexOf(ends[ends.length - 1]);
      if (ends.length > 2 || first < 0 || last < first) {
        return Optional.empty();
      }
      days.addAll(EnumSet.range(DayOfWeek.of(first + 1), DayOfWeek.of(last + 1)));
    }
    return Optional.of(new Days(days));
  }
}
