package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.config.LoadRequest;
import dev.holdfast.config.LoadResult;
import dev.holdfast.config.Loader;
import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.Trees;
import dev.holdfast.job.Backup;
import dev.holdfast.job.RunRequest;
import dev.holdfast.job.StopSignal;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.declared.Schedule.OnWindowEnd;
import dev.holdfast.plan.LevelWish;
import dev.holdfast.plan.calendar.WindowEnd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `status` against schedules and policies, after a real run on Saturday, 28 November 2026.
class HealthTests {
  private static final String RAN = "2026-11-28T22:00:00Z";
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Repository repository;

  @BeforeEach
  void runOnce() {
    Trees.fill(folder.resolve("data"), 3, 1000, 1);
    repository =
        Repository.in(folder)
            .source("Web", folder.resolve("data"), "labels: { tier: bronze }")
            .set(List.of("Web"), "when: { schedule: Nightly }")
            .file("schedules/nightly.yaml", "kind: Schedule\nname: Nightly\nat: \"22:00\"\n");
    run(RAN, "run", "Demo", "-q");
    out.reset();
  }

  @Test
  void anImageIsWellForFiveQuartersOfTheInterval() {
    assertThat(run("2026-11-30T03:59:00Z", "status", "--check")).isEqualTo(ExitCode.OK);
    assertThat(run("2026-11-30T04:10:00Z", "status", "--check")).isEqualTo(ExitCode.UNHEALTHY);

    assertThat(text(out))
        .contains(
            "look at   source Web is overdue: its newest image is 30 h old, the target is 30 h"
                + " (1.25 x the time between starts)\n")
        .contains("next due  2026-11-30 22:00:00 UTC\n");
  }

  @Test
  void jsonHasWhatAMonitorNeeds() {
    run("2026-11-29T10:00:00Z", "status", "-o", "json");

    var source = json().at("/sets/0/sources/0");
    assertThat(source.at("/lastGood/level").asInt()).isZero();
    assertThat(source.at("/rpoTarget").asString()).isEqualTo("PT30H");
    assertThat(source.at("/age").asString()).startsWith("PT11H59M");
    assertThat(source.at("/overdue").asBoolean()).isFalse();
    assertThat(source.at("/nextDue").asString()).isEqualTo("2026-11-29T22:00:00Z");
    assertThat(json().at("/sets/0/reasons").size()).isZero();
  }

  @Test
  void thePolicyIsStrongerThanTheSchedule() {
    policy("rpo: { default: 10h, byLabel: { tier=bronze: 96h, tier=gold: 1h } }");

    assertThat(run("2026-12-02T10:00:00Z", "status", "--check")).isEqualTo(ExitCode.OK);
    assertThat(run("2026-12-03T10:00:00Z", "status", "--check")).isEqualTo(ExitCode.UNHEALTHY);
    assertThat(text(out)).contains("the target is 96 h (rpo)");
  }

  @Test
  void aPolicyThatWarnsIsShownOnly() {
    policy("rpo: { level: warn, default: 10h }");

    assertThat(run("2026-11-29T10:00:00Z", "status", "--check")).isEqualTo(ExitCode.OK);
    assertThat(text(out)).contains("10 h OVERDUE");
  }

  @Test
  void aPausedSetIsNotOverdue() {
    repository.set(
        List.of("Web"), "when: { schedule: Nightly, active: false, until: \"2027-01-01\" }");

    assertThat(run("2026-12-24T10:00:00Z", "status", "--check")).isEqualTo(ExitCode.OK);
    assertThat(text(out))
        .contains("schedule  paused until 2027-01-01\n")
        .contains("next due  2027-01-01 22:00:00 UTC\n");
  }

  @Test
  void withoutAScheduleTheCycleIsTheMeasure() {
    repository.set(List.of("Web"), "");

    assertThat(run("2026-12-07T15:00:00Z", "status", "--check")).isEqualTo(ExitCode.OK);
    assertThat(run("2026-12-07T17:00:00Z", "status", "--check")).isEqualTo(ExitCode.UNHEALTHY);
    assertThat(text(out)).contains("(1.25 x media.cycleDays)");
  }

  @Test
  void aFailedRunIsAReason() throws IOException {
    Files.move(folder.resolve("data"), folder.resolve("moved"));
    run("2026-11-29T22:00:00Z", "run", "Demo", "-q");
    out.reset();

    assertThat(run("2026-11-29T22:10:00Z", "status", "--check")).isEqualTo(ExitCode.UNHEALTHY);
    assertThat(text(out))
        .containsPattern("look at   run \\S+ ended with FAILED\n")
        .contains("look at   source Web had a problem\n");
  }

