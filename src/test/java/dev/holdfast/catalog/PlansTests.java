package dev.holdfast.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Digest;
import dev.holdfast.model.OneShot;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SourceName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class PlansTests {
  private static final SourceName WEB = new SourceName("web");
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir Path root;

  @Test
  void anOrderStandsUntilItIsObeyedAlsoAfterReopening() throws Exception {
    try (var catalog = open()) {
      catalog.plans().order(WEB, OneShot.BUMP, NOON);
      catalog.plans().order(WEB, OneShot.LEVEL1, NOON);
    }
    try (var catalog = open()) {
      assertThat(catalog.plans().ordered(WEB)).contains(new Ordered(OneShot.LEVEL1, NOON));

      catalog.plans().obeyed(WEB);

      assertThat(catalog.plans().ordered(WEB)).isEmpty();
    }
  }

  @Test
  void aTimeoutOrdersAFullUnlessAPersonDidAlready() throws Exception {
    try (var catalog = open()) {
      catalog.plans().order(WEB, OneShot.NO_BUMP, NOON);
      catalog.plans().orderFullAfterTimeout(WEB, NOON);
      assertThat(catalog.plans().ordered(WEB))
          .contains(new Ordered(OneShot.FULL_AFTER_TIMEOUT, NOON));

      catalog.plans().order(WEB, OneShot.FULL, NOON);
      catalog.plans().orderFullAfterTimeout(WEB, NOON.plusSeconds(1));
      assertThat(catalog.plans().ordered(WEB)).contains(new Ordered(OneShot.FULL, NOON));
    }
  }

  @Test
  void decisionsKeepTheirOrderTheirNumbersAndTheNewestRunFirst() throws Exception {
    try (var catalog = open()) {
      catalog.runs().begin(run("run1", NOON));
      catalog.runs().begin(run("run2", NOON.plusSeconds(60)));
      var first = decision("run1", "DELAY", Map.of("needs", 7L, "room", 5L));
      var second = decision("run1", "PROMOTE", Map.of());
      var later = decision("run2", "NEW", Map.of());
      catalog.plans().decide(List.of(first, second));
      catalog.plans().decide(List.of(later));

      assertThat(catalog.plans().decisionsOn("web")).containsExactly(later, first, second);
      assertThat(catalog.plans().decisionsOf(new RunId("run1"))).containsExactly(first, second);
      assertThat(catalog.plans().decisionsOn("other")).isEmpty();
    }
  }

  @Test
  void aSourceIsFirstMetByTheOldestRunThatSpokeOfIt() throws Exception {
    try (var catalog = open()) {
      catalog.runs().begin(run("run1", NOON));
      catalog.runs().begin(run("run2", NOON.plusSeconds(60)));
      for (var run : List.of("run2", "run1")) {
        catalog
            .runs()
            .record(new SourceResultRow(new RunId(run), WEB, "FAILED", "", Duration.ofSeconds(3)));
      }

      assertThat(catalog.plans().firstMet(WEB)).contains(NOON);
      assertThat(catalog.plans().firstMet(new SourceName("other"))).isEmpty();
      assertThat(catalog.plans().took(WEB))
          .containsEntry(new RunId("run2"), Duration.ofSeconds(3))
          .hasSize(2);
    }
  }

  @Test
  void aCatalogOfTheFirstReleaseIsBroughtUpToDateWithItsReaderAndItsDecisions() throws Exception {
    try (var catalog = open()) {
      var client = JdbcClient.create(catalog.dataSource());
      client.sql("DROP SCHEMA PUBLIC CASCADE").update();
      client.sql("DROP USER READER").update();
      Flyway.configure().dataSource(catalog.dataSource()).target("1").load().migrate();
      catalog.runs().begin(run("run1", NOON));
      client
          .sql("INSERT INTO decision VALUES ('run1', 'web', 'level 0 by STAGING', 'no full yet')")
          .update();
    }

    try (var catalog = open()) {
      assertThat(catalog.plans().decisionsOn("web"))
          .containsExactly(
              new DecisionRow(
                  new RunId("run1"), "web", "PLAN", "level 0 by STAGING", "no full yet", Map.of()));
      catalog.plans().order(WEB, OneShot.FULL, NOON);
      catalog.serve();
      try (var reader = Catalog.openToRead(root.resolve("catalog"), Duration.ofSeconds(5))) {
        assertThat(reader.plans().ordered(WEB)).contains(new Ordered(OneShot.FULL, NOON));
      }
    }
  }

  private Catalog open() throws Exception {
    return Catalog.open(root.resolve("catalog"), Duration.ZERO);
  }

  private static DecisionRow decision(String run, String kind, Map<String, Long> numbers) {
    return new DecisionRow(
        new RunId(run), "web", kind, "level 1 by STAGING", "there is a reason", numbers);
  }

  private static RunRow run(String id, Instant at) {
    return new RunRow(
        new RunId(id),
        at,
        Optional.empty(),
        OptionalInt.empty(),
        new Digest("ab".repeat(32)),
        "",
        Optional.empty());
  }
}
