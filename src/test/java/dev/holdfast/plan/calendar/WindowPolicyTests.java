package dev.holdfast.plan.calendar;

import static dev.holdfast.plan.calendar.Schedules.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.holdfast.model.declared.Schedule.OnWindowEnd;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WindowPolicyTests {
  private static Schedules nightly() {
    return Schedules.auto()
        .window("mon..fri", "22:00", "06:00")
        .window("sat,sun", "20:00", "10:00");
  }

  static Stream<Arguments> isInThisState() {
    return Stream.of(
        argumentSet("without windows it is open", Schedules.auto(), "2026-11-24T12:00:00Z", "open"),
        argumentSet(
            "in the evening until the next morning",
            nightly(),
            "2026-11-24T23:00:00Z",
            "open until 2026-11-25T06:00:00Z"),
        argumentSet(
            "after midnight it is still the window of the day before",
            nightly(),
            "2026-11-25T05:59:59Z",
            "open until 2026-11-25T06:00:00Z"),
        argumentSet(
            "the end does not belong to it",
            nightly(),
            "2026-11-25T06:00:00Z",
            "closed until 2026-11-25T22:00:00Z: no window is open"),
        argumentSet(
            "the start belongs to it",
            nightly(),
            "2026-11-25T22:00:00Z",
            "open until 2026-11-26T06:00:00Z"),
        argumentSet(
            "Sunday's lasts until ten on Monday",
            nightly(),
            "2026-11-30T07:00:00Z",
            "open until 2026-11-30T10:00:00Z"),
        argumentSet(
            "windows that touch are one",
            Schedules.auto().window("mon", "22:00", "00:00").window("tue", "00:00", "06:00"),
            "2026-11-23T22:30:00Z",
            "open until 2026-11-24T06:00:00Z"),
        argumentSet(
            "windows that overlap are one",
            Schedules.auto().window("mon", "20:00", "23:00").window("mon", "22:00", "23:30"),
            "2026-11-23T20:30:00Z",
            "open until 2026-11-23T23:30:00Z"),
        argumentSet(
            "equal times are a whole day, and all days have no end",
            Schedules.auto().window("mon..sun", "12:00", "12:00"),
            "2026-11-23T20:30:00Z",
            "open"),
        argumentSet(
            "a blackout closes at midnight",
            nightly().blackout("2026-12-24", "2026-12-26"),
            "2026-12-23T23:00:00Z",
            "open until 2026-12-24T00:00:00Z"),
        argumentSet(
            "a blackout that ends inside a window opens at midnight",
            nightly().blackout("2026-12-24", "2026-12-26"),
            "2026-12-25T23:00:00Z",
            "closed until 2026-12-27T00:00:00Z: blackout 2026-12-24 to 2026-12-26, stock-taking"),
        argumentSet(
            "blackouts that touch are one",
            Schedules.auto()
                .blackout("2026-12-24", "2026-12-26")
                .blackout("2026-12-27", "2026-12-28"),
            "2026-12-25T23:00:00Z",
            "closed until 2026-12-29T00:00:00Z: blackout 2026-12-24 to 2026-12-26, stock-taking"),
        argumentSet(
            "without windows it is open until the next blackout",
            Schedules.auto().blackout("2027-12-24", "2027-12-26"),
            "2026-12-25T23:00:00Z",
            "open until 2027-12-24T00:00:00Z"));
  }

  @ParameterizedTest
  @MethodSource
  void isInThisState(Schedules schedule, String now, String state) {
    assertThat(text(schedule.windowsIn("UTC").at(time(now)))).isEqualTo(state);
  }

  static Stream<Arguments> followsTheClockOfItsZone() {
    return Stream.of(
        argumentSet("in winter", "2026-11-24T22:00:00Z", "open until 2026-11-25T06:00:00Z"),
        argumentSet("in summer", "2026-07-06T21:00:00Z", "open until 2026-07-07T05:00:00Z"),
        argumentSet(
            "the night that is an hour shorter",
            "2026-03-28T20:00:00Z",
            "open until 2026-03-29T09:00:00Z"),
        argumentSet(
            "the night that is an hour longer",
            "2026-10-24T19:00:00Z",
            "open until 2026-10-25T10:00:00Z"));
  }

  @ParameterizedTest
  @MethodSource
  void followsTheClockOfItsZone(String now, String state) {
    assertThat(text(nightly().windowsIn("Europe/London").at(time(now)))).isEqualTo(state);
  }

  @Test
  void aWindowInsideTheGapDoesNotCome() {
    var windows = Schedules.auto().window("mon..sun", "01:10", "01:50").windowsIn("Europe/London");

    assertThat(text(windows.at(time("2026-03-28T12:00:00Z"))))
        .isEqualTo("closed until 2026-03-30T00:10:00Z: no window is open");
  }

  @Test
  void aWindowThatComesTwiceOpensTheFirstTime() {
    var windows = Schedules.auto().window("mon..sun", "01:10", "01:50").windowsIn("Europe/London");

    assertThat(text(windows.at(time("2026-10-25T00:20:00Z"))))
        .isEqualTo("open until 2026-10-25T00:50:00Z");
    assertThat(windows.isOpen(time("2026-10-25T01:20:00Z"))).isFalse();
  }

  @Test
  void theEndTellsWhatItMeans() {
    var night = time("2026-11-24T23:00:00Z");
    var end = time("2026-11-25T06:00:00Z");

    assertThat(nightly().windowsIn("UTC").endOfWindow(night))
        .contains(new WindowEnd(end, OnWindowEnd.STOP));
    assertThat(
            nightly().onWindowEnd(OnWindowEnd.FINISH_CURRENT).windowsIn("UTC").endOfWindow(night))
        .contains(new WindowEnd(end, OnWindowEnd.FINISH_CURRENT));
    assertThat(nightly().onWindowEnd(OnWindowEnd.IGNORE).windowsIn("UTC").endOfWindow(night))
        .isEmpty();
    assertThat(nightly().windowsIn("UTC").endOfWindow(time("2026-11-25T12:00:00Z"))).isEmpty();
  }

  private static String text(WindowState state) {
    return switch (state) {
      case WindowState.Open(var until) -> "open" + until.map(end -> " until " + end).orElse("");
      case WindowState.Closed(var until, var why) ->
          "closed" + until.map(end -> " until " + end).orElse("") + ": " + why;
    };
  }
}
