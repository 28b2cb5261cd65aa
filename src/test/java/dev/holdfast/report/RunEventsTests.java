package dev.holdfast.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Estimate;
import dev.holdfast.model.Label;
import dev.holdfast.model.Level;
import dev.holdfast.model.Problem;
import dev.holdfast.model.SourceName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a person and a machine see while a run works.
class RunEventsTests {
  private static final SourceName WEB = new SourceName("web01-www");
  private final List<String> said = new ArrayList<>();
  private Instant now = Samples.START;

  @Test
  void tellsARunInLines() {
    var events = new TextEvents(said::add, true, () -> now);

    story()
        .forEach(
            event -> {
              now = now.plusSeconds(6);
              events.tell(event);
            });

    Golden.matches("events.txt", String.join("\n", said) + "\n");
  }

  @Test
  void tellsARunInJsonLines() {
    var events = new JsonEvents(said::add, () -> now);

    story()
        .forEach(
            event -> {
              now = now.plusSeconds(6);
              events.tell(event);
            });

    Golden.matches("events.jsonl", String.join("\n", said) + "\n");
  }

  @Test
  void drawsABarThatMakesRoomForLines() {
    var events = new BarEvents(said::add, 60, () -> now);

    events.tell(began(1000));
    now = now.plusSeconds(1);
    events.tell(new RunEvent.DumpProgress(WEB, 450));
    events.tell(new RunEvent.DumpEnded(Samples.good()));

    assertThat(said)
        .containsExactly(
            "dump web01-www level 0, about 1000 B: no full yet\n",
            "\r\u001b[Kweb01-www [....................] 0% 0 B",
            "\r\u001b[Kweb01-www [#########...........] 45% 450 B 450 B/s",
            "\r\u001b[K",
            "dump web01-www level 0 OK, 12.0 GiB in 1 min 35 s, stored 4.00 GiB\n");
  }

  @Test
  void aBarNeverFillsTheLine() {
    var events = new BarEvents(said::add, 20, () -> now);

    events.tell(began(1000));

    assertThat(said.getLast()).hasSize("\r\u001b[K".length() + 19);
  }

  @Test
  void tellsProgressAtEveryTenthAndNotInBetween() {
    var events = new TextEvents(said::add, true, () -> now);

    events.tell(began(1000));
    LongStream.rangeClosed(1, 1500)
        .forEach(
            n -> {
              now = now.plusSeconds(n % 10 == 0 ? 1 : 0);
              events.tell(new RunEvent.DumpProgress(WEB, n));
            });

    assertThat(said.stream().skip(1))
        .hasSize(9)
        .contains("dump web01-www 50 %, 500 B")
        .last()
        .isEqualTo("dump web01-www 90 %, 900 B");
  }

  @Test
  void tellsNoProgressOfWhatIsQuick() {
    var events = new TextEvents(said::add, true, () -> now);

    events.tell(began(1000));
    now = now.plusSeconds(4);
    events.tell(new RunEvent.DumpProgress(WEB, 900));

    assertThat(said).hasSize(1);
  }

  @Test
  void tellsProgressAfterFiveMinutesWithoutAny() {
    var events = new TextEvents(said::add, true, () -> now);

    events.tell(began(1000));
    events.tell(new RunEvent.DumpProgress(WEB, 1));
    now = now.plus(Duration.ofMinutes(5));
    events.tell(new RunEvent.DumpProgress(WEB, 2));

    assertThat(said.stream().skip(1)).containsExactly("dump web01-www 0 %, 2 B");
  }

  @Test
  void tellsProgressOfAnUnknownWholeByTimeOnly() {
    var events = new TextEvents(said::add, true, () -> now);

    events.tell(new RunEvent.Reading("verify Nightly-001", 5, 0));
    now = now.plus(Duration.ofSeconds(6));
    events.tell(new RunEvent.Reading("verify Nightly-001", 6, 0));
    now = now.plus(Duration.ofMinutes(6));
    events.tell(new RunEvent.Reading("verify Nightly-001", 2048, 0));

    assertThat(said).containsExactly("verify Nightly-001 2.00 KiB");
  }

  private static RunEvent.DumpBegan began(long bytes) {
    return new RunEvent.DumpBegan(
        WEB, Level.FULL, new Estimate(bytes, Estimate.Method.CLIENT), "no full yet");
  }

  private static Stream<RunEvent> story() {
    var image = Samples.ref("web01-www", 0, "20261124T213001Z-aaaa");
    return Stream.of(
        new RunEvent.RunBegan(Samples.RUN, Samples.SET, true),
        new RunEvent.PhaseBegan(RunEvent.Phase.PREPARE),
        new RunEvent.Note("removed debris: 2 files"),
        new RunEvent.PhaseEnded(RunEvent.Phase.PREPARE, Duration.ofMillis(40)),
        new RunEvent.PhaseBegan(RunEvent.Phase.MOVE),
        began(1 << 20),
        new RunEvent.DumpProgress(WEB, 600_000),
        new RunEvent.DumpEnded(Samples.good()),
        new RunEvent.WriteBegan(image, 4L << 30),
        new RunEvent.WriteProgress(image.image(), 2L << 30),
        new RunEvent.WriteEnded(image, List.of(new Label("Nightly-002"))),
        new RunEvent.DumpEnded(Samples.failed()),
        new RunEvent.DumpEnded(Samples.partial()),
        new RunEvent.Warning(new Problem("storage VaultDisk", "is away", "mount it")),
        new RunEvent.Reading("verify", 50, 100),
        new RunEvent.PhaseEnded(RunEvent.Phase.MOVE, Duration.ofSeconds(3)));
  }
}
