package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.config.LoadRequest;
import dev.holdfast.config.LoadResult;
import dev.holdfast.config.Loader;
import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.Trees;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.declared.Schedule.OnWindowEnd;
import dev.holdfast.plan.LevelWish;
import dev.holdfast.plan.calendar.WindowEnd;
import dev.holdfast.report.RunEvent;
import dev.holdfast.report.RunReport;
import dev.holdfast.report.SourceReport.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a run does about room, order and failures, with real dumps inside this process.
class DriverTests {
  private static final long SEED = 4711;

  @TempDir Path root;
  Repository repository;
  List<String> notes = new ArrayList<>();
  StopSignal stop = new StopSignal();

  @BeforeEach
  void declare() {
    repository = Repository.in(root);
  }

  @Test
  void sourcesThatDoNotFitTogetherAreStagedOneAfterTheOther() throws Exception {
    repository.staging("4MiB").set(sources(4, 1 << 20), "how: { clientParallel: 4 }");

    var report = run(_ -> {});

    assertThat(report.problems()).isEmpty();
    assertThat(report.exit()).isEqualTo(ExitCode.OK);
    assertThat(report.sources()).allMatch(source -> source.verdict() == Verdict.OK);
    assertThat(repository.staging()).isEmptyDirectory();
  }

  @Test
  void aDumpThatOutgrowsStagingStartsAgainStraightToMedia() throws Exception {
    repository.staging("3MiB").set(sources(1, 1000), "");
    run(_ -> {});
    random(root.resolve("s0/more"), 10);
    run(_ -> {});
    random(root.resolve("s0/much"), 8 << 20);

    var report = run(_ -> {});

    assertThat(notes)
        .contains(
            "source S0: paused: it outgrew its room in staging",
            "source S0 leaves staging: it outgrew its room in staging, and nothing there is being"
                + " written");
    assertThat(report.exit()).isEqualTo(ExitCode.OK);
    assertThat(report.sources().getFirst().image().orElseThrow().rawBytes()).isGreaterThan(8 << 20);
    assertThat(repository.staging()).isEmptyDirectory();
  }

