package dev.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// No bytes make the loader throw, and every error it gives can be found and acted on.
class FuzzTests {
  private static final List<String> SCRAPS =
      List.of(
          "apiVersion: holdfast/v1\n",
          "kind: Source\n",
          "kind: BackupSet\n",
          "name: www\n",
          "  ",
          "- ",
          "{",
          "}",
          "[",
          "]",
          ": ",
          "? ",
          "&a ",
          "*a",
          "!!str ",
          "|\n",
          ">-\n",
          "---\n",
          "\"",
          "'",
          "#",
          "%YAML 1.1\n",
          "<<: ",
          "$append: ",
          "${var.x}",
          "${state}",
          "\t",
          "\n",
          "paths: ",
          "/srv",
          "exclude: ",
          "extends: www\n",
          "abstract: true\n",
          "defaults: ",
          "null",
          "~",
          "0x1f",
          "1e9",
          "vars: ",
          "host: -x\n",
          "\u0085",
          "\u2028",
          "\ud83d\ude00");

  @Property(tries = 1500)
  void anyScrapsGiveAnAnswer(@ForAll("scraps") String text) {
    checkAnswer(List.of(new RepositoryFiles.Raw("backupsets/a.yaml", text)));
  }

  @Property(tries = 1500)
  void anyBytesGiveAnAnswer(@ForAll byte[] bytes) {
    var findings = new Findings();
    Decoded.of("jobs/a.yaml", bytes, findings)
        .ifPresent(text -> checkAnswer(List.of(new RepositoryFiles.Raw("jobs/a.yaml", text))));
    findings.sorted().forEach(FuzzTests::checkUseful);
  }

  @Property(tries = 1500)
  void aDamagedExampleGivesAnAnswer(
      @ForAll("files") RepositoryFiles.Raw file, @ForAll int at, @ForAll("scraps") String scrap) {
    var bytes = file.text();
    int cut = Math.floorMod(at, bytes.length());
    var damaged =
        bytes.substring(0, cut) + scrap + bytes.substring(Math.min(bytes.length(), cut + 2));
    var files = new ArrayList<>(company());
    files.replaceAll(
        one ->
            one.name().equals(file.name()) ? new RepositoryFiles.Raw(file.name(), damaged) : one);
    checkAnswer(files);
  }

  @Provide
  Arbitrary<String> scraps() {
    var scrap = Arbitraries.of(SCRAPS);
    var odd = Arbitraries.strings().all().ofMaxLength(3).map(FuzzTests::decodable);
    return Combinators.combine(scrap.list().ofMaxSize(30), odd)
        .as((scraps, rest) -> String.join("", scraps) + rest);
  }

  @Provide
  Arbitrary<RepositoryFiles.Raw> files() {
    return Arbitraries.of(company());
  }

  private static String decodable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static List<RepositoryFiles.Raw> company() {
    return new RepositoryFiles(CompanyTests.company().root(), new Findings()).read();
  }

  private static void checkAnswer(List<RepositoryFiles.Raw> files) {
    var clean = new Findings();
    var request = new LoadRequest(Path.of("/repo"), Optional.of(Path.of("/state")), Map.of());
    var readable =
        files.stream()
            .filter(
                file ->
                    Decoded.of(file.name(), file.text().getBytes(StandardCharsets.UTF_8), clean)
                        .isPresent())
            .toList();
    switch (Loader.load(request, readable)) {
      case LoadResult.Loaded loaded -> loaded.warnings().forEach(FuzzTests::checkUseful);
      case LoadResult.Invalid(var findings, _) -> {
        assertThat(findings).isNotEmpty().isSorted();
        findings.forEach(FuzzTests::checkUseful);
      }
    }
  }

  private static void checkUseful(Finding finding) {
    assertThat(finding.place().line()).isPositive();
    assertThat(finding.place().column()).isPositive();
    assertThat(finding.message()).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
    assertThat(finding.hint()).isNotBlank();
  }
}
