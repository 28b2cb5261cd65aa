package dev.holdfast.config;

import dev.holdfast.model.ByteSize;
import dev.holdfast.model.declared.Disk;
import dev.holdfast.model.declared.Key;
import dev.holdfast.model.declared.S3;
import dev.holdfast.model.declared.Storage;
import dev.holdfast.model.declared.Tape;
import dev.holdfast.model.declared.Taperscan;
import dev.holdfast.model.declared.TextRule;
import dev.holdfast.model.declared.Threshold;
import java.nio.file.Path;
import java.util.Optional;

/// A document of kind Storage, as written.
record StorageDocument(
    @Flat Header header,
    @Key("the kind of device") StorageType type,
    @Key(value = "the building it stands in", text = TextRule.NAME) Optional<String> site,
    @Key("the medium, for the 3-2-1 rule") Optional<Storage.MediaClass> mediaClass,
    @Key(value = "order in which volumes are searched", initially = "traditional")
        Taperscan taperscan,
    @Key(value = "volumes are out of rotation, nothing is pruned", initially = "false")
        boolean archived,
    @Key("disk: where") Optional<DiskForm> disk,
    @Key("tape: which library") Optional<Tape> tape,
    @Key("s3: which bucket") Optional<S3> s3) {

  /// The seed's types of device.
  enum StorageType {
    DISK,
    TAPE,
    S3
  }

  /// A disk, as written.
  record DiskForm(
      @Key(value = "the folder that holds the volumes", text = TextRule.PLACED_PATH) String path,
      @Key(value = "content of its file .holdfast-identity", text = TextRule.SENTENCE)
          Optional<String> identity,
      @Key(value = "the path, or a parent of it, must be a mount point", initially = "false")
          boolean requireMount,
      @Key(value = "free space below which nothing is written", initially = "256MiB")
          Threshold minFree,
      @Key("used share above which nothing is written") Optional<Threshold> maxUsed,
      @Key(value = "create and label volumes when needed", initially = "true") boolean autoLabel,
      @Key("how many volumes, how large") Vtapes vtapes) {

    Disk bound(Path folder) {
      return new Disk(
          folder, identity, requireMount, minFree, maxUsed, vtapes.count, vtapes.size, autoLabel);
    }
  }

  /// Virtual tapes: volumes of a disk.
  record Vtapes(
      @Key(value = "most volumes; 0 = no limit", initially = "0", max = 100000) int count,
      @Key(value = "capacity of one volume", min = 1L << 20) Optional<ByteSize> size) {}
}
