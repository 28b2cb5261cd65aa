package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.Repository;
import dev.holdfast.model.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// Commands that need no Spring, from their words to their exit code, inside this process.
class CommandLineTests {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void declareASet() {
    Repository.in(folder).source("Web", folder.resolve("data")).set(List.of("Web"), "");
    environment.put("HOLDFAST_REPO", folder.resolve("config").toString());
    environment.put("HOLDFAST_STATE", folder.resolve("state").toString());
  }

  @Test
  void aValidRepositoryIsCountedInOneLine() {
    assertThat(run("validate")).isEqualTo(ExitCode.OK);

    assertThat(text(out))
        .isEqualTo("valid: 1 backup set, 1 source, 1 storage, 0 schedules, 0 jobs; 0 warnings\n");
    assertThat(text(err)).isEmpty();
  }

  @Test
  void everyProblemOfTheRepositoryIsAResultOfValidate() throws IOException {
    breakTheSet();

    assertThat(run("validate")).isEqualTo(ExitCode.CONFIG);

    assertThat(text(out))
        .contains("backupsets/demo.yaml:5:19: ")
        .contains("'Vualt'")
        .contains("HINT: did you mean 'Vault'?")
        .endsWith("1 error, 1 warning\n");
  }

  @Test
  void findingsAreObjectsInJson() throws IOException {
    breakTheSet();

    assertThat(run("validate", "-o", "json")).isEqualTo(ExitCode.CONFIG);

    var json = JsonMapper.shared().readTree(text(out));
    assertThat(json.at("/schema").asString()).isEqualTo("holdfast.validate/1");
    assertThat(json.at("/exit/code").asInt()).isEqualTo(10);
    assertThat(json.at("/findings/0/file").asString()).isEqualTo("backupsets/demo.yaml");
    assertThat(json.at("/findings/0/line").asInt()).isEqualTo(5);
    assertThat(json.at("/findings/0/severity").asString()).isEqualTo("error");
  }

  @Test
  void otherCommandsRefuseABrokenRepositoryWithAllItsProblemsOnStandardError() throws IOException {
    breakTheSet();

    assertThat(run("list", "sets")).isEqualTo(ExitCode.CONFIG);

    assertThat(text(out)).isEmpty();
    assertThat(text(err)).contains("backupsets/demo.yaml:5:19: ").contains("HINT: ");
  }

  @Test
  void explainShowsValuesWithTheirOrigin() {
    assertThat(run("explain", "demo")).isEqualTo(ExitCode.OK);

    assertThat(text(out))
        .startsWith("BackupSet/Demo\n")
        .containsPattern("where\\.storage +Vault +# backupsets/demo\\.yaml:5\n")
        .containsPattern("how\\.serverParallel +10 +# default\n");
  }

