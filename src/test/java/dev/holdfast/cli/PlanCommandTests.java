package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.Trees;
import dev.holdfast.model.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `plan`, `plan force`, `plan --simulate` and `why`, inside this process.
class PlanCommandTests {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void declareASet() {
    Trees.fill(folder.resolve("data"), 5, 1000, 1);
    Repository.in(folder)
        .source("Web", folder.resolve("data"))
        .set("Demo", List.of("Web"), "")
        .file(
            "storage/scratch.yaml",
            """
            kind: Staging
            name: Scratch
            path: %s/scratch/${set}
            sizeLimit: 1GiB
            reserved: 0B
            """
                .formatted(folder));
  }

  @Test
  void aPlanBeforeTheFirstRunIsAFullAndLeavesNoState() {
    assertThat(run("plan", "Demo")).isEqualTo(ExitCode.OK);

    assertThat(text(out))
        .containsPattern("^ORDER +SOURCE +LEVEL +ESTIMATE +BY +ROUTE +WHY\n")
        .containsPattern(
            " +1 +Demo/Web +0 +.* usage +(staging|direct) +there is no full to build on\n");
    assertThat(folder.resolve("state/sets/Demo")).doesNotExist();
  }

  @Test
  void aPlanAfterARunBuildsOnItsImage() {
    run("run", "Demo", "-q", "--now", "2026-11-25T21:00:00Z");
    out.reset();

    run("plan", "-o", "json", "--now", "2026-11-28T21:00:00Z");

    var row = json().at("/plan/0");
    assertThat(row.at("/level").asInt()).isEqualTo(1);
    assertThat(row.at("/why").asString()).isEqualTo("the last full is 3 of 7 days old");
  }

  @Test
  void anOrderChangesThePlanUntilItIsTakenBack() {
    run("run", "Demo", "-q");
    out.reset();

    assertThat(run("plan", "force", "Demo/Web", "full")).isEqualTo(ExitCode.OK);
    assertThat(text(out)).containsPattern("Demo/Web +full\n");
    out.reset();
    run("plan", "Demo", "-o", "json");
    assertThat(json().at("/plan/0/why").asString())
        .isEqualTo("a full was ordered for the next run");
    out.reset();
    run("why", "Demo/Web", "-o", "json");
    assertThat(json().at("/reasons/0/kind").asString()).isEqualTo("ORDERED");

    run("plan", "force", "Demo/Web", "none");
    out.reset();
    run("plan", "Demo", "-o", "json");
    assertThat(json().at("/plan/0/level").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"force Demo/Web twice", "Demo --html x.html", "Demo --simulate 0"})
  void whatCannotBeMeantIsRefused(String line) {
    assertThat(run(("plan " + line).split(" "))).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void anOrderForAnUnknownSourceIsRefused() {
    assertThat(run("plan", "force", "Demo/Nobody", "full")).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(text(err)).contains("Nobody").contains("HINT: ");
  }

  @Test
  void whyAnswersForSourceImageVolumeAndRun() {
    run("run", "Demo", "-q");
    out.reset();
    run("list", "images", "-o", "json");
    var image = json().at("/images/0/image").asString();
    var label = json().at("/images/0/volumes/0").asString();
    out.reset();
    run("list", "runs", "-o", "json");
    var run = json().at("/runs/0/run").asString();

    assertThat(why("Demo/Web").at("/reasons/0/decision").asString()).startsWith("level 0 by ");
    assertThat(why(image).at("/reasons/0/reason").asString())
        .isEqualTo("there is no full to build on");
    assertThat(why(label).at("/reasons/0/decision").asString()).isEqualTo("Demo/Web level 0");
    assertThat(why(run).at("/reasons/0/subject").asString()).isEqualTo("Demo/Web");
  }

  @Test
  void whyKnowsNothingOfWhatNoRunMet() {
    assertThat(run("why", "Nothing-001")).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(text(err)).contains("no run has decided anything about 'Nothing-001'");
  }

  @Test
  void aSimulationShowsFullsStagingAndMediaAndDrawsThem() throws IOException {
    var page = folder.resolve("forecast.html");

    run(
        "plan",
        "Demo",
        "--simulate",
        "60d",
        "--growth",
        "10%/month",
        "--size",
        "1GiB",
        "--now",
        "2026-11-25T21:00:00Z",
        "--html",
        page.toString());

    assertThat(text(out))
        .contains("Simulation of Demo, 60 days from 2026-11-25 (UTC)\n")
        .contains("  fulls     0 to 1 a day, 0.2 on average\n")
        .contains("  window    never overrun\n")
        .contains("and 32 days more: see -o json, or --html FILE\n");
    assertThat(Files.readString(page))
        .contains("<svg ")
        .doesNotContain("<script")
        .doesNotContain("http");
  }

  @Test
  void aSimulationInJsonHasEveryNight() {
    run("plan", "Demo", "--simulate", "21d", "--size", "1GiB", "-o", "json");

    assertThat(json().at("/schema").asString()).isEqualTo("holdfast.forecast/1");
    assertThat(json().at("/nights")).hasSize(21);
    assertThat(json().at("/nights/0/fulls").asInt()).isEqualTo(1);
    assertThat(json().at("/nights/7/fulls").asInt()).isEqualTo(1);
    assertThat(json().at("/nights/1/incrementals").asInt()).isEqualTo(1);
  }

  private JsonNode why(String name) {
    out.reset();
    run("why", name, "-o", "json");
    return json();
  }

  private JsonNode json() {
    return JsonMapper.shared().readTree(text(out));
  }

  private ExitCode run(String... words) {
    var environment =
        Map.of(
            "HOLDFAST_REPO", folder.resolve("config").toString(),
            "HOLDFAST_STATE", folder.resolve("state").toString());
    return new Dispatcher(new Screen(out, err, false, false), environment).run(words);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
