package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.Trees;
import dev.holdfast.model.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `schedule` and `run --due`, inside this process, at a time that each command is given.
class ScheduleCommandTests {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Repository repository;

  @BeforeEach
  void declareThreeSets() {
    Trees.fill(folder.resolve("data"), 3, 1000, 1);
    repository =
        Repository.in(folder)
            .source("Web", folder.resolve("data"))
            .set("Demo", List.of("Web"), "when: { schedule: Nightly }")
            .set("Paused", List.of("Web"), "when: { schedule: Nightly, active: false }")
            .set("Loose", List.of("Web"), "")
            .file(
                "storage/scratch.yaml",
                """
                kind: Staging
                name: Scratch
                path: %s/scratch/${set}
                sizeLimit: 1GiB
                reserved: 0B
                """
                    .formatted(folder))
            .file(
                "schedules/nightly.yaml",
                """
                kind: Schedule
                name: Nightly
                mode: calendar
                timezone: Europe/London
                days:
                  - { on: sunday, level: full }
                  - { on: "mon..sat", level: incremental }
                windows: [ { days: "mon..sun", from: "22:00", to: "06:00" } ]
                blackouts: [ { from: "2026-12-24", to: "2026-12-26" } ]
                """);
  }

  @Test
  void nextListsStartsInTheZoneOfTheSchedule() {
    assertThat(run("2026-11-28T12:00:00Z", "schedule", "next", "--count", "2"))
        .isEqualTo(ExitCode.OK);

    assertThat(text(out))
        .isEqualTo(
            """
            SET   SCHEDULE  START                               LEVEL        BY
            Demo  Nightly   Sat 2026-11-28 22:00 Europe/London  incremental  mon..sat
            Demo  Nightly   Sun 2026-11-29 22:00 Europe/London  full         sunday
            """);
    assertThat(text(err)).isEqualTo("Loose: no schedule\nPaused: paused (when.active is false)\n");
  }

  @Test
  void nextInJsonHasInstants() {
    run("2026-07-01T12:00:00Z", "schedule", "next", "Demo", "-o", "json");

    var rows = json().at("/starts");
    assertThat(rows.size()).isEqualTo(3);
    assertThat(rows.at("/0/at").asString()).isEqualTo("2026-07-01T21:00:00Z");
    assertThat(rows.at("/0/level").asString()).isEqualTo("incremental");
  }

  @Test
  void calendarShowsAMonth() {
    assertThat(run("2026-12-01T12:00:00Z", "schedule", "calendar", "Demo")).isEqualTo(ExitCode.OK);

    assertThat(text(out))
        .isEqualTo(
            """
            December 2026, Demo by Nightly, Europe/London
             Mon  Tue  Wed  Thu  Fri  Sat  Sun
                   1i   2i   3i   4i   5i   6F
              7i   8i   9i  10i  11i  12i  13F
             14i  15i  16i  17i  18i  19i  20F
             21i  22i  23i  24#  25#  26#  27F
             28i  29i  30i  31i
              F full, i incremental, # blackout
            """);
  }

  static Stream<Arguments> aSimulationHasTheRunsThatTheScheduleStarts() {
    return Stream.of(
        argumentSet("every day", "mode: auto"),
        argumentSet("twice a day", "at: [\"03:00\", \"15:00\"]"),
        argumentSet("from a day on", "startDate: \"2026-12-10\""),
        argumentSet(
            "by weeks of the month, with days off",
            """
            mode: calendar
            at: "22:00"
            days:
              - { on: second sunday of month, level: full }
              - { on: wednesday, level: none }
              - { on: "tue..thu", level: incremental }
            """),
        argumentSet("yearly", "mode: calendar\ndays: [ { on: 24 december, at: [\"12:00\"] } ]"),
        argumentSet("by a cron line", "mode: cron\ncron: \"0 */6 * * 1-5\""),
        argumentSet(
            "windows of some days",
            "windows: [ { days: \"sat,sun\", from: \"20:00\", to: \"06:00\" } ]"),
        argumentSet("a blackout", "blackouts: [ { from: \"2026-12-05\", to: \"2026-12-20\" } ]"));
  }

  @ParameterizedTest
  @MethodSource
  void aSimulationHasTheRunsThatTheScheduleStarts(String lines) {
    repository.file("schedules/nightly.yaml", "kind: Schedule\nname: Nightly\n" + lines + "\n");
    run("2026-12-01T12:00:00Z", "schedule", "next", "Demo", "--count", "300", "-o", "json");
    var starts =
        json()
            .at("/starts")
            .valueStream()
            .map(start -> start.at("/start").asString().substring(4, 14))
            .toList();
    out.reset();

    simulate("2026-12-01T12:00:00Z");

    assertThat(json().at("/nights")).hasSize(60);
    json()
        .at("/nights")
        .forEach(
            night ->
                assertThat(night.at("/fulls").asInt() + night.at("/incrementals").asInt())
                    .as(night.at("/date").asString())
                    .isEqualTo(Collections.frequency(starts, night.at("/date").asString())));
  }

