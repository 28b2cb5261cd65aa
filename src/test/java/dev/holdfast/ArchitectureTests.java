package dev.holdfast;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The walls between the packages: imports only point downward, siblings never see each other.
class ArchitectureTests {
  private static final String ROOT = "dev.holdfast.";
  private static final List<String> RANK_0 = List.of("image", "model", "io");
  private static final Map<String, List<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("model", List.of()),
          Map.entry("io", List.of()),
          Map.entry("image", List.of("model", "io")),
          Map.entry("config", RANK_0),
          Map.entry("plan", RANK_0),
          Map.entry("source", RANK_0),
          Map.entry("staging", RANK_0),
          Map.entry("media", RANK_0),
          Map.entry("catalog", RANK_0),
          Map.entry("report", RANK_0),
          Map.entry(
              "job",
              List.of(
                  "config", "plan", "source", "staging", "media", "catalog", "report", "image",
                  "model", "io")),
          Map.entry("cli", List.of("job", "config", "plan", "catalog", "report", "model")));
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.holdfast");
  private static final int FEWEST_CLASSES = 300;

  static Stream<String> importsOnlyWhatStandsBelow() {
    return MAY_IMPORT.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource
  void importsOnlyWhatStandsBelow(String name) {
    var allowed =
        Stream.concat(Stream.of(name), MAY_IMPORT.getOrDefault(name, List.of()).stream()).toList();
    var forbidden =
        MAY_IMPORT.keySet().stream()
            .filter(other -> !allowed.contains(other))
            .map(other -> ROOT + other + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .allowEmptyShould(true)
        .check(MAIN);
  }

  @Test
  void everyClassLivesInAKnownPackage() {
    classes()
        .should()
        .resideInAnyPackage(
            Stream.concat(
                    Stream.of("dev.holdfast"),
                    MAY_IMPORT.keySet().stream().map(n -> ROOT + n + ".."))
                .toArray(String[]::new))
        .check(MAIN);
  }

  @Test
  void onlyTheJobKnowsSpringBatch() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "job..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.springframework.batch..")
        .check(MAIN);
  }

  @Test
  void onlyIoStartsProcesses() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "io..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.ProcessBuilder")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.commons.exec..")
        .check(MAIN);
  }

  static Stream<String> thePackageItselfSaysWhatItMayImport() {
    return MAY_IMPORT.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource
  void thePackageItselfSaysWhatItMayImport(String name) throws IOException {
    var text =
        Files.readString(Path.of("src/main/java/dev/holdfast", name, "package-info.java"))
            .replaceAll("\\n/// ?", " ");

    var said = Pattern.compile("May import: (.*?)\\.").matcher(text);
    assertThat(said.find()).isTrue();
    assertThat(Pattern.compile("`(\\w+)`").matcher(said.group(1)).results().map(m -> m.group(1)))
        .containsExactlyInAnyOrderElementsOf(MAY_IMPORT.getOrDefault(name, List.of()));
  }

  @Test
  void onlyTheCommandLinePrints() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "cli..")
        // which silences what its libraries print
        .and()
        .doNotHaveFullyQualifiedName(ROOT + "catalog.Database")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(MAIN);
  }

  /// A rule over nothing passes: this floor keeps the walls from guarding an empty house.
  @Test
  void seesTheClassesItGuards() {
    assertThat(MAIN.size()).isGreaterThan(FEWEST_CLASSES);
  }
}
