package dev.holdfast.plan;

import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.Priority;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Which waiting dump a free dump slot takes. Priority decides; inside one priority the slot's
/// letter does: `s`/`S` smallest or largest size first, `t`/`T` shortest or longest time, `b`/`B`
/// lowest or highest bandwidth. Only the smallest first would keep the longest dump for the end,
/// only the largest first would fill staging with a few; a mixture does neither.
///
/// @param letters one for each slot; slots beyond take `t` for the first three and `T` after them
public record DumpOrder(String letters) {
  private static final String BEYOND = "tttT";

  public DumpOrder {
    if (!letters.matches("[sStTbB]*")) {
      throw new IllegalArgumentException("letters are s S t T b B, was '" + letters + "'");
    }
  }

  /// A dump that may start now: its host, staging and the network have room for it.
  ///
  /// @param bytes what it will take of staging
  /// @param time how long it will take
  public record Waiting(SourceName source, Priority priority, long bytes, Duration time) {
    double bytesPerSecond() {
      return bytes * 1000.0 / Math.max(1, time.toMillis());
    }
  }

  /// The choice of the slot; empty when nothing waits.
  ///
  /// @param slot from 0
  /// @param waiting in the planner's order, which decides between equals
  public Optional<Waiting> next(int slot, List<Waiting> waiting) {
    return waiting.stream().min(preference(slot));
  }

  /// The slot's taste: the priority first, then its letter; equals stay in the planner's order.
  public Comparator<Waiting> preference(int slot) {
    return Comparator.comparingInt((Waiting dump) -> -dump.priority().days())
        .thenComparing(preferred(letter(slot)));
  }

  char letter(int slot) {
    return slot < letters.length()
        ? letters.charAt(slot)
        : BEYOND.charAt(Math.min(slot, BEYOND.length() - 1));
  }

  private static Comparator<Waiting> preferred(char letter) {
    return switch (letter) {
      case 's' -> Comparator.comparingLong(Waiting::bytes);
      case 'S' -> Comparator.comparingLong(Waiting::bytes).reversed();
      case 't' -> Comparator.comparing(Waiting::time);
      case 'T' -> Comparator.comparing(Waiting::time).reversed();
      case 'b' -> Comparator.comparingDouble(Waiting::bytesPerSecond);
      case 'B' -> Comparator.comparingDouble(Waiting::bytesPerSecond).reversed();
      default -> throw new IllegalStateException("no such letter: " + letter);
    };
  }
}