  @Test
  void aSimulationCountsARunThatItsSpreadCarriesPastMidnightToItsDay() {
    repository.file(
        "schedules/nightly.yaml", "kind: Schedule\nname: Nightly\nat: \"23:59\"\nspread: 6h\n");

    simulate("2026-12-01T12:00:00Z");

    assertThat(nights("fulls").size() + nights("incrementals").size()).isEqualTo(60);
  }

  @Test
  void aSimulationMakesTheLevelsOfTheDays() {
    simulate("2026-12-01T12:00:00Z");

    assertThat(nights("fulls"))
        .containsExactly(
            "2026-12-01",
            "2026-12-06",
            "2026-12-13",
            "2026-12-20",
            "2026-12-27",
            "2027-01-03",
            "2027-01-10",
            "2027-01-17",
            "2027-01-24");
    assertThat(nights("incrementals"))
        .hasSize(60 - 9 - 3)
        .doesNotContain("2026-12-24", "2026-12-25", "2026-12-26");
  }

  @Test
  void aSimulationEndsAPauseAndFollowsTheScheduleOfAJob() {
    repository
        .file(
            "jobs/care.yaml",
            "kind: Job\nname: Care\ntrigger: { schedule: Weekly }\nsets: [Demo]\n")
        .file(
            "schedules/weekly.yaml",
            "kind: Schedule\nname: Weekly\nmode: calendar\ndays: [ { on: friday } ]\n")
        .set("Demo", List.of("Web"), "when: { active: false, until: \"2027-01-08\" }");

    simulate("2026-12-01T12:00:00Z");

    assertThat(nights("fulls")).first().isEqualTo("2027-01-08");
    assertThat(nights("fulls").size() + nights("incrementals").size()).isEqualTo(4);
  }

  private void simulate(String now) {
    run(now, "plan", "Demo", "--simulate", "60d", "--size", "1GiB", "-o", "json");
  }

  /// Days with at least one dump of a kind.
  private List<String> nights(String kind) {
    return json()
        .at("/nights")
        .valueStream()
        .filter(night -> night.at("/" + kind).asInt() > 0)
        .map(night -> night.at("/date").asString())
        .toList();
  }

  @Test
  void calendarInJsonSaysWhy() {
    run("2026-11-01T12:00:00Z", "schedule", "calendar", "Demo", "--month", "2026-12", "-o", "json");

    var days = json().at("/sets/0/days");
    assertThat(days.size()).isEqualTo(31);
    assertThat(days.at("/23/is").asString()).isEqualTo("BLACKOUT");
    assertThat(days.at("/5/by").asString()).isEqualTo("sunday");
    assertThat(days.at("/5/times/0").asString()).isEqualTo("22:00");
  }

  @Test
  void aWrongMonthIsRefused() {
    assertThat(run("2026-12-01T12:00:00Z", "schedule", "calendar", "--month", "december"))
        .isEqualTo(ExitCode.USAGE);

    assertThat(text(err)).isEqualTo("'december' is not a month\nHINT: as --month 2026-12\n");
  }

  @Test
  void nothingDueIsSuccessAndSaysWhenTheNextIs() {
    assertThat(run("2026-11-28T12:00:00Z", "run", "--due")).isEqualTo(ExitCode.OK);

    assertThat(text(out))
        .isEqualTo(
            """
            SET     DUE  REASON                         NEXT
            Demo    no   no window is open              Sat 2026-11-28 22:00 Europe/London
            Loose   no   no schedule                    -
            Paused  no   paused (when.active is false)  -
            """);
    assertThat(folder.resolve("state")).doesNotExist();
  }

  @Test
  void whatIsDueRunsOnceWithTheLevelOfItsDay() {
    assertThat(run("2026-11-28T22:03:00Z", "run", "--due")).isEqualTo(ExitCode.OK);
    assertThat(text(err))
        .contains("Demo: due since 2026-11-28T22:00Z[Europe/London], level by 'mon..sat'\n")
        .contains("Loose: not due, no schedule\n");
    out.reset();

    assertThat(run("2026-11-28T22:18:00Z", "run", "--due", "Demo")).isEqualTo(ExitCode.OK);
    assertThat(text(out)).contains("last run began").contains("Sun 2026-11-29 22:00");

    run("2026-11-29T22:00:00Z", "run", "--due", "-q");
    run("2026-11-30T22:00:00Z", "run", "--due", "-q");
    assertThat(levels()).containsExactly(1, 0, 0);
  }

  @Test
  void anExplicitRunAsksNoScheduleAndLeavesTheNextStartDue() {
    assertThat(run("2026-11-28T12:00:00Z", "run", "Paused", "-q")).isEqualTo(ExitCode.OK);
    assertThat(run("2026-11-28T12:00:00Z", "run", "Demo", "-q")).isEqualTo(ExitCode.OK);
    assertThat(run("2026-11-28T22:00:00Z", "run", "--due", "Demo", "-q")).isEqualTo(ExitCode.OK);

    assertThat(levels()).hasSize(2);
  }

