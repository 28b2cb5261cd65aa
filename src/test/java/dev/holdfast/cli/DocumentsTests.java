package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// The documents tell of every command, option and exit code, and point only to what is there.
class DocumentsTests {
  private static final Path COMMANDS = Path.of("src/docs/commands.md");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");

  @Test
  void everyCommandIsDescribed() throws IOException {
    var text = Files.readString(COMMANDS);

    assertThat(commands().map(command -> command.getCommandSpec().qualifiedName()))
        .allSatisfy(command -> assertThat(text).containsPattern("`" + command + "\\b"));
  }

  @Test
  void everyOptionIsDescribed() throws IOException {
    var text = Files.readString(COMMANDS);

    assertThat(commands().flatMap(DocumentsTests::options).map(OptionSpec::longestName).distinct())
        .isNotEmpty()
        .allSatisfy(option -> assertThat(text).containsPattern("`[^`]*" + option + "\\b[^`]*`"));
  }

  @Test
  void everyExitCodeHasItsRow() throws IOException {
    var text = Files.readString(Path.of("src/docs/exit-codes.md"));

    assertThat(ExitCode.values())
        .allSatisfy(
            exit -> assertThat(text).contains("| " + exit.code() + " | " + exit.name() + " |"));
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    for (var document : documents()) {
      var parent = document.toAbsolutePath().getParent();
      var links = LINK.matcher(Files.readString(document)).results().map(DocumentsTests::target);
      assertThat(links)
          .as(document.toString())
          .allSatisfy(link -> assertThat(Path.of(parent + "/" + link)).exists());
    }
  }

  private static List<Path> documents() throws IOException {
    try (var docs = Files.walk(Path.of("src/docs"))) {
      return Stream.concat(Stream.of(Path.of("README.md")), docs)
          .filter(path -> path.toString().endsWith(".md"))
          .toList();
    }
  }

  private static String target(MatchResult link) {
    return link.group(1);
  }

  private static Stream<CommandLine> commands() {
    return below(new HoldfastCommand().parser(List.of()))
        .filter(command -> !command.getCommandSpec().usageMessage().hidden());
  }

  private static Stream<CommandLine> below(CommandLine parent) {
    return parent.getSubcommands().values().stream()
        .flatMap(command -> Stream.concat(Stream.of(command), below(command)));
  }

  private static Stream<OptionSpec> options(CommandLine command) {
    return command.getCommandSpec().options().stream()
        .filter(option -> Arrays.stream(option.names()).anyMatch(name -> name.startsWith("--")));
  }
}
