package dev.holdfast.model.declared;

import dev.holdfast.model.ByteSize;
import java.util.Optional;

/// A frozen view of the source that is dumped instead of the living one.
public record Snapshot(@Key("an LVM snapshot") Optional<Lvm> lvm) {

  public record Lvm(
      @Key(value = "the volume group", text = TextRule.NAME) String volumeGroup,
      @Key(value = "room for changes while it exists", min = 1) ByteSize size) {}
}