  @Test
  void imagesThatStayInStagingAreAReason() throws IOException {
    Files.move(folder.resolve("vault"), folder.resolve("away"));
    Files.writeString(folder.resolve("vault"), "in the way");
    run("2026-11-29T22:00:00Z", "run", "Demo", "-q");
    out.reset();

    assertThat(run("2026-12-02T22:00:00Z", "status", "--check")).isEqualTo(ExitCode.UNHEALTHY);
    assertThat(text(out)).contains("look at   images wait in staging for 7");
    assertThat(text(out)).contains("not yet on media, since 2026-11-29 22:0");
  }

  @Test
  void aSourceThatMayBeAwayFailsNoRunUntilItsGraceIsOver() {
    away("availability: { mayBeOffline: true, overdueAfter: 10d }");

    assertThat(run("2026-12-07T22:00:00Z", "run", "Demo", "-q")).isEqualTo(ExitCode.OK);
    assertThat(text(out))
        .contains("1 OFFLINE")
        .contains("is not a mount point, so its file system is not there\n")
        .contains("HINT: it may be away until 2026-12-08T22:00:0");
    assertThat(run("2026-12-07T22:10:00Z", "status", "--check")).isEqualTo(ExitCode.OK);

    assertThat(run("2026-12-08T22:10:00Z", "run", "Demo", "-q")).isEqualTo(ExitCode.FAILED);
    assertThat(text(out))
        .contains("it has had no backup for 240 h; availability.overdueAfter is 240 h");
    assertThat(run("2026-12-08T22:20:00Z", "status", "--check")).isEqualTo(ExitCode.UNHEALTHY);
    assertThat(text(out)).contains("look at   source Web had a problem\n");
  }

  @Test
  void aSourceThatIsAwayIsOverdueWhenItsGraceIsOverAndNoRunCame() {
    away("availability: { mayBeOffline: true, overdueAfter: 10d }");
    run("2026-12-07T22:00:00Z", "run", "Demo", "-q");

    assertThat(run("2026-12-09T22:00:00Z", "status", "--check")).isEqualTo(ExitCode.UNHEALTHY);

    assertThat(text(out)).contains("the target is 240 h (availability.overdueAfter)\n");
  }

  @Test
  void theGraceOfASourceThatIsThereIsNoTarget() {
    repository.source(
        "Web", folder.resolve("data"), "availability: { mayBeOffline: true, overdueAfter: 10d }");

    assertThat(run("2026-11-30T04:10:00Z", "status", "--check")).isEqualTo(ExitCode.UNHEALTHY);

    assertThat(text(out)).contains("the target is 30 h (1.25 x the time between starts)");
  }

  @Test
  void aPolicyIsStrongerThanAGrace() {
    away("availability: { mayBeOffline: true, overdueAfter: 10d }");
    policy("rpo: { default: 48h }");
    run("2026-12-01T22:00:00Z", "run", "Demo", "-q");

    assertThat(run("2026-12-01T22:10:00Z", "status", "--check")).isEqualTo(ExitCode.UNHEALTHY);

    assertThat(text(out)).contains("the target is 48 h (rpo)");
  }

  @Test
  void withoutALimitNoRunFailsAndStatusTellsByTheSchedule() {
    away("availability: { mayBeOffline: true }");

    assertThat(run("2027-03-01T22:00:00Z", "run", "Demo", "-q")).isEqualTo(ExitCode.OK);
    assertThat(run("2027-03-01T22:10:00Z", "status", "--check")).isEqualTo(ExitCode.UNHEALTHY);

    assertThat(text(out))
        .contains("HINT: it may be away\n")
        .contains("look at   source Web is overdue");
  }

