package dev.holdfast.plan;

import dev.holdfast.model.Night;
import java.util.List;
import java.util.OptionalLong;

/// What a simulation foresees.
///
/// @param nights one for each day, days without a run too
/// @param volumes that hold what is kept at its largest; empty without a volume size
public record Forecast(List<Night> nights, OptionalLong volumes) {
  public Forecast {
    nights = List.copyOf(nights);
  }

  static Forecast of(List<Night> nights, OptionalLong volume) {
    long most = nights.stream().mapToLong(Night::kept).max().orElse(0);
    return new Forecast(
        nights,
        volume.isPresent() ? OptionalLong.of(Math.ceilDiv(most, volume.getAsLong())) : volume);
  }
}
