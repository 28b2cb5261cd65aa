package dev.holdfast.plan.calendar;

import static dev.holdfast.plan.calendar.Schedules.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.holdfast.model.declared.Schedule.DayLevel;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DuePolicyTests {
  private static final Optional<Duration> NO_LIMIT = Optional.empty();

  private static Schedules nightly() {
    return Schedules.auto().window("mon..sun", "22:00", "06:00");
  }

  private static Past ran(String start) {
    return new Past(Optional.of(time(start)), false);
  }

  private static Past unfinished(String start) {
    return new Past(Optional.of(time(start)), true);
  }

  static Stream<Arguments> decides() {
    return Stream.of(
        argumentSet(
            "a start that has come is due",
            nightly(),
            ran("2026-11-23T22:00:05Z"),
            "2026-11-24T22:00:00Z",
            "due AUTO: due since 2026-11-24T22:00Z[UTC]"),
        argumentSet(
            "a start that has run is not due again",
            nightly(),
            ran("2026-11-24T22:00:00Z"),
            "2026-11-24T23:00:00Z",
            "not due: last run began 2026-11-24T22:00Z[UTC]; next 2026-11-25T22:00:00Z"),
        argumentSet(
            "late in its window it is still on time",
            nightly().missed(false, NO_LIMIT),
            ran("2026-11-23T22:00:05Z"),
            "2026-11-25T05:00:00Z",
            "due AUTO: due since 2026-11-24T22:00Z[UTC]"),
        argumentSet(
            "outside a window nothing starts",
            nightly(),
            ran("2026-11-23T22:00:05Z"),
            "2026-11-25T12:00:00Z",
            "not due: no window is open; next 2026-11-25T22:00:00Z"),
        argumentSet(
            "a set that never ran is due",
            nightly(),
            Past.none(),
            "2026-11-24T23:00:00Z",
            "due AUTO: due since 2026-11-24T22:00Z[UTC]"),
        argumentSet(
            "before its start date nothing is due",
            nightly().startDate("2026-12-01"),
            Past.none(),
            "2026-11-24T23:00:00Z",
            "not due: no start has come yet; next 2026-12-01T22:00:00Z"),
        argumentSet(
            "a missed start is caught up, without a window at once",
            Schedules.auto("02:00"),
            ran("2026-11-22T02:00:00Z"),
            "2026-11-24T12:00:00Z",
            "due AUTO: the start at 2026-11-24T02:00Z[UTC] was missed"),
        argumentSet(
            "a missed start is not caught up when that is off",
            Schedules.auto("02:00").missed(false, NO_LIMIT),
            ran("2026-11-22T02:00:00Z"),
            "2026-11-24T12:00:00Z",
            "not due: the start at 2026-11-24T02:00Z[UTC] was missed, and missed.catchUp is false;"
                + " next 2026-11-25T02:00:00Z"),
        argumentSet(
            "a timer that fires within the hour is on time",
            Schedules.auto("02:00").missed(false, NO_LIMIT),
            ran("2026-11-22T02:00:00Z"),
            "2026-11-24T02:59:59Z",
            "due AUTO: due since 2026-11-24T02:00Z[UTC]"),
        argumentSet(
            "a missed start is caught up within the limit",
            Schedules.auto("02:00").missed(true, Optional.of(Duration.ofHours(10))),
            ran("2026-11-22T02:00:00Z"),
            "2026-11-24T12:00:00Z",
            "due AUTO: the start at 2026-11-24T02:00Z[UTC] was missed"),
        argumentSet(
            "and not after it",
            Schedules.auto("02:00").missed(true, Optional.of(Duration.ofHours(10))),
            ran("2026-11-22T02:00:00Z"),
            "2026-11-24T12:00:01Z",
            "not due: the start at 2026-11-24T02:00Z[UTC] was missed more than 10h ago;"
                + " next 2026-11-25T02:00:00Z"),
        argumentSet(
            "of several missed starts the newest counts, with its level",
            Schedules.calendar("02:00")
                .day("sunday", DayLevel.FULL)
                .day("mon..sat", DayLevel.INCREMENTAL),
            ran("2026-11-21T02:00:00Z"),
            "2026-11-24T12:00:00Z",
            "due INCREMENTAL: the start at 2026-11-24T02:00Z[UTC] was missed"),
        argumentSet(
            "a weekly full that was missed comes in the next window with its level",
            Schedules.calendar("23:00")
                .day("sunday", DayLevel.FULL)
                .window("mon..sun", "22:00", "06:00"),
            ran("2026-11-15T23:00:00Z"),
            "2026-11-23T22:00:00Z",
            "due FULL: the start at 2026-11-22T23:00Z[UTC] was missed"),
        argumentSet(
            "a start outside every window waits for the next",
            Schedules.auto("12:00").window("mon..sun", "22:00", "06:00"),
            ran("2026-11-23T22:00:00Z"),
            "2026-11-24T12:00:00Z",
            "not due: no window is open; next 2026-11-24T22:00:00Z"),
        argumentSet(
            "an unfinished run continues with the level that it was begun with",
            Schedules.calendar("23:00")
                .day("sunday", DayLevel.FULL)
                .window("mon..sun", "22:00", "06:00"),
            unfinished("2026-11-22T23:00:04Z"),
            "2026-11-23T22:00:00Z",
            "due FULL: the run begun for 2026-11-22T23:00Z[UTC] continues"),
        argumentSet(
            "but only in a window",
            Schedules.calendar("23:00")
                .day("sunday", DayLevel.FULL)
                .window("mon..sun", "22:00", "06:00"),
            unfinished("2026-11-22T23:00:04Z"),
            "2026-11-23T06:00:00Z",
            "not due: no window is open; next 2026-11-23T22:00:00Z"),
        argumentSet(
            "a blackout is no missed start",
            Schedules.auto("02:00").blackout("2026-12-24", "2026-12-26"),
            ran("2026-12-23T02:00:00Z"),
            "2026-12-27T00:00:00Z",
            "not due: last run began 2026-12-23T02:00Z[UTC]; next 2026-12-27T02:00:00Z"),
        argumentSet(
            "manual is never due",
            Schedules.manual(),
            Past.none(),
            "2026-11-24T12:00:00Z",
            "not due: no start has come yet; next never"));
  }

  @ParameterizedTest
  @MethodSource
  void decides(Schedules schedule, Past past, String now, String decision) {
    assertThat(text(new DuePolicy(schedule.in("UTC")).decide(past, time(now)))).isEqualTo(decision);
  }

  private static String text(DueDecision decision) {
    return switch (decision) {
      case DueDecision.Due(var start, var reason) -> "due " + start.level() + ": " + reason;
      case DueDecision.NotDue(var reason, var next) ->
          "not due: " + reason + "; next " + next.map(Object::toString).orElse("never");
    };
  }
}