  @Test
  void aSourceThatMayNotBeAwayFails() {
    away("");

    assertThat(run("2026-11-29T22:00:00Z", "run", "Demo", "-q")).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void aRunThatTheNextOneContinuesIsNoReason() throws Exception {
    var closed = new WindowEnd(Instant.parse("2026-11-29T21:00:00Z"), OnWindowEnd.FINISH_CURRENT);
    var loading =
        new LoadRequest(repository.folder(), Optional.of(folder.resolve("state")), Map.of());
    var declared = ((LoadResult.Loaded) Loader.load(loading)).declarations();
    var request =
        new RunRequest(
            declared,
            declared.set("Demo").orElseThrow(),
            new LevelWish.Auto(),
            Set.of(),
            false,
            Duration.ZERO,
            Clock.fixed(Instant.parse("2026-11-29T22:00:00Z"), ZoneOffset.UTC));
    assertThat(Backup.run(request.within(Optional.of(closed)), _ -> {}, new StopSignal()).exit())
        .isEqualTo(ExitCode.TEMPFAIL);

    assertThat(run("2026-11-29T22:10:00Z", "status", "--check")).isEqualTo(ExitCode.OK);
    assertThat(text(out)).contains(" TEMPFAIL\n").doesNotContain("look at");

    assertThat(run("2026-11-30T04:10:00Z", "status", "--check")).isEqualTo(ExitCode.UNHEALTHY);
    assertThat(text(out)).contains("look at   source Web is overdue");
  }

  @Test
  void damageUnderTheNewestRestorePointIsAReasonUntilAFullDoesWithoutIt() throws IOException {
    run("2026-11-29T22:00:00Z", "run", "Demo", "-q", "--level", "1");
    damage(repository.storage(), 1);
    assertThat(run("2026-11-29T23:00:00Z", "verify", "Demo", "-q")).isEqualTo(ExitCode.DAMAGED);
    out.reset();

    assertThat(run("2026-11-29T23:10:00Z", "status", "--check")).isEqualTo(ExitCode.UNHEALTHY);
    assertThat(text(out))
        .containsPattern("damaged   image \\S+ of Web on Vault, found 2026-11-29 23:00:00 UTC\n")
        .containsPattern(
            "look at   the newest restore point of source Web rests on image \\S+, which is damaged"
                + " on storage Vault: holdfast run Demo --source Web makes one that"
                + " does not\n");

    run("2026-11-29T23:20:00Z", "run", "Demo", "-q", "--level", "full");
    out.reset();
    assertThat(run("2026-11-29T23:30:00Z", "status", "--check")).isEqualTo(ExitCode.OK);
    assertThat(text(out)).contains("damaged   image ").doesNotContain("look at");
  }

  @Test
  void aCopyThatIsDamagedIsAReasonToo() throws IOException {
    var second = Files.createDirectory(folder.resolve("second"));
    Files.writeString(second.resolve(".holdfast-identity"), "second");
    repository
        .further("Second", second, "identity: second")
        .set(List.of("Web"), "copies: [ { to: Second } ]");
    run("2026-11-28T23:00:00Z", "copy", "Demo", "-q");
    damage(second, 1);
    run("2026-11-29T10:00:00Z", "verify", "Demo", "-q");
    out.reset();

    assertThat(run("2026-11-29T10:10:00Z", "status", "--check", "-o", "json"))
        .isEqualTo(ExitCode.UNHEALTHY);
    var damage = json().at("/sets/0/damage");
    assertThat(damage.size()).isEqualTo(1);
    assertThat(damage.at("/0/storage").asString()).isEqualTo("Second");
    assertThat(damage.at("/0/needed").asBoolean()).isTrue();
    assertThat(json().at("/sets/0/reasons/0").asString())
        .endsWith("is damaged on storage Second: holdfast copy Demo makes the copy again");

    run("2026-11-29T10:20:00Z", "copy", "Demo", "-q");
    assertThat(run("2026-11-29T10:30:00Z", "status", "--check")).isEqualTo(ExitCode.OK);
  }

  /// Turns a bit in so many parts, the oldest first.
  private static void damage(Path storage, int many) throws IOException {
    try (var files = Files.walk(storage)) {
      for (var part :
          files.filter(file -> file.toString().endsWith(".p0001")).sorted().limit(many).toList()) {
        var bytes = Files.readAllBytes(part);
        bytes[bytes.length - 20] ^= 1;
        Files.write(part, bytes);
      }
    }
  }

  /// A disk that is not plugged in.
  private void away(String availability) {
    repository.source(
        "Web", folder.resolve("data"), "expect: { mountpoint: true }\n" + availability);
  }

  private void policy(String rpo) {
    repository.file(
        "jobs/project.yaml",
        "kind: Project\nname: Test\ntimezone: UTC\npolicies: { " + rpo + " }\n");
  }

  private JsonNode json() {
    return JsonMapper.shared().readTree(text(out));
  }

  private ExitCode run(String now, String... words) {
    var environment =
        Map.of(
            "HOLDFAST_REPO", folder.resolve("config").toString(),
            "HOLDFAST_STATE", folder.resolve("state").toString());
    var all = Stream.concat(Stream.of(words), Stream.of("--now", now));
    return new Dispatcher(new Screen(out, err, false, false), environment)
        .run(all.toArray(String[]::new));
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
