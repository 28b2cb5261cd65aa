package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.Repository;
import dev.holdfast.model.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `schedule render` and `schedule diff`, and what the real programs think of the files.
class ScheduleTriggersTests {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Repository repository;
  private Path units;
  private Path program;

  @BeforeEach
  void declareTwoSets() throws IOException {
    units = folder.resolve("units");
    program = folder.resolve("a b/holdfast");
    Files.createDirectories(folder.resolve("a b"));
    Files.writeString(program, "#!/bin/sh\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    repository =
        Repository.in(folder)
            .source("Web", folder.resolve("data"))
            .set("Demo", List.of("Web"), "when: { schedule: Nightly }")
            .set("Other", List.of("Web"), "when: { schedule: Cron }")
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
                "schedules/cron.yaml",
                "kind: Schedule\nname: Cron\nmode: cron\ncron: \"30 17 * * 1-5\"\n");
    schedule("22:00");
  }

  private void schedule(String from) {
    repository.file(
        "schedules/nightly.yaml",
        """
        kind: Schedule
        name: Nightly
        mode: calendar
        timezone: Europe/London
        days: [ { on: last sunday of month, level: full, at: "01:30" }, { on: "mon..sat" } ]
        windows: [ { days: "mon..sun", from: "%s", to: "06:00" } ]
        spread: 20m
        """
            .formatted(from));
  }

  @Test
  void aTimerFiresAtEveryStartAndWindow() {
    assertThat(run("schedule", "render", "systemd", "Demo", "--out", units.toString()))
        .isEqualTo(ExitCode.OK);

    assertThat(lines(units.resolve("holdfast-Demo.timer"), "OnCalendar="))
        .containsExactly(
            "OnCalendar=Sun *-*-* 01:39:56 Europe/London",
            "OnCalendar=Sun *-*-* 02:09:56 Europe/London",
            "OnCalendar=*-*-* 22:00:00 Europe/London",
            "OnCalendar=Mon,Tue,Wed,Thu,Fri,Sat *-*-* 22:09:56 Europe/London");
    assertThat(lines(units.resolve("holdfast-Demo.timer"), "RandomizedDelaySec="))
        .containsExactly("RandomizedDelaySec=0");
    assertThat(text(out))
        .isEqualTo(units + "/holdfast-Demo.service\n" + units + "/holdfast-Demo.timer\n");
  }

  @Test
  void systemdItselfAcceptsTheUnits() throws Exception {
    run("schedule", "render", "systemd", "--out", units.toString());

    for (var set : List.of("Demo", "Other")) {
      assertThat(
              output(
                  "systemd-analyze",
                  "--man=no",
                  "verify",
                  units.resolve("holdfast-" + set + ".timer").toString()))
          .isEmpty();
      for (var line : lines(units.resolve("holdfast-" + set + ".timer"), "OnCalendar=")) {
        assertThat(output("systemd-analyze", "calendar", line.substring("OnCalendar=".length())))
            .contains("Next elapse:");
      }
    }
  }

  @Test
  void aServiceCallsWhatItWasToldInTheRepository() {
    run("schedule", "render", "systemd", "--out", units.toString());

    assertThat(lines(units.resolve("holdfast-Demo.service"), "ExecStart="))
        .containsExactly(
            "ExecStart=\"%s\" run Demo --due --no-input --repo %s --state %s"
                .formatted(program, folder.resolve("config"), folder.resolve("state")));
  }

  @Test
  void aCrontabHasASectionForEachSet() {
    assertThat(run("schedule", "render", "cron")).isEqualTo(ExitCode.OK);

    var lines = text(out).lines().filter(line -> !line.startsWith("#")).toList();
    var tail =
        " --due --no-input --repo %s --state %s"
            .formatted(folder.resolve("config"), folder.resolve("state"));
    assertThat(lines)
        .containsExactly(
            "CRON_TZ=Europe/London",
            "40 1 * * 0 '" + program + "' run Demo" + tail,
            "10 2 * * 0 '" + program + "' run Demo" + tail,
            "0 22 * * * '" + program + "' run Demo" + tail,
            "10 22 * * 1,2,3,4,5,6 '" + program + "' run Demo" + tail,
            "",
            "CRON_TZ=UTC",
            "30 17 * * 1,2,3,4,5 '" + program + "' run Other" + tail);
  }

