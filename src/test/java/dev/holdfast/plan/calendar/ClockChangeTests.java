package dev.holdfast.plan.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.declared.Schedule.DayLevel;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What holds around every change of the clock from 2020 to 2030, in zones of many habits: half an
/// hour, changes at midnight, Ramadan, none any more.
class ClockChangeTests {
  private static final List<String> ZONES =
      List.of(
          "Europe/London",
          "Europe/Berlin",
          "America/New_York",
          "America/St_Johns",
          "America/Santiago",
          "America/Asuncion",
          "America/Havana",
          "America/Sao_Paulo",
          "America/Scoresbysund",
          "Africa/Cairo",
          "Africa/Casablanca",
          "Asia/Beirut",
          "Asia/Tehran",
          "Asia/Gaza",
          "Asia/Amman",
          "Asia/Kolkata",
          "Atlantic/Azores",
          "Australia/Adelaide",
          "Australia/Lord_Howe",
          "Antarctica/Troll",
          "Pacific/Auckland",
          "Pacific/Chatham",
          "Pacific/Apia",
          "UTC");

  record Place(String zone, Instant near) {}

  @Provide
  Arbitrary<Place> places() {
    var changes = ZONES.stream().flatMap(zone -> changes(zone).stream()).toList();
    return Combinators.combine(Arbitraries.of(changes), Arbitraries.integers().between(-40, 40))
        .as((place, hours) -> new Place(place.zone(), place.near().plusSeconds(hours * 3600L)));
  }

  @Provide
  Arbitrary<String> times() {
    return Arbitraries.integers()
        .between(0, 24 * 12 - 1)
        .map(fives -> LocalTime.ofSecondOfDay(fives * 300L).toString());
  }

  @Property(tries = 2000)
  void everyDayHasExactlyOneStart(@ForAll("places") Place place, @ForAll("times") String at) {
    var starts = Schedules.auto(at).in(place.zone()).next(place.near(), 6);

    var first = starts.getFirst().day();
    assertThat(starts)
        .extracting(Start::day)
        .containsExactlyElementsOf(first.datesUntil(first.plusDays(6)).toList());
    assertThat(starts).extracting(Start::at).isSorted().doesNotHaveDuplicates();
  }

  @Property(tries = 2000)
  void aStartIsAtItsTimeOrAtTheEndOfTheGap(
      @ForAll("places") Place place, @ForAll("times") String at) {
    var zone = ZoneId.of(place.zone());
    for (var start : Schedules.auto(at).in(place.zone()).next(place.near(), 4)) {
      var wanted = LocalDateTime.of(start.day(), LocalTime.parse(at));
      var valid = zone.getRules().getValidOffsets(wanted);
      var expected =
          valid.isEmpty()
              ? zone.getRules().getTransition(wanted).getInstant()
              : wanted.toInstant(valid.getFirst());
      assertThat(start.at()).isEqualTo(expected);
      assertThat(start.at().minusNanos(1).atZone(zone).toLocalDateTime()).isBefore(wanted);
    }
  }

  @Property(tries = 1000)
  void whatComesNextIsLaterTheLatest(@ForAll("places") Place place, @ForAll("times") String at) {
    var timetable =
        Schedules.calendar(at, "13:00")
            .day("second sunday of month", DayLevel.NONE)
            .day("every day", DayLevel.FULL)
            .spread(Duration.ofHours(3))
            .in(place.zone());

    for (var start : timetable.next(place.near(), 8)) {
      assertThat(timetable.latest(start.at())).contains(start);
      assertThat(timetable.next(start.at().minusNanos(1), 1)).containsExactly(start);
      assertThat(timetable.latest(start.at().minusNanos(1)))
          .hasValueSatisfying(earlier -> assertThat(earlier.at()).isBefore(start.at()));
    }
  }

  @Property(tries = 1000)
  void aWindowStateHoldsUntilItSaysSo(
      @ForAll("places") Place place, @ForAll("times") String from, @ForAll("times") String to) {
    var windows = Schedules.auto().window("mon..thu,sat", from, to).windowsIn(place.zone());

    var state = windows.at(place.near());
    boolean open = state instanceof WindowState.Open;
    var until =
        switch (state) {
          case WindowState.Open(var end) -> end.orElseThrow();
          case WindowState.Closed(var end, _) -> end.orElseThrow();
        };
    assertThat(windows.isOpen(until)).isNotEqualTo(open);
    for (var instant = place.near(); instant.isBefore(until); instant = instant.plusSeconds(300)) {
      assertThat(windows.isOpen(instant)).as(instant.toString()).isEqualTo(open);
    }
  }

  @Property(tries = 500)
  void whateverTheTimerFiresEveryStartRunsOnce(
      @ForAll("places") Place place, @ForAll("times") String at) {
    var timetable = Schedules.auto(at).in(place.zone());
    var policy = new DuePolicy(timetable);
    var past = new Past(timetable.latest(place.near()).map(Start::at), false);
    var ran = new ArrayList<Start>();

    var end = place.near().plus(Duration.ofDays(4));
    for (var now = place.near(); now.isBefore(end); now = now.plusSeconds(900)) {
      if (policy.decide(past, now) instanceof DueDecision.Due(var start, _)) {
        ran.add(start);
        past = new Past(Optional.of(now), false);
      }
    }

    var all = timetable.next(place.near(), 8).stream();
    assertThat(ran)
        .containsExactlyElementsOf(
            all.filter(start -> !start.at().isAfter(end.minusSeconds(900))).toList());
  }

  private static List<Place> changes(String zone) {
    var rules = ZoneId.of(zone).getRules();
    var found = new ArrayList<Place>();
    var at = Instant.parse("2020-01-01T00:00:00Z");
    found.add(new Place(zone, at));
    ZoneOffsetTransition change = rules.nextTransition(at);
    while (change != null && change.getInstant().isBefore(Instant.parse("2031-01-01T00:00:00Z"))) {
      found.add(new Place(zone, change.getInstant()));
      change = rules.nextTransition(change.getInstant());
    }
    return found;
  }
}
