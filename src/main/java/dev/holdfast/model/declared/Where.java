package dev.holdfast.model.declared;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// Where a set's images go.
public record Where(
    @Key(value = "a Storage; fixed after the first image", text = TextRule.NAME) String storage,
    @Key(value = "slots of the library", text = TextRule.SLOTS) @Later List<String> slots,
    @Key(value = "drives of the library", text = TextRule.NAME) @Later List<String> drives,
    @Key("speed and threads") Optional<Transfer> transfer,
    @Key("move the set to another storage") @Later Optional<Rebind> rebind) {

  public Where {
    slots = List.copyOf(slots);
    drives = List.copyOf(drives);
  }

  public record Rebind(
      @Key(value = "the storage it had", text = TextRule.NAME) String from,
      @Key("how long the old images stay") Optional<LocalDate> keepOldUntil) {}
}
