package dev.holdfast.catalog;

import dev.holdfast.image.Digests;
import dev.holdfast.image.Manifest;
import dev.holdfast.image.ManifestCodec;
import dev.holdfast.model.ImageId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Copies of images on further storages, and how far each has come. `WRITING -> STORED`; a copy
/// exists when its own manifest is durable on that storage. Thread-safe.
public final class Copies {
  private final JdbcClient client;
  private final TransactionTemplate transaction;

  Copies(DataSource source) {
    this.client = JdbcClient.create(source);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(source));
  }

  /// A copy is begun, or gone on with.
  public void begin(ImageId image, String storage, Instant at) {
    if (find(image, storage).isEmpty()) {
      client
          .sql("INSERT INTO image_copy (image_id, storage, state, begun_ms) VALUES (?, ?, ?, ?)")
          .params(image.value(), storage, CopyState.WRITING.name(), at.toEpochMilli())
          .update();
    }
  }

  /// One file of a copy is durable there.
  public void onMedia(ImageId image, String storage, Manifest.Entry entry) {
    var place = entry.place().orElseThrow();
    transaction.executeWithoutResult(
        _ -> {
          client
              .sql(
                  "DELETE FROM image_copy_file WHERE image_id = ? AND storage = ? AND kind = ?"
                      + " AND number = ?")
              .params(image.value(), storage, entry.kind().name(), entry.file().number())
              .update();
          client
              .sql("INSERT INTO image_copy_file VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
              .params(
                  image.value(),
                  storage,
                  entry.kind().name(),
                  entry.file().number(),
                  entry.file().length(),
                  entry.file().digest().hex(),
                  place.volume().value(),
                  place.number())
              .update();
        });
  }

  /// What is there of a copy that has no manifest there yet.
  public List<Manifest.Entry> onMedia(ImageId image, String storage) {
    return client
        .sql(
            "SELECT * FROM image_copy_file WHERE image_id = ? AND storage = ? ORDER BY kind, number")
        .params(image.value(), storage)
        .query(ImageMapper::entry)
        .list();
  }

  /// The copy's manifest is durable. Also what a rebuild says of every manifest it finds there.
  public void stored(String storage, Manifest manifest, Instant at) {
    var image = manifest.image();
    transaction.executeWithoutResult(
        _ -> {
          begin(image, storage, at);
          forgetFiles(image, storage);
          client
              .sql(
                  "UPDATE image_copy SET state = ?, stored_ms = ?, manifest = ?, manifest_digest = ?,"
                      + " verified_ms = NULL, damaged_ms = NULL WHERE image_id = ? AND storage = ?")
              .params(
                  CopyState.STORED.name(),
                  at.toEpochMilli(),
                  ImageMapper.json(manifest),
                  Digests.of(ManifestCodec.encode(manifest)).hex(),
                  image.value(),
                  storage)
              .update();
        });
  }

  /// The copy is not there any more, or never will be.
  public void forget(ImageId image, String storage) {
    transaction.executeWithoutResult(
        _ -> {
          forgetFiles(image, storage);
          client
              .sql("DELETE FROM image_copy WHERE image_id = ? AND storage = ?")
              .params(image.value(), storage)
              .update();
        });
  }

  /// Every byte of the copy was read and was right.
  public void verified(ImageId image, String storage, Instant at) {
    client
        .sql(
            "UPDATE image_copy SET verified_ms = ?, damaged_ms = NULL"
                + " WHERE image_id = ? AND storage = ?")
        .params(at.toEpochMilli(), image.value(), storage)
        .update();
  }

  /// Bytes of the copy were not what was written.
  public void damaged(ImageId image, String storage, Instant at) {
    client
        .sql("UPDATE image_copy SET damaged_ms = ? WHERE image_id = ? AND storage = ?")
        .params(at.toEpochMilli(), image.value(), storage)
        .update();
  }

  /// Puts the tombstone: from now on nobody restores from the copy.
  public void expire(ImageId image, String storage) {
    change(image, storage, CopyState.STORED, CopyState.EXPIRED);
  }

  /// Takes the tombstone back from a copy that was not touched.
  public void revive(ImageId image, String storage) {
    change(image, storage, CopyState.EXPIRED, CopyState.STORED);
  }

  /// Nothing of the copy is there any more. An image that lived on copies alone ends with its last.
  ///
  /// @return true when nothing of the image is left anywhere
  public boolean pruned(ImageId image, String storage) {
    return Boolean.TRUE.equals(
        transaction.execute(
            _ -> {
              change(image, storage, CopyState.EXPIRED, CopyState.PRUNED);
              client
                  .sql("UPDATE image_copy SET manifest = NULL WHERE image_id = ? AND storage = ?")
                  .params(image.value(), storage)
                  .update();
              boolean left = of(image).stream().anyMatch(CopyRow::isStored);
              return !left && endCopied(image);
            }));
  }

  private boolean endCopied(ImageId image) {
    return client
            .sql(
                "UPDATE image SET state = 'PRUNED', manifest = NULL WHERE state = 'COPIED' AND id = ?")
            .param(image.value())
            .update()
        == 1;
  }

  private void change(ImageId image, String storage, CopyState from, CopyState to) {
    int changed =
        client
            .sql("UPDATE image_copy SET state = ? WHERE image_id = ? AND storage = ? AND state = ?")
            .params(to.name(), image.value(), storage, from.name())
            .update();
    if (changed != 1) {
      throw new IllegalStateException(
          "the copy of " + image + " on " + storage + " is not " + from);
    }
  }

  public Optional<CopyRow> find(ImageId image, String storage) {
    return client
        .sql("SELECT * FROM image_copy WHERE image_id = ? AND storage = ?")
        .params(image.value(), storage)
        .query(Copies::row)
        .optional();
  }

  /// Every copy of an image, by storage.
  public List<CopyRow> of(ImageId image) {
    return client
        .sql("SELECT * FROM image_copy WHERE image_id = ? ORDER BY storage")
        .param(image.value())
        .query(Copies::row)
        .list();
  }

  /// Every copy on a storage, the oldest first.
  public List<CopyRow> on(String storage) {
    return client
        .sql("SELECT * FROM image_copy WHERE storage = ? ORDER BY begun_ms, image_id")
        .param(storage)
        .query(Copies::row)
        .list();
  }

  /// Images of which a storage has a whole copy, or had one that has expired: none is made again.
  /// One that is known to be damaged is.
  public Set<ImageId> reached(String storage) {
    return client
        .sql(
            "SELECT image_id FROM image_copy WHERE storage = ? AND state <> 'WRITING'"
                + " AND NOT (state = 'STORED' AND damaged_ms IS NOT NULL)")
        .param(storage)
        .query((set, _) -> new ImageId(set.getString("image_id")))
        .set();
  }

  /// The storages that hold copies, or once did.
  public List<String> storages() {
    return client
        .sql("SELECT DISTINCT storage FROM image_copy ORDER BY storage")
        .query((set, _) -> set.getString("storage"))
        .list();
  }

  /// The copies that exist, by image.
  public Map<ImageId, List<CopyRow>> stored() {
    return client
        .sql("SELECT * FROM image_copy WHERE state = 'STORED' ORDER BY storage")
        .query(Copies::row)
        .list()
        .stream()
        .collect(Collectors.groupingBy(CopyRow::image));
  }

  private void forgetFiles(ImageId image, String storage) {
    client
        .sql("DELETE FROM image_copy_file WHERE image_id = ? AND storage = ?")
        .params(image.value(), storage)
        .update();
  }

  private static Optional<Instant> instant(ResultSet set, String column) throws SQLException {
    long millis = set.getLong(column);
    return set.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static CopyRow row(ResultSet set, int number) throws SQLException {
    long stored = set.getLong("stored_ms");
    return new CopyRow(
        new ImageId(set.getString("image_id")),
        set.getString("storage"),
        CopyState.valueOf(set.getString("state")),
        Instant.ofEpochMilli(set.getLong("begun_ms")),
        stored == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(stored)),
        instant(set, "verified_ms"),
        instant(set, "damaged_ms"),
        ImageMapper.manifest(set.getString("manifest")));
  }
}
