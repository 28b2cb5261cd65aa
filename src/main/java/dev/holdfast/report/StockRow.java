package dev.holdfast.report;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.Level;
import dev.holdfast.model.SetName;
import dev.holdfast.model.SourceKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Lines about what is in stock: volumes and what lies on them, and sets that are declared no more.
public sealed interface StockRow extends Row {

  /// A volume and whether it is in rotation.
  ///
  /// @param archivedSince empty while it may be written and pruned
  /// @param reason why it is archived; empty when nobody said
  record MediaRow(
      Label label,
      String storage,
      SetName set,
      long images,
      long usedBytes,
      Optional<Instant> archivedSince,
      String reason)
      implements StockRow {
    @Override
    public List<Field> fields() {
      return new Fields()
          .text("volume", label.value())
          .text("storage", storage)
          .text("set", set.value())
          .add("images", new Cell.Count(images))
          .add("used", new Cell.Bytes(usedBytes))
          .text("state", archivedSince.isPresent() ? "archived" : "active")
          .add("since", archivedSince.<Cell>map(Cell.At::new).orElseGet(Cell.Empty::new))
          .text("reason", reason)
          .list();
    }
  }

  /// An image on a volume.
  ///
  /// @param bytes of it on this volume
  /// @param fate `kept` or `expired`, as retention has it now
  record HeldRow(
      Label label,
      ImageId image,
      SourceKey source,
      Level level,
      Instant at,
      long bytes,
      String fate,
      String why)
      implements StockRow {
    @Override
    public List<Field> fields() {
      return new Fields()
          .text("volume", label.value())
          .text("image", image.value())
          .text("source", source.toString())
          .add("level", new Cell.Count(level.value()))
          .add("at", new Cell.At(at))
          .add("bytes", new Cell.Bytes(bytes))
          .text("fate", fate)
          .text("why", why)
          .list();
    }
  }

  /// A set that has images and is declared no more.
  ///
  /// @param state `unexplained`, `retained` or `purge`
  record FormerRow(SetName set, String state, long images, long storedBytes, String reason)
      implements StockRow {
    @Override
    public List<Field> fields() {
      return new Fields()
          .text("set", set.value())
          .text("state", state)
          .add("images", new Cell.Count(images))
          .add("stored", new Cell.Bytes(storedBytes))
          .text("reason", reason)
          .list();
    }
  }
}
