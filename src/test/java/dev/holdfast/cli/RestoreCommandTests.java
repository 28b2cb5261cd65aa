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
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// What a person does with a backup that exists: look, find, restore, verify.
class RestoreCommandTests {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path data;

  @BeforeEach
  void backUpASmallTree() throws IOException {
    data = Trees.fill(folder.resolve("data"), 5, 1000, 1);
    Files.writeString(data.resolve("hello.txt"), "hello\n");
    Repository.in(folder).source("Web", data).set(List.of("Web"), "");
    run("run", "Demo", "-q");
    out.reset();
  }

  @Test
  void lsShowsOneDirectory() {
    assertThat(run("ls", "Demo/Web")).isEqualTo(ExitCode.OK);

    assertThat(text(out).lines().toList())
        .hasSize(1 + entriesOf(data))
        .anySatisfy(line -> assertThat(line).endsWith(" " + data + "/hello.txt  -"))
        .noneSatisfy(line -> assertThat(line).contains("/sub0/"));
  }

  @Test
  void lsShowsEverythingBelowWhenAsked() {
    run("ls", "Demo", "-R", "-o", "json");

    var paths =
        JsonMapper.shared()
            .readTree(text(out))
            .at("/members")
            .valueStream()
            .map(row -> row.at("/path").asString())
            .toList();
    assertThat(paths).contains(data.toString(), data + "/sub0/file0.bin", data + "/hello.txt");
  }

  @Test
  void findShowsWhereANameIs() {
    assertThat(run("find", "hel*.txt")).isEqualTo(ExitCode.OK);

    assertThat(text(out)).contains("Demo/Web").contains(data + "/hello.txt");
  }

  @Test
  void restoreSaysWhatItBroughtBack() {
    var target = folder.resolve("back");

    assertThat(run("restore", "demo/web", "--to", target.toString())).isEqualTo(ExitCode.OK);

    assertThat(Trees.differences(data, target.resolve(data.toString().substring(1)))).isEmpty();
    assertThat(text(out))
        .startsWith("Restore Demo/Web as of ")
        .contains("  to        " + target + "\n")
        .contains("  from      Demo/Web level 0 image ");
  }

  @Test
  void oneFileGoesToStandardOutputAndItsReportToStandardError() {
    assertThat(run("restore", "Demo", data + "/hello.txt", "--stdout")).isEqualTo(ExitCode.OK);

    assertThat(text(out)).isEqualTo("hello\n");
    assertThat(text(err)).contains("  to        standard output\n");
  }

  @Test
  void verifyTakesASetAnImageOrAVolume() {
    assertThat(run("verify", "Demo")).isEqualTo(ExitCode.OK);
    assertThat(run("verify", "Demo-001")).isEqualTo(ExitCode.OK);
    assertThat(run("verify", "20")).isEqualTo(ExitCode.OK);

    assertThat(text(out)).contains("Verify Demo: OK\n").contains("Verify Demo-001: OK\n");
  }

  @Test
  void catalogIsCheckedAndRebuilt() {
    assertThat(run("catalog", "check", "Demo")).isEqualTo(ExitCode.OK);
    assertThat(run("catalog", "rebuild", "Demo")).isEqualTo(ExitCode.OK);
    assertThat(run("ls", "Demo/Web")).isEqualTo(ExitCode.OK);

    assertThat(text(out)).contains("0 differences\n").contains("1 image found on 1 volume in ");
  }

  @Test
  void statusShowsTheNewestImageOfEachSource() {
    assertThat(run("status", "--check")).isEqualTo(ExitCode.OK);

    assertThat(text(out)).startsWith("Demo\n  last run  ").containsPattern(" Web +20.*stored");
  }

  @Test
  void statusIsUnhealthyBeforeTheFirstRunOnlyWhenAsked() {
    Repository.in(folder.resolve("fresh")).source("Web", data).set(List.of("Web"), "");
    var fresh = folder.resolve("fresh/config").toString();
    var state = folder.resolve("fresh/state").toString();

    assertThat(run("status", "-C", fresh, "--state", state)).isEqualTo(ExitCode.OK);
    assertThat(run("status", "--check", "-C", fresh, "--state", state))
        .isEqualTo(ExitCode.UNHEALTHY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          restore Demo                       | USAGE     | needs either --to DIR or --stdout
          restore Demo --to x --stdout       | USAGE     | needs either --to DIR or --stdout
          restore Demo/Gone --to x           | NOT_FOUND | has no image
          restore Demo/a%b --to x            | NOT_FOUND | there is no source in Demo 'a%b'
          restore Other/Web --to x           | NOT_FOUND | there is no set 'Other'
          restore Demo /no/such --to x       | NOT_FOUND | has no '/no/such' at that time
          restore Demo --to x --at yesterday | USAGE     | 'yesterday' is not a time
          restore Demo --to x --at 1999-01-01 | NOT_FOUND | has no image from before that time
          ls Demo/Web /no/such               | NOT_FOUND | has no '/no/such' at that time
          find no-such-*                     | NOT_FOUND | nothing that was backed up matches 'no-such-*'
          verify Dmeo                        | NOT_FOUND | there is no set, image or volume 'Dmeo'
          catalog mend Demo                  | USAGE     | is not one of check, rebuild
          """)
  void whatCannotBeDoneIsSaid(String words, ExitCode exit, String fact) {
    assertThat(run(words.split(" "))).isEqualTo(exit);

    assertThat(text(err)).contains(fact).contains("HINT: ");
    assertThat(Path.of("x")).doesNotExist();
  }

  private static int entriesOf(Path directory) {
    var names = directory.toFile().list();
    return names == null ? 0 : names.length;
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