  @Test
  void aRunOfSomeSourcesLeavesTheSetDue() {
    run("2026-11-28T22:01:00Z", "run", "Demo", "--source", "Web", "-q");
    run("2026-11-28T22:02:00Z", "run", "--due", "Demo", "-q");
    run("2026-11-28T22:04:00Z", "run", "--due", "Demo", "-q");

    assertThat(levels()).hasSize(2);
  }

  @Test
  void theStrategyOfASourceIsStrongerThanTheDayAndSoIsAnOrder() {
    repository.source("Web", folder.resolve("data"), "strategy: incronly");
    run("2026-11-28T22:00:00Z", "run", "--due", "Demo", "-q");
    run("2026-11-29T22:00:00Z", "run", "--due", "Demo", "-q");
    assertThat(levels()).containsExactly(1, 0);

    run("2026-11-30T12:00:00Z", "plan", "force", "Demo/Web", "full");
    run("2026-11-30T22:00:00Z", "run", "--due", "Demo", "-q");
    assertThat(levels()).containsExactly(0, 1, 0);
  }

  @Test
  void whatWasNotFinishedGoesOnInTheNextWindowBeforeAnythingNew() throws IOException {
    run("2026-11-28T22:00:00Z", "run", "--due", "Demo", "-q");
    Files.move(folder.resolve("vault"), folder.resolve("away"));
    Files.writeString(folder.resolve("vault"), "in the way");
    assertThat(run("2026-11-29T22:00:00Z", "run", "--due", "Demo", "-q")).isNotEqualTo(ExitCode.OK);
    Files.delete(folder.resolve("vault"));
    Files.move(folder.resolve("away"), folder.resolve("vault"));

    assertThat(run("2026-11-30T12:00:00Z", "run", "--due", "Demo")).isEqualTo(ExitCode.OK);
    assertThat(run("2026-11-30T22:00:00Z", "run", "--due", "Demo")).isEqualTo(ExitCode.OK);
    assertThat(text(err))
        .contains("the run begun for 2026-11-29T22:00Z[Europe/London] continues")
        .contains("did not end; resuming it with the same plan");
    assertThat(levels()).containsExactly(0, 0);

    assertThat(run("2026-11-30T22:15:00Z", "run", "--due", "Demo")).isEqualTo(ExitCode.OK);
    assertThat(levels()).containsExactly(1, 0, 0);
  }

  @Test
  void aSetThatCannotBeReadKeepsNoOtherFromRunning() throws IOException {
    repository.set("Other", List.of("Web"), "when: { schedule: Nightly }");
    run("2026-11-27T22:00:00Z", "run", "--due", "Demo", "-q");
    try (var files = Files.walk(folder.resolve("state/sets/Demo/catalog"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        Files.writeString(file, "no database");
      }
    }
    out.reset();

    assertThat(run("2026-11-28T22:00:00Z", "run", "--due", "-q")).isNotEqualTo(ExitCode.OK);

    assertThat(text(out)).contains(" of Other: OK\n");
    assertThat(text(err)).contains("Demo");
  }

  @Test
  void aJobsScheduleStartsASetWithoutItsOwn() {
    repository.file(
        "jobs/care.yaml", "kind: Job\nname: Care\ntrigger: { schedule: Nightly }\nsets: [Loose]\n");

    run("2026-11-28T12:00:00Z", "schedule", "next", "Loose", "--count", "1");

    assertThat(text(out)).contains("Loose  Nightly   Sat 2026-11-28 22:00 Europe/London");
  }

  @Test
  void dueTakesNoLevelAndRunNeedsAName() {
    assertThat(run("2026-11-28T12:00:00Z", "run", "--due", "--level", "full"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(run("2026-11-28T12:00:00Z", "run")).isEqualTo(ExitCode.USAGE);

    assertThat(text(err)).contains("with --due the schedule says").contains("needs SET|JOB");
  }

  @Test
  void aScheduleCommandWithoutItsSecondWordIsRefused() {
    assertThat(run("2026-11-28T12:00:00Z", "schedule")).isEqualTo(ExitCode.USAGE);

    assertThat(text(err)).contains("'holdfast schedule' needs next, calendar, render or diff");
  }

  private List<Integer> levels() {
    out.reset();
    run("2026-12-01T12:00:00Z", "list", "images", "Demo", "-o", "json");
    return json().at("/images").valueStream().map(row -> row.at("/level").asInt()).toList();
  }

  private ExitCode run(String now, String... words) {
    var environment =
        Map.of(
            "HOLDFAST_REPO", folder.resolve("config").toString(),
            "HOLDFAST_STATE", folder.resolve("state").toString());
    var all = Stream.concat(Stream.of(words), Stream.of("--now", now));
    return new Dispatcher(new Screen(out, err, false, false), environment)
        .run(all.toArray(String[]::new));
  }

  private JsonNode json() {
    return JsonMapper.shared().readTree(text(out));
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
