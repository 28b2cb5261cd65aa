package dev.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.BackupSet;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A small company's repository, with keys of every kind: read today, whatever runs today.
class CompanyTests {

  @Test
  void isValid() {
    assertThat(company().loaded().warnings())
        .extracting(Finding::message)
        .containsExactly(
            "what set SlowDesktops has elsewhere (OffsiteS3) holds fulls only, so it is up to 28"
                + " days old");
  }

  @Test
  void labelsAndGroupsChooseTheSources() {
    assertThat(set("HighRateServers").sources())
        .extracting(source -> source.name().value())
        .containsExactly("ErpDb", "FileSrv1", "FileSrv2");
    assertThat(set("SlowDesktops").sources())
        .extracting(source -> source.name().value() + " at " + source.host())
        .startsWith("Desktop01 at desk01.kestrel.example")
        .hasSize(6);
  }

  @Test
  void whatARunCannotDoYetIsSaidWithItsPlace() {
    assertThat(set("SlowDesktops").unavailable())
        .extracting(problem -> problem.place() + ": " + problem.fact())
        .contains(
            "storage/lto-library.yaml:4:7: the storage type 'tape' is not available yet, and"
                + " Storage LtoLibrary asks for it",
            "backupsets/slow-desktops.yaml:6:10: 'runsOn' is not available yet, and"
                + " BackupSet SlowDesktops asks for it",
            "backupsets/sources/desktops.yaml:6:19: the host 'desk01.kestrel.example' is not"
                + " available yet, and Source Desktop01 asks for it");
  }

  @Test
  void aJobLeavesOutNoStepWithoutWhichThereIsNoRun(@TempDir Path root) {
    assertThat(unavailable(company(), "NightlyRun")).noneMatch(text -> text.contains("'steps'"));

    var job =
        """
        apiVersion: holdfast/v1
        kind: Job
        name: Short
        sets: [Web]
        steps: [flush, write, copy]
        """;
    assertThat(unavailable(new Repository(root).withSet().with("jobs/short.yaml", job), "Short"))
        .containsExactly(
            "jobs/short.yaml:5:8: 'steps' without estimate, dump, report is not available yet, and"
                + " Job Short asks for it");
  }

  private static List<String> unavailable(Repository repository, String job) {
    return Optional.ofNullable(repository.loaded().declarations().jobs().get(job))
        .orElseThrow()
        .unavailable()
        .stream()
        .map(problem -> problem.place() + ": " + problem.fact())
        .toList();
  }

  static Repository company() {
    try {
      var url = Optional.ofNullable(CompanyTests.class.getResource("/config/company"));
      return new Repository(Path.of(url.orElseThrow().toURI()));
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static BackupSet set(String name) {
    return Optional.ofNullable(company().loaded().declarations().sets().get(new SetName(name)))
        .orElseThrow();
  }
}
