package dev.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.holdfast.model.declared.Schedule;
import dev.holdfast.model.declared.Schedule.DayLevel;
import dev.holdfast.model.declared.Schedule.Mode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Schedules as they are written, and what is wrong with them, word for word.
class ScheduleTests {
  private static final String HEAD = "apiVersion: holdfast/v1\nkind: Schedule\nname: Nightly\n";
  @TempDir Path folder;

  @Test
  void readsDaysTimesAndLevels() {
    var timing =
        read("""
                mode: calendar
                at: "22:30"
                startDate: "2026-12-01"
                days:
                  - { on: second sunday of month, level: full, at: ["08:00", "20:00"] }
                  - { on: "mon..sat", level: incremental }
                onWindowEnd: ignore
                """)
            .timing();

    assertThat(timing.mode()).isEqualTo(Mode.CALENDAR);
    assertThat(timing.at()).containsExactly(LocalTime.of(22, 30));
    assertThat(timing.startDate()).contains(LocalDate.of(2026, 12, 1));
    assertThat(timing.days())
        .extracting(rule -> rule.on().text() + " " + rule.level() + " " + rule.at())
        .containsExactly("second sunday of month FULL [08:00, 20:00]", "mon..sat INCREMENTAL []");
    assertThat(timing.onWindowEnd()).isEqualTo(Schedule.OnWindowEnd.IGNORE);
  }

  @Test
  void aDayHasTheLevelAutoByDefault() {
    var timing = read("mode: calendar\ndays: [ { on: last friday of month } ]\n").timing();

    assertThat(timing.days().getFirst().level()).isEqualTo(DayLevel.AUTO);
    assertThat(timing.missed().catchUp()).isTrue();
    assertThat(timing.missed().within()).isEqualTo(Optional.empty());
  }

  static Stream<Arguments> saysExactlyThis() {
    return Stream.of(
        argumentSet(
            "unknown day",
            "mode: calendar\ndays:\n  - { on: sundays }\n",
            """
            schedules/nightly.yaml:6:11: days[0].on is 'sundays', not days of a calendar
            HINT: write them as mon..fri, second sunday of month, day 1 of month, last day of month, 24 december or every day"""),
        argumentSet(
            "unknown level",
            "mode: calendar\ndays: [ { on: sunday, level: fulll } ]\n",
            """
            schedules/nightly.yaml:5:30: days[0].level is 'fulll', not one of its values
            HINT: did you mean 'full'? write one of auto, full, incremental, none"""),
        argumentSet(
            "calendar without days",
            "mode: calendar\n",
            """
            schedules/nightly.yaml:4:7: a schedule of mode calendar needs 'days'
            HINT: add days as { on: "mon..fri", level: incremental }"""),
        argumentSet(
            "days without calendar",
            "days: [ { on: sunday } ]\n",
            """
            schedules/nightly.yaml:4:7: days stand in a schedule of mode auto
            HINT: write 'mode: calendar', or remove them"""),
        argumentSet(
            "a rule that an earlier one covers",
            "mode: calendar\ndays:\n  - { on: sunday }\n  - { on: second sunday, level: full }\n",
            """
            schedules/nightly.yaml:7:5: 'second sunday' never decides a day, the rules before it name all of its days
            HINT: put it before them"""),
        argumentSet(
            "a day that no year has",
            "mode: calendar\ndays:\n  - { on: 31 april }\n  - { on: every day }\n",
            """
            schedules/nightly.yaml:6:5: '31 april' never decides a day, it never comes
            HINT: name days that a year has"""),
        argumentSet(
            "nothing but none",
            "mode: calendar\ndays: [ { on: every day, level: none } ]\n",
            """
            schedules/nightly.yaml:5:7: the schedule never starts anything
            HINT: name a day that comes, or write 'mode: manual'"""),
        argumentSet(
            "cron without its line",
            "mode: cron\n",
            """
            schedules/nightly.yaml:4:7: a schedule of mode cron needs 'cron'
            HINT: add a cron line"""),
        argumentSet(
            "cron with L",
            "mode: cron\ncron: \"0 3 L * *\"\n",
            """
            schedules/nightly.yaml:5:7: the day of month of the cron line is 'L'
            HINT: L and W are not of these five fields; write mode calendar with 'last day of month' or 'last friday of month'"""),
        argumentSet(
            "cron that never comes",
            "mode: cron\ncron: \"0 3 30 2 *\"\n",
            """
            schedules/nightly.yaml:5:7: the schedule never starts anything
            HINT: name a day that comes, or write 'mode: manual'"""),
        argumentSet(
            "cron with times",
            "mode: cron\ncron: \"0 3 * * *\"\nat: \"03:00\"\n",
            """
            schedules/nightly.yaml:6:5: start times stand in a schedule of mode cron
            HINT: remove them, or write 'mode: auto' or 'mode: calendar'"""),
        argumentSet(
            "a time that no day has",
            "at: \"24:00\"\n",
            """
            schedules/nightly.yaml:4:5: at[0] is '24:00', not a time of day
            HINT: write it in quotes, as "22:00\""""),
        argumentSet(
            "a date that no year has",
            "startDate: \"2026-02-30\"\n",
            """
            schedules/nightly.yaml:4:12: startDate is '2026-02-30', not a date
            HINT: write it in quotes, as "2026-12-31\""""),
        argumentSet(
            "spread as long as the window",
            "windows: [ { days: \"mon..sun\", from: \"22:00\", to: \"23:00\" } ]\nspread: 1h\n",
            """
            schedules/nightly.yaml:5:9: the spread is not shorter than the window from 22:00 to 23:00
            HINT: a start could come after the window; spread less, or widen it"""),
        argumentSet(
            "spread too long",
            "spread: 12h\n",
            """
            schedules/nightly.yaml:4:9: a spread of 12h is not below 12h
            HINT: spread the starts over less"""),
        argumentSet(
            "blackout backwards",
            "blackouts: [ { from: \"2026-12-26\", to: \"2026-12-24\" } ]\n",
            """
            schedules/nightly.yaml:4:14: its last day 2026-12-24 is before its first day
            HINT: write the earlier day as 'from'"""),
        argumentSet(
            "no start in a window, and none is caught up",
            """
            at: "12:00"
            missed: { catchUp: false }
            windows: [ { days: "mon..sun", from: "22:00", to: "06:00" } ]
            """,
            """
            schedules/nightly.yaml:6:10: no start lies in a window, and missed.catchUp is false: nothing would ever run
            HINT: move the starts into the windows, or write 'missed: { catchUp: true }'"""));
  }