  @Test
  void explainSuggestsANearName() {
    assertThat(run("explain", "Dmo")).isEqualTo(ExitCode.NOT_FOUND);

    assertThat(text(err))
        .isEqualTo(
            """
            nothing of the name 'Dmo' is declared
            HINT: did you mean 'Demo'? declared are Demo, Scratch, Test, Vault, Web
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"BackupSet", "source", "STORAGE", "Staging", "Schedule", "Job", "Project"})
  void schemaPrintsJsonForEachKind(String kind) {
    assertThat(run("schema", kind)).isEqualTo(ExitCode.OK);

    assertThat(JsonMapper.shared().readTree(text(out)).at("/title").asString())
        .isEqualToIgnoringCase(kind);
  }

  @Test
  void listsWhatIsDeclared() {
    assertThat(run("list", "sources")).isEqualTo(ExitCode.OK);

    assertThat(text(out).replaceAll(" {2,}", "  "))
        .isEqualTo(
            "SOURCE  TYPE  HOST  PATHS  SETS\n"
                + "Web  filesystem  localhost  %s  Demo\n".formatted(folder.resolve("data")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          validte                    | there is no command 'validte'             | did you mean 'validate'? see 'holdfast --help'
          validate --colr            | 'holdfast validate' has no option '--colr' | did you mean '--color'? see 'holdfast validate --help'
          validate extra             | 'holdfast validate' takes no argument 'extra' | see 'holdfast validate --help'
          explain                    | 'holdfast explain' needs NAME              | see 'holdfast explain --help'
          validate --lock-wait soon  | invalid value for option '--lock-wait': 'soon' is not a time, as 30s, 15m, 4h or 7d | see 'holdfast validate --help'
          validate --now tomorrow    | invalid value for option '--now': 'tomorrow' is not an instant, as 2026-11-24T21:30:00Z | see 'holdfast validate --help'
          """)
  void wrongWordsAreAUsageErrorWithWhatWasProbablyMeant(String words, String fact, String hint) {
    assertThat(run(words.split(" "))).isEqualTo(ExitCode.USAGE);

    assertThat(text(out)).isEmpty();
    assertThat(text(err)).isEqualTo(fact + "\nHINT: " + hint + "\n");
  }

  @Test
  void noCommandAtAllIsAUsageError() {
    assertThat(run()).isEqualTo(ExitCode.USAGE);

    assertThat(text(err)).isEqualTo("a command is missing\nHINT: see 'holdfast --help'\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-o json", "-ojson", "--output=json", "-o=json", "--output json"})
  void usageErrorsAreJsonTooWhenJsonWasAsked(String option) {
    assertThat(run(("validate --nonsense " + option).split(" "))).isEqualTo(ExitCode.USAGE);

    var json = JsonMapper.shared().readTree(text(out));
    assertThat(json.at("/schema").asString()).isEqualTo("holdfast.error/1");
    assertThat(json.at("/exit/name").asString()).isEqualTo("USAGE");
    assertThat(json.at("/errors/0/fact").asString()).contains("--nonsense");
    assertThat(text(err)).contains("--nonsense");
  }

  @Test
  void everyFlagHasAVariable() {
    environment.put("HOLDFAST_OUTPUT", "json");

    assertThat(run("validate")).isEqualTo(ExitCode.OK);

    assertThat(text(out)).startsWith("{\n  \"schema\": \"holdfast.validate/1\",\n");
  }

  @Test
  void aFlagIsStrongerThanItsVariable() {
    environment.put("HOLDFAST_OUTPUT", "json");

    run("validate", "-o", "text");

    assertThat(text(out)).startsWith("valid: ");
  }

  @Test
  void aSwitchTakesTheUsualWordsFromItsVariable() {
    environment.put("HOLDFAST_QUIET", "yes");
    environment.put("HOLDFAST_NO_INPUT", "0");
    environment.put("HOLDFAST_VERBOSE", "2");

    assertThat(run("validate")).isEqualTo(ExitCode.OK);
  }

  @Test
  void aSwitchRefusesOtherWordsFromItsVariable() {
    environment.put("HOLDFAST_QUIET", "perhaps");

    assertThat(run("validate")).isEqualTo(ExitCode.USAGE);

    assertThat(text(err)).contains("'perhaps'").contains("--quiet");
  }

  @Test
  void aVariableThatIsMisspeltIsNamed() {
    environment.put("HOLDFAST_STAT", "/srv/state");
    environment.put("HOLDFAST_AT", "2026-11-24");
    environment.put("HOLDFAST_S3_KEY", "a secret of the configuration");

    assertThat(run("list", "sets")).isEqualTo(ExitCode.OK);

    assertThat(text(err))
        .isEqualTo(
            """
            HOLDFAST_STAT is not a variable of Holdfast and was ignored
            HINT: did you mean HOLDFAST_STATE?
            """);
  }

  @Test
  void helpOfEachCommandShowsExamples() {
    var commands =
        new ArrayList<>(new HoldfastCommand().parser(List.of()).getSubcommands().keySet());
    commands.remove("tune");
    assertThat(commands).hasSizeGreaterThan(10);
    for (var command : commands) {
      out.reset();

      assertThat(run("help", command)).isEqualTo(ExitCode.OK);

      assertThat(text(out))
          .contains("Usage: holdfast " + command)
          .contains("\nExamples:\n  holdfast " + command);
    }
  }

  @Test
  void aFolderThatIsNotThereIsNotFound() {
    assertThat(run("validate", "-C", folder.resolve("nowhere").toString()))
        .isEqualTo(ExitCode.NOT_FOUND);

    assertThat(text(err)).contains("nowhere' is not a folder\nHINT: ");
  }

  @Test
  void theNearestFolderAboveIsTheRepository() throws IOException {
    var deep = Files.createDirectories(folder.resolve("config/jobs/deeper/still"));

    assertThat(RepositoryFolder.find(Optional.empty(), deep, Optional.empty()))
        .isEqualTo(folder.resolve("config"));
  }

  @Test
  void aReaderThatWentAwayHadEnough() {
    assertThat(run(new Broken("Broken pipe"), "validate")).isEqualTo(ExitCode.OK);

    assertThat(text(err)).isEmpty();
  }

  @Test
  void aResultThatCouldNotBeWrittenIsNoSuccess() {
    assertThat(run(new Broken("No space left on device"), "validate")).isEqualTo(ExitCode.INTERNAL);

    assertThat(text(err))
        .isEqualTo("standard output could not be written: No space left on device\n");
  }

  private void breakTheSet() throws IOException {
    var file = folder.resolve("config/backupsets/demo.yaml");
    Files.writeString(file, Files.readString(file).replace("storage: Vault", "storage: Vualt"));
  }

  private ExitCode run(String... words) {
    return run(out, words);
  }

  private ExitCode run(OutputStream result, String... words) {
    return new Dispatcher(new Screen(result, err, false, false), environment).run(words);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /// Takes nothing.
  private static final class Broken extends OutputStream {
    private final String why;

    private Broken(String why) {
      this.why = why;
    }

    @Override
    public void write(int one) throws IOException {
      throw new IOException(why);
    }
  }
}
