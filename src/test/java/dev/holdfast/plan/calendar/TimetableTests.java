package dev.holdfast.plan.calendar;

import static dev.holdfast.plan.calendar.Schedules.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.Schedule.DayLevel;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TimetableTests {

  static Stream<Arguments> startsNext() {
    return Stream.of(
        argumentSet(
            "auto starts every day at the given times",
            Schedules.auto("12:00", "22:30").in("UTC"),
            "2026-11-24T12:00:00Z",
            "2026-11-24T22:30:00Z AUTO every day",
            "2026-11-25T12:00:00Z AUTO every day"),
        argumentSet(
            "without times it starts with the windows of the day",
            Schedules.auto()
                .window("mon..fri", "22:00", "06:00")
                .window("sat,sun", "20:00", "10:00")
                .in("Europe/London"),
            "2026-11-27T12:00:00Z",
            "2026-11-27T22:00:00Z AUTO every day",
            "2026-11-28T20:00:00Z AUTO every day"),
        argumentSet(
            "without times and windows it starts at midnight of the zone",
            Schedules.auto().in("Asia/Tokyo"),
            "2026-11-24T12:00:00Z",
            "2026-11-24T15:00:00Z AUTO every day",
            "2026-11-25T15:00:00Z AUTO every day"),
        argumentSet(
            "the first rule that names a day decides its level",
            Schedules.calendar("01:00")
                .day("second sunday of month", DayLevel.FULL)
                .day("sunday", DayLevel.AUTO)
                .day("mon..sat", DayLevel.INCREMENTAL)
                .in("UTC"),
            "2026-11-07T12:00:00Z",
            "2026-11-08T01:00:00Z FULL second sunday of month",
            "2026-11-09T01:00:00Z INCREMENTAL mon..sat"),
        argumentSet(
            "a day that no rule names has no run, nor one of level none",
            Schedules.calendar("01:00")
                .day("tuesday", DayLevel.NONE)
                .day("mon..wed", DayLevel.FULL)
                .in("UTC"),
            "2026-11-23T02:00:00Z",
            "2026-11-25T01:00:00Z FULL mon..wed",
            "2026-11-30T01:00:00Z FULL mon..wed"),
        argumentSet(
            "a rule may have its own times",
            Schedules.calendar("22:00")
                .day("saturday", DayLevel.FULL, "14:00", "09:00")
                .day("every day", DayLevel.INCREMENTAL)
                .in("UTC"),
            "2026-11-27T22:00:00Z",
            "2026-11-28T09:00:00Z FULL saturday",
            "2026-11-28T14:00:00Z FULL saturday"),
        argumentSet(
            "a yearly rule comes once a year, and 29 February every fourth",
            Schedules.calendar("01:00").day("29 february", DayLevel.FULL).in("UTC"),
            "2026-11-24T00:00:00Z",
            "2028-02-29T01:00:00Z FULL 29 february",
            "2032-02-29T01:00:00Z FULL 29 february"),
        argumentSet(
            "a cron line says when, and days only the level",
            Schedules.cron("30 17 * * 1-5").day("friday", DayLevel.FULL).in("Europe/London"),
            "2026-11-26T12:00:00Z",
            "2026-11-26T17:30:00Z AUTO cron 30 17 * * 1-5",
            "2026-11-27T17:30:00Z FULL friday"),
        argumentSet(
            "nothing starts before the start date",
            Schedules.auto("01:00").startDate("2027-01-05").in("UTC"),
            "2026-11-24T00:00:00Z",
            "2027-01-05T01:00:00Z AUTO every day",
            "2027-01-06T01:00:00Z AUTO every day"),
        argumentSet(
            "nothing starts on the days of a blackout",
            Schedules.auto("01:00").blackout("2026-12-24", "2026-12-26").in("UTC"),
            "2026-12-23T00:00:00Z",
            "2026-12-23T01:00:00Z AUTO every day",
            "2026-12-27T01:00:00Z AUTO every day"),
        argumentSet(
            "a time that the clock skips starts at the first instant after the gap",
            Schedules.auto("01:30").in("Europe/London"),
            "2026-03-28T12:00:00Z",
            "2026-03-29T01:00:00Z AUTO every day",
            "2026-03-30T00:30:00Z AUTO every day"),
        argumentSet(
            "times that become one instant start once",
            Schedules.auto("02:10", "02:50", "03:00").in("Europe/Berlin"),
            "2026-03-29T00:00:00Z",
            "2026-03-29T01:00:00Z AUTO every day",
            "2026-03-30T00:10:00Z AUTO every day"),
        argumentSet(
            "a time that comes twice starts once, the first time",
            Schedules.auto("01:30").in("Europe/London"),
            "2026-10-24T12:00:00Z",
            "2026-10-25T00:30:00Z AUTO every day",
            "2026-10-26T01:30:00Z AUTO every day"),
        argumentSet(
            "a midnight that the clock skips starts at one o'clock",
            Schedules.auto("00:00").in("Asia/Beirut"),
            "2026-03-28T12:00:00Z",
            "2026-03-28T22:00:00Z AUTO every day",
            "2026-03-29T21:00:00Z AUTO every day"));
  }

  @ParameterizedTest
  @MethodSource
  void startsNext(Timetable timetable, String after, String first, String second) {
    assertThat(timetable.next(time(after), 2))
        .extracting(start -> start.at() + " " + start.level() + " " + start.by())
        .containsExactly(first, second);
  }

  @Test
  void manualNeverStarts() {
    var timetable = Schedules.manual().in("UTC");

    assertThat(timetable.next(time("2026-11-24T00:00:00Z"), 1)).isEmpty();
    assertThat(timetable.latest(time("2026-11-24T00:00:00Z"))).isEmpty();
  }

  @Test
  void aDateThatNeverComesEndsTheSearch() {
    var timetable = Schedules.cron("0 0 30 2 *").in("UTC");

    assertThat(timetable.next(time("2026-11-24T00:00:00Z"), 1)).isEmpty();
  }

  @Test
  void theSpreadOfASetIsTheSameForEver() {
    var schedule = Schedules.auto("22:00").spread(Duration.ofMinutes(20)).schedule();

    assertThat(Timetable.of(schedule, ZoneId.of("UTC"), new SetName("Demo")).offset())
        .isEqualTo(Timetable.of(schedule, ZoneId.of("Asia/Tokyo"), new SetName("dEMO")).offset())
        .isEqualTo(Duration.ofSeconds(DEMO_OFFSET));
  }

  /// A changed number would move the runs of everyone who has a spread.
  private static final long DEMO_OFFSET = 9 * 60 + 56;

  @Test
  void theSpreadUsesItsWholeLength() {
    var tenths =
        IntStream.range(0, 1000)
            .mapToLong(
                n -> Spread.offset(new SetName("set" + n), Duration.ofSeconds(1000)).toSeconds())
            .mapToObj(offset -> offset / 100)
            .toList();

    assertThat(List.copyOf(new TreeSet<>(tenths)))
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
  }

  @Test
  void aStartThatTheSpreadCarriesPastMidnightKeepsItsDay() {
    var timetable =
        Schedules.calendar("23:59")
            .day("friday", DayLevel.FULL)
            .spread(Duration.ofHours(11))
            .in("UTC");

    var start = timetable.next(time("2026-11-24T00:00:00Z"), 1).getFirst();
    assertThat(start.day()).hasToString("2026-11-27");
    assertThat(start.at()).isEqualTo(time("2026-11-27T23:59:00Z").plus(timetable.offset()));
    assertThat(timetable.latest(start.at())).contains(start);
    assertThat(timetable.latest(start.at().minusSeconds(1)))
        .hasValueSatisfying(earlier -> assertThat(earlier.day()).hasToString("2026-11-20"));
  }
}