  @ParameterizedTest
  @MethodSource
  void saysExactlyThis(String body, String expected) {
    var findings = repository(body).invalid();

    assertThat(errors(findings)).containsExactly(expected);
  }

  @Test
  void aStartOutsideTheWindowsIsAWarningWhenItIsCaughtUp() {
    var loaded =
        repository(
                """
                at: "12:00"
                windows: [ { days: "mon..sun", from: "22:00", to: "06:00" } ]
                """)
            .loaded();

    assertThat(Repository.texts(loaded.warnings()))
        .contains(
            "schedules/nightly.yaml:5:10: warning: no start lies in a window\n"
                + "HINT: each run waits until the next one opens");
  }

  @Test
  void aStartAfterMidnightLiesInTheWindowOfTheDayBefore() {
    var body = "at: \"01:00\"\nwindows: [ { days: \"mon\", from: \"22:00\", to: \"06:00\" } ]\n";

    assertThat(Repository.texts(repository(body).loaded().warnings()))
        .noneMatch(text -> text.contains("window"));
  }

  @Test
  void anEndOfAPauseNeedsAPause() {
    var findings =
        new Repository(folder)
            .withSet()
            .with("backupsets/web.yaml", Repository.SET + "when: { until: \"2026-12-31\" }\n")
            .invalid();

    assertThat(Repository.texts(findings))
        .containsExactly(
            "backupsets/web.yaml:6:16: when.until ends a pause, and set Web is not paused\n"
                + "HINT: write 'active: false' beside it, or remove it");
  }

  private static List<String> errors(List<Finding> findings) {
    return Repository.texts(
        findings.stream().filter(finding -> finding.severity() == Finding.Severity.ERROR).toList());
  }

  private Repository repository(String body) {
    return new Repository(folder).withSet().with("schedules/nightly.yaml", HEAD + body);
  }

  private Schedule read(String body) {
    return Optional.ofNullable(repository(body).loaded().declarations().schedules().get("Nightly"))
        .orElseThrow();
  }
}
