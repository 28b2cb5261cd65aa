package dev.holdfast.model.declared;

import dev.holdfast.model.ByteSize;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/// How fast and how parallel data travel to and from a storage.
public record Transfer(
    @Key(value = "uploads at once", initially = "4", min = 1, max = 64) int uploadThreads,
    @Key(value = "downloads at once", initially = "4", min = 1, max = 64) int downloadThreads,
    @Key(value = "a limit, or a table of limits by time", shorthand = "limit")
        List<Speed> speedPerThread) {

  public Transfer {
    speedPerThread = List.copyOf(speedPerThread);
  }

  public record Speed(
      @Key("on these days") Optional<Days> days,
      @Key("from this time") Optional<LocalTime> from,
      @Key("until this time") Optional<LocalTime> to,
      @Key(value = "bytes a second", min = 1) ByteSize limit) {}
}
