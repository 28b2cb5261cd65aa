package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.Priority;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DumpOrderTests {
  private static final List<DumpOrder.Waiting> QUEUE =
      List.of(
          dump("middle", Priority.MEDIUM, 50, 10),
          dump("small", Priority.MEDIUM, 10, 40),
          dump("large", Priority.MEDIUM, 90, 20),
          dump("minor", Priority.LOW, 1, 1),
          dump("hugeMinor", Priority.LOW, 999, 999));

  @ParameterizedTest
  @CsvSource({
    "s, small",
    "S, large",
    "t, middle",
    "T, small",
    "b, small",
    "B, middle",
  })
  void aLetterDecidesInsideAPriority(String letter, String expected) {
    assertThat(new DumpOrder(letter).next(0, QUEUE).orElseThrow().source())
        .isEqualTo(new SourceName(expected));
  }

  @Test
  void aHigherPriorityGoesFirstWhateverTheLetter() {
    var queue = List.of(QUEUE.get(0), dump("chief", Priority.HIGH, 500, 500));

    assertThat(new DumpOrder("s").next(0, queue).orElseThrow().source())
        .isEqualTo(new SourceName("chief"));
  }

  @Test
  void theFirstInTheQueueWinsAmongEquals() {
    var queue = List.of(dump("b", Priority.MEDIUM, 5, 5), dump("a", Priority.MEDIUM, 5, 5));

    assertThat(new DumpOrder("sS").next(1, queue).orElseThrow().source())
        .isEqualTo(new SourceName("b"));
  }

  @Test
  void slotsWithoutALetterTakeShortestThreeTimesThenLongest() {
    var order = new DumpOrder("S");

    assertThat(List.of(order.letter(0), order.letter(1), order.letter(2), order.letter(3)))
        .containsExactly('S', 't', 't', 'T');
    assertThat(order.letter(200)).isEqualTo('T');
  }

  @Test
  void anUnknownLetterIsRefused() {
    assertThatThrownBy(() -> new DumpOrder("sx")).hasMessageContaining("'sx'");
  }

  private static DumpOrder.Waiting dump(String name, Priority priority, long bytes, long seconds) {
    return new DumpOrder.Waiting(
        new SourceName(name), priority, bytes, Duration.ofSeconds(seconds));
  }
}
