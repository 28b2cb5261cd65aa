package dev.holdfast.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// Every report as text and as JSON, whole.
class ReportRenderingTests {
  private static final View VIEW = new View(ZoneId.of("Europe/Berlin"), false, "1.2.3");

  static Stream<Arguments> reports() {
    return Stream.of(
        argumentSet("a partial run", "run-partial", Samples.partialRun()),
        argumentSet("a run with nothing to do", "run-idle", Samples.idleRun()),
        argumentSet("a verify that found damage", "verify-damaged", Samples.damaged()),
        argumentSet("an incomplete restore", "restore-incomplete", Samples.incomplete()),
        argumentSet("the status of two sets", "status", Samples.status()),
        argumentSet("a catalog that differs", "catalog-check", Samples.check()),
        argumentSet("a rebuilt catalog", "catalog-rebuild", Samples.rebuild()),
        argumentSet("a prune that a brake stopped", "prune", Samples.prune()),
        argumentSet("an edit that takes restore points", "plan-base", Samples.consequences()),
        argumentSet("a list of images", "images", Samples.images()),
        argumentSet("a list of odd names", "members", Samples.members()),
        argumentSet("an empty list", "empty", Listing.of("volumes", List.of())));
  }

  @ParameterizedTest
  @MethodSource("reports")
  void showsAReportAsText(String name, Report report) {
    Golden.matches(name + ".txt", new TextReports(VIEW).render(report));
  }

  @ParameterizedTest
  @MethodSource("reports")
  void showsAReportAsJson(String name, Report report) {
    Golden.matches(name + ".json", new JsonReports(VIEW).render(report));
  }

  @Test
  void anEditIsToldUnderAPullRequest() {
    Golden.matches("plan-base.md", new ConsequenceText(VIEW).markdown(Samples.consequences()));
  }

  @ParameterizedTest
  @MethodSource("reports")
  void everyJsonDocumentNamesItsSchemaAndItsEnd(String name, Report report) {
    var json = JsonMapper.shared().readTree(new JsonReports(VIEW).render(report));

    assertThat(json.at("/schema").asString()).matches("holdfast\\.[a-z-]+/1");
    assertThat(json.at("/exit/code").asInt()).isEqualTo(report.exit().code());
    assertThat(json.at("/exit/resumable").asBoolean()).isEqualTo(report.exit().resumable());
  }

  @ParameterizedTest
  @MethodSource("reports")
  void everyReportEndsAsOneSummaryLine(String name, Report report) {
    var lines = new JsonReports(VIEW).lines(report).lines().toList();

    var last = JsonMapper.shared().readTree(lines.getLast());
    assertThat(last.at("/type").asString()).isEqualTo("summary");
    assertThat(lines.subList(0, lines.size() - 1))
        .allSatisfy(
            line ->
                assertThat(JsonMapper.shared().readTree(line).at("/type").asString())
                    .isEqualTo("row"));
  }

  @ParameterizedTest
  @MethodSource("reports")
  void noTextHoldsAControlCharacterBesidesTheLineEnd(String name, Report report) {
    assertThat(new TextReports(VIEW).render(report)).doesNotContainPattern("[\\p{Cntrl}&&[^\n]]");
  }

  @Test
  void colorsTheOutcomeOnlyWhenWanted() {
    var colored = new View(ZoneId.of("UTC"), true, "1.2.3");

    assertThat(new TextReports(colored).render(Samples.idleRun()))
        .startsWith("Run 20261124T213000Z-4f1c of Nightly: \u001b[32mOK\u001b[0m\n");
  }

  @Test
  void anErrorIsADocumentToo() {
    var problems = List.of(new Problem("a.yaml:1:2", "key 'x' is unknown", "take it out"));

    Golden.matches("error.json", new JsonReports(VIEW).error(ExitCode.CONFIG, problems).document());
  }

  @Test
  void aProblemIsOneLineAndItsHint() {
    var problem = new Problem("host\tx", "said \u001b]0;gotcha\u0007 and\nmore", "look \u202eback");

    assertThat(TextReports.problem(problem))
        .isEqualTo("host\\tx: said \\x1b]0;gotcha\\x07 and\\nmore\nHINT: look \\u202eback\n");
  }
}
