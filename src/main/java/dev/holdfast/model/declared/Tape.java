package dev.holdfast.model.declared;

import java.util.List;
import java.util.Optional;

/// A storage of type `tape`; declared and checked, written by a later release.
public record Tape(
    @Key("the changer") Optional<Device> changer,
    @Key("the drives") List<Drive> drives,
    @Key(value = "the pool of slots", text = TextRule.SLOTS) Optional<String> slots,
    @Key(value = "slots of the mail station", text = TextRule.SLOTS) List<String> importExport,
    @Key(value = "label blank media when one is needed", initially = "false") boolean autoLabel,
    @Key(value = "do not trust the bar codes", initially = "false") boolean ignoreBarcodes,
    @Key("encryption by the drive") Optional<HardwareEncryption> hardwareEncryption,
    @Key("when media leave the library") Optional<Export> export)
    implements StorageSpec {

  public Tape {
    drives = List.copyOf(drives);
    importExport = List.copyOf(importExport);
  }

  public record Device(@Key(value = "its stable name", text = TextRule.DEVICE) String byId) {}

  public record Drive(
      @Key(value = "its name in declarations", text = TextRule.NAME) String name,
      @Key(value = "its stable name", text = TextRule.DEVICE) String byId,
      @Key(value = "its number in the changer", max = 1000) int index) {}

  public record HardwareEncryption(@Key("the key") Secret key) {}

  public record Export(
      @Key(value = "the rhythm", text = TextRule.NAME) String every,
      @Key(value = "sets whose media leave", text = TextRule.SET_NAME) List<String> sets,
      @Key(value = "where they go", text = TextRule.NAME) Optional<String> vaultSite) {

    public Export {
      sets = List.copyOf(sets);
    }
  }
}