  @Test
  void whatMustBeStagedAndHasNoRoomFails() throws Exception {
    repository.staging("1MiB").file("backupsets/demo.yaml", required(sources(1, 4 << 20)));

    var report = run(_ -> {});

    assertThat(report.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(report.sources().getFirst().problem().orElseThrow().text()).contains("staging");
  }

  @Test
  void aFailedDumpIsTriedOnceMoreAtTheEnd() throws Exception {
    repository.set(sources(2, 1000), "");
    var begun = new ArrayList<String>();

    var report =
        run(
            event -> {
              if (event instanceof RunEvent.DumpBegan began) {
                begun.add(began.source().value());
                var tree = root.resolve(began.source().value().toLowerCase(java.util.Locale.ROOT));
                if (begun.size() == 1) {
                  move(tree, root.resolve("aside"));
                } else if (begun.size() == 3) {
                  move(root.resolve("aside"), tree);
                }
              }
            });

    assertThat(begun).hasSize(3);
    assertThat(begun.get(2)).isEqualTo(begun.get(0)).isNotEqualTo(begun.get(1));
    assertThat(report.exit()).isEqualTo(ExitCode.OK);
  }

  @Test
  void aFailedDumpEndsTheRunWhereThatIsWanted() throws Exception {
    repository.set(sources(2, 1000), "how: { onSourceFailure: stop }");
    var begun = new ArrayList<String>();

    var report =
        run(
            event -> {
              if (event instanceof RunEvent.DumpBegan began) {
                begun.add(began.source().value());
                move(
                    root.resolve(began.source().value().toLowerCase(java.util.Locale.ROOT)),
                    root.resolve("aside"));
              }
            });

    assertThat(begun).hasSize(1);
    assertThat(report.count(Verdict.SKIPPED)).isEqualTo(1);
    assertThat(report.exit()).isEqualTo(ExitCode.TEMPFAIL);
  }

  @Test
  void whatIsStagedWhenTheWindowClosesIsSafeAndTheNextRunGoesOn() throws Exception {
    repository.set(sources(2, 1000), "");
    stop.close("the window has closed");

    var closed = run(_ -> {});

    assertThat(closed.exit()).isEqualTo(ExitCode.TEMPFAIL);
    assertThat(closed.count(Verdict.SKIPPED)).isEqualTo(2);
    assertThat(closed.sources().getFirst().problem().orElseThrow().text())
        .contains("was not dumped: the window has closed");

    stop = new StopSignal();
    var next = run(_ -> {});

    assertThat(next.resumed()).isTrue();
    assertThat(next.run()).isEqualTo(closed.run());
    assertThat(next.exit()).isEqualTo(ExitCode.OK);
  }

  @Test
  void aRunEndsWithItsWindowAndTheNextOneGoesOn() throws Exception {
    repository.set(sources(2, 1000), "");
    var window = new WindowEnd(Instant.now().plusSeconds(2), OnWindowEnd.STOP);

    var ended = Backup.run(request().within(Optional.of(window)), this::waitUntilStopped, stop);

    assertThat(ended.exit()).isEqualTo(ExitCode.TEMPFAIL);
    stop = new StopSignal();
    var next = run(_ -> {});
    assertThat(next.run()).isEqualTo(ended.run());
    assertThat(next.exit()).isEqualTo(ExitCode.OK);
  }

  private void waitUntilStopped(RunEvent event) {
    if (event instanceof RunEvent.RunBegan) {
      Awaitility.await().until(stop::stopped);
    }
  }

  @Test
  void imagesStayInStagingUntilAVolumeIsWorthBeginning() throws Exception {
    repository.set(sources(2, 1000), "how: { startVolume: { scheduled: 50, atEnd: 50 } }");

    var held = run(_ -> {});

    assertThat(held.exit()).isEqualTo(ExitCode.OK);
    assertThat(held.waiting().images()).isEqualTo(2);
    assertThat(notes).anyMatch(note -> note.contains("stay in staging, a volume is begun above"));
    assertThat(flush().flushed()).hasSize(2);
    assertThat(repository.staging()).isEmptyDirectory();
  }

  @Test
  void aBacklogStaysInStagingUntilItIsAskedFor() throws Exception {
    repository.set(sources(1, 1000), "");
    run(_ -> {});
    move(repository.storage(), root.resolve("away"));
    random(root.resolve("s0/more"), 1000);
    var away = run(_ -> {});
    move(root.resolve("away"), repository.storage());
    repository.file("backupsets/demo.yaml", backlogOff());

    var next = run(_ -> {});

    assertThat(away.exit()).isEqualTo(ExitCode.TEMPFAIL);
    assertThat(next.waiting().images()).isEqualTo(1);
    assertThat(flush().flushed()).hasSize(1);
    assertThat(repository.staging()).isEmptyDirectory();
  }

  private List<String> sources(int count, int bytes) throws IOException {
    var names = new ArrayList<String>();
    for (int n = 0; n < count; n++) {
      var tree = Trees.fill(root.resolve("s" + n), 3, 100, n);
      random(tree.resolve("random"), bytes);
      repository.source("S" + n, tree);
      names.add("S" + n);
    }
    return names;
  }

  private static void random(Path file, int bytes) throws IOException {
    var content = new byte[bytes];
    new Random(SEED + bytes).nextBytes(content);
    Files.write(file, content);
  }

  private static String required(List<String> sources) {
    return """
        kind: BackupSet
        name: Demo
        what: { sources: %s }
        where: { storage: Vault }
        staging: { use: { ref: Scratch, mode: required } }
        """
        .formatted(sources);
  }

  private static String backlogOff() {
    return """
        kind: BackupSet
        name: Demo
        what: { sources: [S0] }
        where: { storage: Vault }
        staging: { use: { ref: Scratch }, autoFlush: off }
        media: { cycleDays: 7, retentionDays: 90, partSize: 1MiB }
        """;
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private RunReport run(Consumer<RunEvent> listener) throws Exception {
    return Backup.run(
        request(),
        event -> {
          if (event instanceof RunEvent.Note(var text)) {
            notes.add(text);
          }
          listener.accept(event);
        },
        stop);
  }

  private RunReport flush() throws Exception {
    return Backup.flush(request(), _ -> {}, new StopSignal());
  }

  private RunRequest request() {
    var loaded =
        Loader.load(
            new LoadRequest(repository.folder(), Optional.of(root.resolve("state")), Map.of()));
    assertThat(loaded).isInstanceOf(LoadResult.Loaded.class);
    var declarations = ((LoadResult.Loaded) loaded).declarations();
    return new RunRequest(
        declarations,
        declarations.set("Demo").orElseThrow(),
        new LevelWish.Auto(),
        Set.of(),
        false,
        Duration.ZERO,
        Clock.systemUTC());
  }
}
