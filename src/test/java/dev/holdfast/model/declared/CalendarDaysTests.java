package dev.holdfast.model.declared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarDaysTests {

  /// May 2026 begins with a Friday and has five Fridays, Saturdays and Sundays.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sunday                        | 3 10 17 24 31
          Sun                           | 3 10 17 24 31
          sat,sun                       | 2 3 9 10 16 17 23 24 30 31
          mon..tuesday                  | 4 5 11 12 18 19 25 26
          first friday of month         | 1
          second Sunday                 | 10
          third sunday of may           | 17
          fourth friday                 | 22
          fifth sunday of month         | 31
          fifth monday of month         | ''
          last friday of month          | 29
          last monday                   | 25
          second sunday of june         | ''
          first mon, last mon           | 4 25
          day 1 of month                | 1
          day 15..17                    | 15 16 17
          day 31 of may                 | 31
          day 31 of december            | ''
          last day of month             | 31
          last day of june              | ''
          24 december                   | ''
          9 may, 10 May                 | 9 10
          """)
  void namesTheseDaysOfMay2026(String text, String days) {
    assertThat(days(text, LocalDate.of(2026, 5, 1))).isEqualTo(days);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          last day of month      | 28
          29 february            | ''
          day 28..31             | 28
          last saturday          | 28
          every day              | 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28
          """)
  void namesTheseDaysOfAShortFebruary(String text, String days) {
    assertThat(days(text, LocalDate.of(2026, 2, 1))).isEqualTo(days);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sundays",
        "fri..mon",
        "mon..fri..sat",
        "sixth sunday of month",
        "last of month",
        "day 0",
        "day 32",
        "day 7..1",
        "32 december",
        "24 dec",
        "mon,",
        "mon;tue",
        "second sunday of",
        "every sunday",
        "MON"
      })
  void isNotAForm(String text) {
    assertThat(CalendarDays.parse(text)).isEmpty();
  }

  private static String days(String text, LocalDate first) {
    var days = CalendarDays.parse(text).orElseThrow();
    return first
        .datesUntil(first.plusMonths(1))
        .filter(days::includes)
        .map(day -> String.valueOf(day.getDayOfMonth()))
        .collect(Collectors.joining(" "));
  }
}