  @Test
  void aWorkflowHasOneJobAtATimeForEachSetAndFewRights() {
    run("schedule", "render", "github", "--out", folder.toString());

    var yaml = yaml(folder.resolve(".github/workflows/holdfast.yml"));
    assertThat(yaml.at("/permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
    assertThat(yaml.at("/on/schedule/0/cron").asString())
        .matches("[1-9]\\d?,\\d\\d \\* \\* \\* \\*");
    assertThat(yaml.at("/jobs/due/strategy/matrix/set").toString())
        .isEqualTo("[\"Demo\",\"Other\"]");
    assertThat(yaml.at("/jobs/due/concurrency/group").asString())
        .isEqualTo("holdfast-${{ matrix.set }}");
    assertThat(yaml.at("/jobs/due/concurrency/cancel-in-progress").asBoolean()).isFalse();
    assertThat(yaml.at("/jobs/due/steps/1/run").asString())
        .endsWith(" run \"$HOLDFAST_SET\" --due --no-input");
  }

  @Test
  void aGitlabJobTriesAgainAndToleratesAPartialRun() {
    run("schedule", "render", "gitlab", "--out", folder.toString());

    var yaml = yaml(folder.resolve(".gitlab/holdfast.yml"));
    assertThat(yaml.at("/holdfast:Demo/resource_group").asString()).isEqualTo("holdfast-Demo");
    assertThat(yaml.at("/holdfast:Other/script/0").asString())
        .endsWith(" run Other --due --no-input");
    assertThat(yaml.at("/.holdfast/retry/exit_codes/0").asInt()).isEqualTo(75);
    assertThat(yaml.at("/.holdfast/allow_failure/exit_codes/0").asInt()).isEqualTo(3);
    assertThat(yaml.at("/.holdfast/interruptible").asBoolean()).isFalse();
  }

  @Test
  void nothingThatStartsByItselfIsAnError() {
    repository.set("Demo", List.of("Web"), "when: { schedule: Nightly, active: false }");

    assertThat(run("schedule", "render", "systemd", "Demo")).isEqualTo(ExitCode.NOT_FOUND);

    assertThat(text(err)).startsWith("no set starts by itself: nothing to render\n");
  }

  @Test
  void whatIsInstalledAsRenderedIsTheSame() {
    run("schedule", "render", "systemd", "--out", units.toString());

    assertThat(diff("systemd", units))
        .containsExactly(
            "holdfast-Demo.service same",
            "holdfast-Demo.timer same",
            "holdfast-Other.service same",
            "holdfast-Other.timer same");
    assertThat(exitOfDiff("systemd", units)).isEqualTo(ExitCode.OK);
  }

  @Test
  void missingChangedAndOrphanedAreTold() throws IOException {
    run("schedule", "render", "systemd", "--out", units.toString());
    Files.delete(units.resolve("holdfast-Other.timer"));
    Files.writeString(
        units.resolve("holdfast-Demo.service"),
        Files.readString(units.resolve("holdfast-Demo.service")).replace("Nice=10", "Nice=19"));
    schedule("21:00");
    Files.writeString(
        units.resolve("holdfast-Gone.timer"),
        Files.readString(units.resolve("holdfast-Demo.timer")));
    Files.writeString(units.resolve("holdfast-mine.timer"), "[Timer]\nOnCalendar=daily\n");

    assertThat(diff("systemd", units))
        .containsExactly(
            "holdfast-Demo.service changed the declaration has changed since",
            "holdfast-Demo.timer changed the declaration has changed since",
            "holdfast-Other.service same",
            "holdfast-Other.timer missing not installed",
            "holdfast-Gone.timer orphaned nothing that is declared starts by it");
    assertThat(exitOfDiff("systemd", units)).isEqualTo(ExitCode.CHANGES);
  }

  @Test
  void anEditByHandIsToldFromANewDeclaration() throws IOException {
    run("schedule", "render", "systemd", "--out", units.toString());
    Files.writeString(
        units.resolve("holdfast-Demo.service"),
        Files.readString(units.resolve("holdfast-Demo.service")).replace("Nice=10", "Nice=19"));
    Files.writeString(units.resolve("holdfast-Demo.timer"), "[Timer]\n");

    assertThat(diff("systemd", units))
        .startsWith(
            "holdfast-Demo.service changed edited by hand, or made with other options",
            "holdfast-Demo.timer changed made by somebody else");
  }

  @Test
  void theSectionsOfACrontabAreFoundAmongOtherLines() throws IOException {
    run("schedule", "render", "cron");
    var crontab = folder.resolve("crontab");
    Files.writeString(
        crontab,
        "MAILTO=root\n" + text(out).replace("30 17 * * ", "31 17 * * ") + "0 1 * * * /bin/true\n");
    repository.set("Demo", List.of("Web"), "");

    assertThat(diff("cron", crontab))
        .containsExactly(
            "Test/Other changed edited by hand, or made with other options",
            "Test/Demo orphaned nothing that is declared starts by it");
  }

  @Test
  void theRepositoryItselfHoldsTheCiFiles() {
    var config = folder.resolve("config");
    run("schedule", "render", "github", "--out", config.toString());
    out.reset();

    assertThat(run("schedule", "diff", "github", "--detailed-exitcode")).isEqualTo(ExitCode.OK);
    assertThat(run("schedule", "diff", "gitlab", "--detailed-exitcode"))
        .isEqualTo(ExitCode.CHANGES);
  }

  private List<String> diff(String form, Path installed) {
    out.reset();
    run("schedule", "diff", form, "--installed", installed.toString(), "-o", "json");
    return JsonMapper.shared()
        .readTree(text(out))
        .at("/triggers")
        .valueStream()
        .map(
            row ->
                row.at("/name").asString()
                    + " "
                    + row.at("/state").asString()
                    + (row.at("/why").isNull() ? "" : " " + row.at("/why").asString()))
        .toList();
  }

  private ExitCode exitOfDiff(String form, Path installed) {
    return run(
        "schedule", "diff", form, "--installed", installed.toString(), "--detailed-exitcode");
  }

  private static List<String> lines(Path file, String start) {
    try {
      return Files.readAllLines(file).stream().filter(line -> line.startsWith(start)).toList();
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private static JsonNode yaml(Path file) {
    try {
      var read = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
      return JsonMapper.shared().valueToTree(read);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  /// What the program says; it must end well.
  private static String output(String... command) throws Exception {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  private ExitCode run(String... words) {
    var environment =
        Map.of(
            "HOLDFAST_REPO", folder.resolve("config").toString(),
            "HOLDFAST_STATE", folder.resolve("state").toString(),
            "HOLDFAST_PROGRAM", program.toString());
    var all = Stream.of(words);
    return new Dispatcher(new Screen(out, err, false, false), environment)
        .run(all.toArray(String[]::new));
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
