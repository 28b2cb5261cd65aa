package dev.holdfast.model.declared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          30 17 * * *         | 17:30
          0,15 1 * * *        | 01:00 01:15
          */20 3 * * *        | 03:00 03:20 03:40
          10-50/20 3 * * *    | 03:10 03:30 03:50
          5 8-10 * * *        | 08:05 09:05 10:05
          5 */8 * * *         | 00:05 08:05 16:05
          0 6-8,22 * * *      | 06:00 07:00 08:00 22:00
          59 23 * * *         | 23:59
          """)
  void startsAtTheseTimes(String line, String times) {
    assertThat(
            read(line).times().stream().map(LocalTime::toString).collect(Collectors.joining(" ")))
        .isEqualTo(times);
  }

  /// 2026-02-01 is a Sunday.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 0 * * *           | 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28
          0 0 * * 0           | 1 8 15 22
          0 0 * * 7           | 1 8 15 22
          0 0 * * SUN         | 1 8 15 22
          0 0 * * mon-wed     | 2 3 4 9 10 11 16 17 18 23 24 25
          0 0 * * 5-7         | 1 6 7 8 13 14 15 20 21 22 27 28
          0 0 13 * *          | 13
          0 0 1-7 * *         | 1 2 3 4 5 6 7
          0 0 31 * *          | ''
          0 0 * 3 *           | ''
          0 0 5 feb *         | 5
          0 0 5 Jan,FEB *     | 5
          0 0 13 * fri        | 6 13 20 27
          0 0 10,20 * 1       | 2 9 10 16 20 23
          0 0 */10 * 1        | ''
          0 0 */5 * 1         | 16
          """)
  void includesTheseDaysOfFebruary2026(String line, String days) {
    var cron = read(line);

    var included =
        LocalDate.of(2026, 2, 1)
            .datesUntil(LocalDate.of(2026, 3, 1))
            .filter(cron::includes)
            .map(day -> String.valueOf(day.getDayOfMonth()))
            .collect(Collectors.joining(" "));
    assertThat(included).isEqualTo(days);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 0 L * *      | the day of month of the cron line is 'L'     | L and W are not of these five fields; write mode calendar with 'last day of month' or 'last friday of month'
          0 0 15W * *    | the day of month of the cron line is '15W'   | L and W are not of these five fields; write mode calendar with 'last day of month' or 'last friday of month'
          0 0 * * 5L     | the day of week of the cron line is '5L'     | L and W are not of these five fields; write mode calendar with 'last day of month' or 'last friday of month'
          60 0 * * *     | the minute of the cron line is '60'          | it is a number 0..59
          0 24 * * *     | the hour of the cron line is '24'            | it is a number 0..23
          0 0 0 * *      | the day of month of the cron line is '0'     | it is a number 1..31
          0 0 * 13 *     | the month of the cron line is '13'           | it is a number 1..12 or a name as jan
          0 0 * * 8      | the day of week of the cron line is '8'      | it is a number 0..7 or a name as sun
          0 0 * * fri-mon | the day of week of the cron line is 'fri-mon' | the range runs backwards; write two, with a comma
          5/10 0 * * *   | the minute of the cron line is '5/10'        | a step belongs to * or to a range, as */15 or 10-50/10
          */0 0 * * *    | the minute of the cron line is '*/0'         | a step is a number from 1 to 59
          1-2-3 0 * * *  | the minute of the cron line is '1-2-3'       | write *, numbers, ranges as 1-5, steps as */15, lists with commas
          1,,2 0 * * *   | the minute of the cron line is ''            | it is a number 0..59
          0 0 * *        | a cron line has five fields, not 4           | minute, hour, day of month, month, day of week: '30 17 * * 1-5'
          0 0 0 * * *    | a cron line has five fields, not 6           | minute, hour, day of month, month, day of week: '30 17 * * 1-5'
          @daily         | a cron line has five fields, not 1           | minute, hour, day of month, month, day of week: '30 17 * * 1-5'
          """)
  void whatItIsNotIsSaidByField(String line, String fact, String hint) {
    assertThat(Cron.read(line)).isEqualTo(new Cron.Reading.Refused(fact, hint));
  }

  private static Cron read(String line) {
    if (Cron.read(line) instanceof Cron.Reading.Read(var cron)) {
      return cron;
    }
    throw new AssertionError(Cron.read(line));
  }
}
