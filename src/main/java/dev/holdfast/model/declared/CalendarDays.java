package dev.holdfast.model.declared;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Days of a calendar, written as `every day`, `mon..sat`, `sunday`, `second sunday of month`,
/// `day 1..7 of month`, `last day of month`, `24 december`, or several of these with commas.
///
/// @param text as it was written
public record CalendarDays(String text, List<DayTerm> terms) {
  private static final String WEEKDAY =
      "(?:[Mm]on(?:day)?|[Tt]ue(?:sday)?|[Ww]ed(?:nesday)?|[Tt]hu(?:rsday)?|[Ff]ri(?:day)?"
          + "|[Ss]at(?:urday)?|[Ss]un(?:day)?)";
  private static final String MONTH =
      "(?:[Jj]anuary|[Ff]ebruary|[Mm]arch|[Aa]pril|[Mm]ay|[Jj]une|[Jj]uly|[Aa]ugust"
          + "|[Ss]eptember|[Oo]ctober|[Nn]ovember|[Dd]ecember)";
  private static final String OF = "(?: of (month|" + MONTH + "))?";
  private static final String NUMBER = "(0?[1-9]|[12][0-9]|3[01])";
  private static final String SPAN = "(" + WEEKDAY + ")(?:\\.\\.(" + WEEKDAY + "))?";
  private static final String IN_MONTH =
      "([Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Ll]ast) (" + WEEKDAY + ")" + OF;
  private static final String MONTH_DAYS = "[Dd]ay " + NUMBER + "(?:\\.\\." + NUMBER + ")?" + OF;
  private static final String LAST_DAY = "[Ll]ast day" + OF;
  private static final String DATE = NUMBER + " (" + MONTH + ")";
  private static final String TERM =
      Stream.of("[Ee]very day", SPAN, IN_MONTH, MONTH_DAYS, LAST_DAY, DATE)
          .map(form -> form.replaceAll("\\((?!\\?)", "(?:"))
          .reduce((one, other) -> one + "|" + other)
          .orElseThrow();

  /// The form of the whole text, in the part of the syntax that Java and ECMA-262 share.
  public static final String PATTERN = "(?:" + TERM + ")(?:, ?(?:" + TERM + "))*";

  private static final Pattern WHOLE = Pattern.compile(PATTERN);

  public CalendarDays {
    terms = List.copyOf(terms);
  }

  public boolean includes(LocalDate day) {
    return terms.stream().anyMatch(term -> term.includes(day));
  }

  /// Empty when the text has another form or a span runs backwards.
  public static Optional<CalendarDays> parse(String text) {
    if (!WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    var parts = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    var terms = parts.stream().flatMap(part -> term(part).stream()).toList();
    return terms.size() == parts.size()
        ? Optional.of(new CalendarDays(text, terms))
        : Optional.empty();
  }

  private static Optional<DayTerm> term(String part) {
    if (part.equalsIgnoreCase("every day")) {
      return Optional.of(new DayTerm.EveryDay());
    }
    return match(SPAN, part)
        .flatMap(CalendarDays::span)
        .or(() -> match(IN_MONTH, part).map(CalendarDays::inMonth))
        .or(() -> match(MONTH_DAYS, part).flatMap(CalendarDays::monthDays))
        .or(() -> match(LAST_DAY, part).map(found -> new DayTerm.LastDay(month(found, 1))))
        .or(() -> match(DATE, part).map(CalendarDays::date));
  }

  private static Optional<MatchResult> match(String form, String part) {
    var matcher = Pattern.compile(form).matcher(part);
    return matcher.matches() ? Optional.of(matcher.toMatchResult()) : Optional.empty();
  }

  private static Optional<DayTerm> span(MatchResult found) {
    var first = weekday(found.group(1));
    var last = group(found, 2).map(CalendarDays::weekday).orElse(first);
    return last.compareTo(first) < 0
        ? Optional.empty()
        : Optional.of(new DayTerm.Weekdays(EnumSet.range(first, last)));
  }

  private static DayTerm inMonth(MatchResult found) {
    return new DayTerm.InMonth(
        DayTerm.Ordinal.valueOf(found.group(1).toUpperCase(Locale.ROOT)),
        weekday(found.group(2)),
        month(found, 3));
  }

  private static Optional<DayTerm> monthDays(MatchResult found) {
    int first = Integer.parseInt(found.group(1));
    int last = group(found, 2).map(Integer::parseInt).orElse(first);
    return last < first
        ? Optional.empty()
        : Optional.of(new DayTerm.MonthDays(first, last, month(found, 3)));
  }

  private static DayTerm date(MatchResult found) {
    int day = Integer.parseInt(found.group(1));
    return new DayTerm.MonthDays(day, day, month(found, 2));
  }

  private static DayOfWeek weekday(String name) {
    var start = name.substring(0, 3).toUpperCase(Locale.ROOT);
    return Arrays.stream(DayOfWeek.values())
        .filter(day -> day.name().startsWith(start))
        .findFirst()
        .orElseThrow();
  }

  private static Optional<Month> month(MatchResult found, int group) {
    return group(found, group)
        .filter(name -> !name.equals("month"))
        .map(name -> Month.valueOf(name.toUpperCase(Locale.ROOT)));
  }

  private static Optional<String> group(MatchResult found, int group) {
    return Optional.ofNullable(found.group(group));
  }
}
