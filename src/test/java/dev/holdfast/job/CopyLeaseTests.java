package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.fixture.LocalSet;
import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.Trees;
import dev.holdfast.media.driver.disk.DiskStorage;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Level;
import dev.holdfast.model.Problem;
import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.Disk;
import dev.holdfast.model.declared.Threshold;
import dev.holdfast.plan.LevelWish;
import dev.holdfast.plan.retention.Brakes;
import dev.holdfast.plan.retention.RetentionRules;
import dev.holdfast.report.PruneReport;
import dev.holdfast.report.PruneReport.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A further storage that another run of the set holds: who has the lease of the set's own storage
/// does not have this one by it.
class CopyLeaseTests {
  private static final SetName DEMO = new SetName("Demo");
  private static final Instant FIRST = Instant.parse("2026-03-14T22:00:00Z");
  private static final Duration OFTEN = Duration.ofMillis(40);

  @TempDir Path root;
  private Path second;
  private LocalSet set;

  @BeforeEach
  void twoFullsAndTheirCopies() {
    second = root.resolve("second");
    var tree = Trees.fill(root.resolve("data"), 3, 100_000, 1);
    var repository =
        Repository.in(root)
            .source("Tree", tree)
            .further("Second", second, "")
            .set(List.of("Tree"), "copies: [ { to: Second, retentionDays: 10 } ]")
            .prunes("maxDropPercent: 100, requireVerifiedNewerFull: false", "");
    set = new LocalSet(repository.folder(), root.resolve("state"), "Demo");
    full(0);
    full(1);
  }

  @Test
  void aPruneOfItsCopiesIsRefusedAndNamesTheHolderAndTouchesNothing() throws Exception {
    try (var _ = held()) {
      assertThatThrownBy(() -> at(12).pruneCopies("Second"))
          .isInstanceOfSatisfying(
              HoldfastException.class,
              refused -> {
                assertThat(refused.exit()).isEqualTo(ExitCode.LOCKED);
                assertThat(refused.problem().text())
                    .startsWith("set Demo: another run holds storage 'Second': a run on host ")
                    .contains("(process " + ProcessHandle.current().pid() + ") since ");
              });
      assertThat(manifests()).isEqualTo(2);
      assertThat(at(12).prune().exit()).as("the set's own storage").isEqualTo(ExitCode.OK);
    }
    assertThat(at(12).pruneCopies("Second").count(Outcome.PRUNED)).isEqualTo(1);
    assertThat(manifests()).isEqualTo(1);
  }

  @Test
  void aCopyWithItsStorageHeldIsRefusedAndARunGoesOnWithoutIt() throws Exception {
    try (var _ = held()) {
      var report = at(2).run(new LevelWish.Exactly(Level.FULL));

      assertThat(report.exit()).isEqualTo(ExitCode.OK);
      assertThat(report.copies().getFirst().pending()).isEqualTo(1);
      assertThat(report.copies().getFirst().problem().map(Problem::fact).orElse(""))
          .startsWith("another run holds storage 'Second': a run on host ");
      assertThat(at(2).copy().exit()).isEqualTo(ExitCode.LOCKED);
      assertThat(manifests()).isEqualTo(2);
    }
    assertThat(at(2).copy().exit()).isEqualTo(ExitCode.OK);
    assertThat(manifests()).isEqualTo(3);
  }

  @Test
  void aPruneThatLosesTheLeaseRemovesNothingMore() throws Exception {
    var pruned = pruned(this::lose);

    assertThat(pruned.exit()).isEqualTo(ExitCode.LOCKED);
    assertThat(pruned.problems().getFirst().fact()).startsWith("the lease of this run was taken");
    assertThat(pruned.count(Outcome.PRUNED)).isZero();
    assertThat(manifests()).isEqualTo(2);
  }

  /// A prune whose lease is granted, after something happened to it.
  private PruneReport pruned(Happening happening) throws Exception {
    var state = new SetState(set.state());
    try (var catalog = Catalog.open(state.catalog(), Duration.ZERO);
        var lease = Lease.on(DEMO, disk(), _ -> {})) {
      lease.acquire(Duration.ZERO);
      happening.happen();
      var clock = Clock.fixed(FIRST.plus(Duration.ofDays(12)), ZoneOffset.UTC);
      var terms =
          new PruneTerms(
              DEMO,
              List.of(),
              state,
              catalog,
              new Ids(clock, new java.security.SecureRandom()).run(),
              new Brakes(100, Duration.ofDays(45)),
              clock,
              new StopSignal());
      var rules = new RetentionRules(10, Optional.empty(), ZoneOffset.UTC, false, false);
      var scope =
          terms.copies(
              disk(),
              Optional.of(lease),
              PruneScope.Rules.of(rules, PruneScope.Commands.copies(DEMO, "Second")));
      return new Pruning(scope).run(Optional.empty());
    }
  }

  private interface Happening {
    void happen() throws IOException;
  }

  private void lose() throws IOException {
    disk()
        .shelf()
        .put("Demo/lease", "HOLDFAST/1 LEASE\nGeneration: 99\n".getBytes(StandardCharsets.UTF_8));
  }

  /// Another run, alive.
  private Lease held() throws Exception {
    var lease =
        new Lease(new Lease.Terms(DEMO, "", disk().shelf(), Optional.empty(), OFTEN, _ -> {}));
    assertThat(lease.acquire(Duration.ZERO)).isInstanceOf(Lease.Result.Granted.class);
    return lease;
  }

  private DiskStorage disk() {
    var disk =
        new Disk(
            second,
            Optional.empty(),
            false,
            new Threshold.Bytes(new ByteSize(0)),
            Optional.empty(),
            0,
            Optional.empty(),
            true);
    return new DiskStorage("Second", disk, false);
  }

  private void full(int day) {
    assertThat(at(day).run(new LevelWish.Exactly(Level.FULL)).exit()).isEqualTo(ExitCode.OK);
  }

  private LocalSet at(int day) {
    return set.at(FIRST.plus(Duration.ofDays(day)));
  }

  private long manifests() throws IOException {
    try (var files = Files.walk(second)) {
      return files.filter(file -> file.toString().endsWith(".manifest")).count();
    }
  }
}
