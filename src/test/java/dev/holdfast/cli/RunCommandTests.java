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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `run`, `flush` and the lists of what they made, inside this process.
class RunCommandTests {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Repository repository;

  @BeforeEach
  void declareTwoSets() {
    Trees.fill(folder.resolve("data"), 5, 1000, 1);
    repository =
        Repository.in(folder)
            .source("Web", folder.resolve("data"))
            .set("Demo", List.of("Web"), "")
            .set("Other", List.of("Web"), "")
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
            .file("jobs/both.yaml", "kind: Job\nname: Both\nsets: [Demo, Other]\n");
  }

  @Test
  void aRunShowsWhatItMade() {
    assertThat(run("run", "demo", "-q")).isEqualTo(ExitCode.OK);

    assertThat(text(out))
        .containsPattern("^Run [0-9TZa-f-]+ of Demo: OK\n")
        .containsPattern(" Web +0 +OK +.* Demo-001 ")
        .contains(" 1 OK\n");
    assertThat(text(err)).isEmpty();
  }

  @Test
  void aRunTellsItsPhasesOnStandardError() {
    run("run", "Demo");

    assertThat(text(err))
        .contains("Demo: prepare\n")
        .containsPattern("Demo: dump Web level 0, (about|at most) [0-9]")
        .contains("Demo: dump Web level 0 OK, ")
        .contains("Demo: written Demo/Web level 0 image ");
  }

  @Test
  void aRunInJsonIsOneDocument() {
    run("run", "Demo", "-o", "json", "-q");

    var json = JsonMapper.shared().readTree(text(out));
    assertThat(json.at("/schema").asString()).isEqualTo("holdfast.run/1");
    assertThat(json.at("/sources/0/source").asString()).isEqualTo("Web");
    assertThat(json.at("/sources/0/image/state").asString()).isEqualTo("STORED");
    assertThat(json.at("/exit/code").asInt()).isZero();
  }

  @Test
  void aRunInLinesEndsWithItsSummary() {
    run("run", "Demo", "-o", "jsonl", "-q");

    var types =
        text(out).lines().map(JsonMapper.shared()::readTree).map(RunCommandTests::type).toList();
    assertThat(types)
        .startsWith("run", "phase-begin")
        .contains("dump-begin", "dump-end", "write-begin", "write-end")
        .endsWith("summary");
  }

  @Test
  void aJobRunsEachOfItsSets() {
    assertThat(run("run", "Both", "-o", "json", "-q")).isEqualTo(ExitCode.OK);

    var json = JsonMapper.shared().readTree(text(out));
    assertThat(json.at("/schema").asString()).isEqualTo("holdfast.runs/1");
    assertThat(json.at("/runs/0/set").asString()).isEqualTo("Demo");
    assertThat(json.at("/runs/1/set").asString()).isEqualTo("Other");
  }

  @Test
  void aJobLeavesOutAPausedSetAndSaysSo() {
    repository.set("Other", List.of("Web"), "when: { active: false, until: \"2026-12-24\" }");

    assertThat(run("run", "Both", "-q", "--now", "2026-12-23T12:00:00Z")).isEqualTo(ExitCode.OK);
    assertThat(text(out)).contains(" of Demo: OK\n").doesNotContain("Other");
    run("run", "Both", "--now", "2026-12-23T12:00:00Z");
    assertThat(text(err))
        .contains("set Other is paused until 2026-12-24 (when.active: false): left out;");

    run("run", "Both", "-q", "--now", "2026-12-24T12:00:00Z");
    assertThat(text(out)).contains(" of Other: OK\n");
  }

  @Test
  void aPausedSetThatIsNamedIsRun() {
    repository.set("Other", List.of("Web"), "when: { active: false }");

    assertThat(run("run", "Other", "-q")).isEqualTo(ExitCode.OK);
    assertThat(text(out)).contains(" of Other: OK\n");
  }

  @Test
  void whenAllOfAJobIsPausedNothingIsDue() {
    repository
        .set("Demo", List.of("Web"), "when: { active: false }")
        .set("Other", List.of("Web"), "when: { active: false }");

    assertThat(run("run", "Both", "-o", "json", "-q")).isEqualTo(ExitCode.OK);

    var json = JsonMapper.shared().readTree(text(out));
    assertThat(json.at("/runs").isEmpty()).isTrue();
    assertThat(folder.resolve("vault")).doesNotExist();
  }

  @Test
  void aSetThatIsDamagedKeepsNoOtherFromRunning() throws IOException {
    var sets = Files.createDirectories(folder.resolve("state/sets"));
    Files.writeString(sets.resolve("Demo"), "in the way");

    assertThat(run("run", "Both", "-q")).isNotEqualTo(ExitCode.OK);

    assertThat(text(out)).contains(" of Other: OK\n");
    assertThat(text(err)).contains("Demo");
  }

  @Test
  void listsRunsImagesAndVolumesOfASet() {
    run("run", "Both", "-q");

    assertThat(rows("runs", "Demo")).hasSize(1);
    assertThat(rows("images", "Demo", "Other")).hasSize(2);
    assertThat(rows("volumes"))
        .extracting(row -> row.at("/volume").asString())
        .containsExactly("Demo-001", "Other-001");
  }

  @Test
  void whatWasNeverRunHasNoImages() {
    assertThat(run("list", "images")).isEqualTo(ExitCode.OK);

    assertThat(text(out)).isEqualTo("no images\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          run Dmeo               | there is no set or job 'Dmeo' | did you mean 'Demo'? declared are Both, Demo, Other
          flush Dmeo             | there is no set or job 'Dmeo' | did you mean 'Demo'? declared are Both, Demo, Other
          list images Dmeo       | there is no set 'Dmeo' | did you mean 'Demo'? declared are Demo, Other
          run Demo --source Wbe  | there is no source of the selected sets 'Wbe' | did you mean 'Web'? declared are Web
          """)
  void aNameThatIsNotThereIsNotFound(String words, String fact, String hint) {
    assertThat(run(words.split(" "))).isEqualTo(ExitCode.NOT_FOUND);

    assertThat(text(err)).isEqualTo(fact + "\nHINT: " + hint + "\n");
  }

  @Test
  void aSetThatAsksForWhatIsNotAvailableIsNotRun() {
    repository.set("Demo", List.of("Web"), "how: { anomaly: { growthOver: 60% } }");

    var exit = run("run", "Demo");

    assertThat(text(err)).contains("is not available yet").contains("nothing was run");
    assertThat(exit).isEqualTo(ExitCode.CONFIG);
    assertThat(folder.resolve("vault")).doesNotExist();
  }

  @Test
  void flushSaysThatNothingWaits() {
    assertThat(run("flush", "Demo", "-q")).isEqualTo(ExitCode.OK);

    assertThat(text(out)).contains("nothing was to do\n");
  }

  private List<JsonNode> rows(String what, String... sets) {
    out.reset();
    var words = Stream.concat(Stream.of("list", what, "-o", "json"), Stream.of(sets));
    run(words.toArray(String[]::new));
    return JsonMapper.shared().readTree(text(out)).at("/" + what).valueStream().toList();
  }

  private ExitCode run(String... words) {
    var environment =
        Map.of(
            "HOLDFAST_REPO", folder.resolve("config").toString(),
            "HOLDFAST_STATE", folder.resolve("state").toString());
    return new Dispatcher(new Screen(out, err, false, false), environment).run(words);
  }

  private static String type(JsonNode line) {
    return line.at("/type").asString();
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
