package dev.holdfast.catalog;

import dev.holdfast.model.Label;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The volumes that the catalog knows, of every storage that the set writes to. Thread-safe.
public final class Inventory {
  private final JdbcClient client;

  Inventory(DataSource source) {
    this.client = JdbcClient.create(source);
  }

  /// A volume was labelled, or seen; one of the same label that is known takes its identity.
  public void know(VolumeRow volume) {
    client
        .sql(
            "MERGE INTO volume USING (VALUES (CAST(? AS VARCHAR(255)), CAST(? AS CHAR(36)),"
                + " CAST(? AS VARCHAR(255)), CAST(? AS BIGINT))) AS v (label, uuid, storage, ms)"
                + " ON volume.label = v.label WHEN MATCHED THEN UPDATE SET uuid = v.uuid"
                + " WHEN NOT MATCHED THEN INSERT VALUES (v.label, v.uuid, v.storage, v.ms)")
        .params(
            volume.label().value(),
            volume.uuid().toString(),
            volume.storage(),
            volume.labelledAt().toEpochMilli())
        .update();
  }

  /// The storages that hold files of the set's own images.
  public List<String> homes() {
    return client
        .sql(
            "SELECT DISTINCT storage FROM volume WHERE label IN (SELECT volume FROM image_file)"
                + " ORDER BY storage")
        .query((set, _) -> set.getString("storage"))
        .list();
  }

  /// The labels of a storage's volumes, in order.
  public SequencedSet<Label> labels(String storage) {
    return volumes().stream()
        .filter(volume -> volume.storage().equals(storage))
        .map(VolumeRow::label)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /// Every volume, by label.
  public List<VolumeRow> volumes() {
    return client
        .sql("SELECT * FROM volume ORDER BY label")
        .query(
            (set, _) ->
                new VolumeRow(
                    new Label(set.getString("label")),
                    UUID.fromString(set.getString("uuid")),
                    set.getString("storage"),
                    Instant.ofEpochMilli(set.getLong("labelled_ms"))))
        .list();
  }
}
