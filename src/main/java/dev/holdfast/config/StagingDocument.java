package dev.holdfast.config;

import dev.holdfast.model.ByteSize;
import dev.holdfast.model.declared.Key;
import dev.holdfast.model.declared.Later;
import dev.holdfast.model.declared.TextRule;
import java.util.Optional;

/// A document of kind Staging, as written.
record StagingDocument(
    @Flat Header header,
    @Key(
            value = "the folder, mode 0700; ${set} is the set's name",
            initially = "${state}/staging/${set}",
            text = TextRule.PLACED_PATH)
        String path,
    @Key(value = "most bytes that wait here", min = 1) Optional<ByteSize> sizeLimit,
    @Key(value = "free space that is never used", initially = "256MiB") ByteSize reserved,
    @Key("who owns the folder") @Later Optional<Access> access) {

  /// Owner and mode of the folder.
  record Access(
      @Key(value = "the user", text = TextRule.NAME) Optional<String> owner,
      @Key(value = "the mode", initially = "0700", text = TextRule.MODE) String mode) {}
}
