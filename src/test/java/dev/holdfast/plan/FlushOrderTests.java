package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.declared.How.MediaUtilization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlushOrderTests {
  private static final Instant TONIGHT = Instant.parse("2026-11-25T22:00:00Z");
  private static final Instant YESTERDAY = Instant.parse("2026-11-24T22:00:00Z");
  private static final List<FlushOrder.Staged> QUEUE =
      List.of(
          staged("a", TONIGHT, 1, 60),
          staged("b", TONIGHT, 2, 20),
          staged("c", TONIGHT, 3, 40),
          staged("d", TONIGHT, 4, 90),
          staged("e", TONIGHT, 5, 30));

  @ParameterizedTest
  @CsvSource({
    "FIRST, a",
    "FIRST_FIT, b",
    "LARGEST, d",
    "LARGEST_FIT, c",
    "SMALLEST, b",
    "LAST, e",
  })
  void eachRulePicksItsImage(MediaUtilization rule, String expected) {
    assertThat(next(rule, QUEUE, 50)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"FIRST_FIT", "LARGEST_FIT"})
  void whereNothingFitsTheSmallestIsTaken(MediaUtilization rule) {
    assertThat(next(rule, QUEUE, 5)).isEqualTo("b");
  }

  @ParameterizedTest
  @CsvSource({"FIRST, b", "LARGEST, c", "SMALLEST, b", "LAST, e", "LARGEST_FIT, c"})
  void aSecondWriterTakesOnlyWhatFitsBesideTheFirst(MediaUtilization rule, String expected) {
    var order = new FlushOrder(rule);

    assertThat(order.next(QUEUE, new FlushOrder.Target(OptionalLong.of(50), true)))
        .map(image -> image.image().value())
        .contains(expected);
    assertThat(order.next(QUEUE, new FlushOrder.Target(OptionalLong.of(5), true))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"FIRST", "FIRST_FIT", "LARGEST", "LARGEST_FIT", "SMALLEST", "LAST"})
  void anOlderBacklogDrainsBeforeTonight(MediaUtilization rule) {
    var queue = new ArrayList<>(QUEUE);
    queue.add(staged("old", YESTERDAY, 9, 70));

    assertThat(next(rule, queue, 50)).isEqualTo("old");
  }

  @Test
  void nothingIsTakenOfAnEmptyStaging() {
    assertThat(
            new FlushOrder(MediaUtilization.FIRST).next(List.of(), FlushOrder.Target.unlimited()))
        .isEmpty();
  }

  @Property(tries = 1000)
  void everyImageIsTakenOnceAndNoneForgotten(
      @ForAll MediaUtilization rule,
      @ForAll @Size(max = 12) List<@IntRange(max = 100) Integer> sizes,
      @ForAll @IntRange(max = 100) int room) {
    var queue = new ArrayList<FlushOrder.Staged>();
    for (int i = 0; i < sizes.size(); i++) {
      queue.add(staged("i" + i, i % 3 == 0 ? YESTERDAY : TONIGHT, i, sizes.get(i)));
    }
    var order = new FlushOrder(rule);
    var taken = new ArrayList<FlushOrder.Staged>();
    while (!queue.isEmpty()) {
      var next = order.next(queue, new FlushOrder.Target(OptionalLong.of(room), false));
      taken.add(next.orElseThrow());
      queue.remove(next.get());
    }

    assertThat(taken).hasSize(sizes.size()).doesNotHaveDuplicates();
    assertThat(taken.stream().map(FlushOrder.Staged::run)).isSorted();
  }

  private static String next(MediaUtilization rule, List<FlushOrder.Staged> queue, long room) {
    return new FlushOrder(rule)
        .next(queue, new FlushOrder.Target(OptionalLong.of(room), false))
        .orElseThrow()
        .image()
        .value();
  }

  private static FlushOrder.Staged staged(String name, Instant run, int minute, long bytes) {
    return new FlushOrder.Staged(new ImageId(name), run, TONIGHT.plusSeconds(60L * minute), bytes);
  }
}
