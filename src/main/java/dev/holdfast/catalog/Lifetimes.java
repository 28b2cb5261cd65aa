package dev.holdfast.catalog;

import dev.holdfast.model.Digest;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.Level;
import dev.holdfast.model.SourceName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// How the lives of images end: what retention must know of them, their tombstones, holds, and what
/// a person agreed to. Thread-safe.
public final class Lifetimes {
  private static final int LONGEST_REASON = 2000;

  private final JdbcClient client;
  private final TransactionTemplate transaction;

  Lifetimes(DataSource source) {
    this.client = JdbcClient.create(source);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(source));
  }

  /// Every image that is on media, or may still come there, newest first.
  public List<LifeRow> list() {
    var files = files();
    return client
        .sql(
            "SELECT * FROM image WHERE state IN ('PLANNED', 'STAGED', 'WRITING', 'STORED')"
                + " ORDER BY created_ms DESC, id DESC")
        .query((set, _) -> row(set, files))
        .list();
  }

  /// Images whose tombstone stands while their files may be there, newest first.
  public List<ImageId> expired() {
    return client
        .sql("SELECT id FROM image WHERE state = 'EXPIRED' ORDER BY created_ms DESC, id DESC")
        .query((set, _) -> new ImageId(set.getString("id")))
        .list();
  }

  /// Puts the tombstone: from now on nobody builds on the image or restores it.
  public void expire(ImageId image, String reason, Instant at) {
    change(
        "UPDATE image SET state = 'EXPIRED', ended_ms = ?, end_reason = ?"
            + " WHERE state = 'STORED' AND id = ?",
        image,
        at.toEpochMilli(),
        cut(reason));
  }

  /// Takes the tombstone back from an image that was not touched.
  public void revive(ImageId image) {
    change(
        "UPDATE image SET state = 'STORED', ended_ms = NULL, end_reason = ''"
            + " WHERE state = 'EXPIRED' AND id = ?",
        image);
  }

  /// Nothing of the image is on the set's own storage any more.
  ///
  /// @return PRUNED, or COPIED while a further storage holds it
  public ImageState pruned(ImageId image) {
    return Optional.ofNullable(
            transaction.execute(
                _ -> {
                  client
                      .sql("DELETE FROM image_file WHERE image_id = ?")
                      .param(image.value())
                      .update();
                  return ended(image);
                }))
        .orElseThrow();
  }

  private ImageState ended(ImageId image) {
    boolean copied =
        client
                .sql("SELECT COUNT(*) FROM image_copy WHERE image_id = ? AND state = 'STORED'")
                .param(image.value())
                .query(Long.class)
                .single()
            > 0;
    change(
        copied
            ? "UPDATE image SET state = 'COPIED' WHERE state = 'EXPIRED' AND id = ?"
            : "UPDATE image SET state = 'PRUNED', manifest = NULL"
                + " WHERE state = 'EXPIRED' AND id = ?",
        image);
    return copied ? ImageState.COPIED : ImageState.PRUNED;
  }

  /// Why and when an image was pruned; empty while it was not.
  public Optional<EndRow> end(ImageId image) {
    return client
        .sql("SELECT ended_ms, end_reason FROM image WHERE ended_ms IS NOT NULL AND id = ?")
        .param(image.value())
        .query(
            (set, _) ->
                new EndRow(
                    Instant.ofEpochMilli(set.getLong("ended_ms")), set.getString("end_reason")))
        .optional();
  }

  /// The end of an image.
  ///
  /// @param reason for people
  public record EndRow(Instant at, String reason) {}

  /// Every byte of the image was read and was right.
  public void verified(ImageId image, Instant at) {
    client
        .sql("UPDATE image SET verified_ms = ?, damaged_ms = NULL WHERE id = ?")
        .params(at.toEpochMilli(), image.value())
        .update();
  }

  /// Bytes of the image were not what was written.
  public void damaged(ImageId image, Instant at) {
    client
        .sql("UPDATE image SET damaged_ms = ? WHERE id = ?")
        .params(at.toEpochMilli(), image.value())
        .update();
  }

  /// Takes a volume out of rotation.
  public void hold(HoldRow hold) {
    transaction.executeWithoutResult(
        _ -> {
          release(hold.label());
          client
              .sql("INSERT INTO hold (label, since_ms, reason) VALUES (?, ?, ?)")
              .params(hold.label().value(), hold.since().toEpochMilli(), cut(hold.reason()))
              .update();
        });
  }

  public void release(Label label) {
    client.sql("DELETE FROM hold WHERE label = ?").param(label.value()).update();
  }

  public List<HoldRow> holds() {
    return client
        .sql("SELECT * FROM hold ORDER BY label")
        .query(
            (set, _) ->
                new HoldRow(
                    new Label(set.getString("label")),
                    Instant.ofEpochMilli(set.getLong("since_ms")),
                    set.getString("reason")))
        .list();
  }

  public void agree(AgreementRow row) {
    client
        .sql("INSERT INTO agreement (digest, given_ms, newest_ms) VALUES (?, ?, ?)")
        .params(row.digest().hex(), row.at().toEpochMilli(), row.newest().toEpochMilli())
        .update();
  }

  /// The last one.
  public Optional<AgreementRow> agreement() {
    return client
        .sql("SELECT * FROM agreement ORDER BY given_ms DESC LIMIT 1")
        .query(
            (set, _) ->
                new AgreementRow(
                    new Digest(set.getString("digest")),
                    Instant.ofEpochMilli(set.getLong("given_ms")),
                    Instant.ofEpochMilli(set.getLong("newest_ms"))))
        .optional();
  }

  public void retire(RetirementRow row) {
    client.sql("DELETE FROM retirement").update();
    client
        .sql("INSERT INTO retirement (given_ms, outcome, reason) VALUES (?, ?, ?)")
        .params(row.at().toEpochMilli(), row.purged() ? "PURGE" : "RETAIN", cut(row.reason()))
        .update();
  }

  /// Empty for a set that runs, and for one that was never ended on purpose.
  public Optional<RetirementRow> retirement() {
    return client
        .sql(
            "SELECT * FROM retirement WHERE given_ms >="
                + " (SELECT COALESCE(MAX(started_ms), 0) FROM run)")
        .query(
            (set, _) ->
                new RetirementRow(
                    Instant.ofEpochMilli(set.getLong("given_ms")),
                    set.getString("outcome").equals("PURGE"),
                    set.getString("reason")))
        .optional();
  }

  private Map<ImageId, Files> files() {
    var found = new HashMap<ImageId, Files>();
    client
        .sql(
            "SELECT image_id, volume, SUM(length) AS bytes FROM image_file GROUP BY image_id, volume")
        .query(
            set -> {
              var files =
                  found.computeIfAbsent(new ImageId(set.getString("image_id")), _ -> new Files());
              files.bytes += set.getLong("bytes");
              files.volumes.add(new Label(set.getString("volume")));
            });
    return found;
  }

  /// What lies on media of one image.
  private static final class Files {
    private long bytes;
    private final Set<Label> volumes = new HashSet<>();
  }

  private static LifeRow row(ResultSet set, Map<ImageId, Files> files) throws SQLException {
    var image = new ImageId(set.getString("id"));
    var onMedia = files.getOrDefault(image, new Files());
    return new LifeRow(
        image,
        new SourceName(set.getString("source")),
        Level.of(set.getInt("level")),
        Optional.of(set.getString("parent")).filter(id -> !id.isEmpty()).map(ImageId::new),
        Instant.ofEpochMilli(set.getLong("created_ms")),
        ImageState.valueOf(set.getString("state")),
        Verdict.valueOf(set.getString("verdict")),
        onMedia.bytes,
        onMedia.volumes,
        instant(set, "verified_ms"),
        instant(set, "damaged_ms"));
  }

  private static Optional<Instant> instant(ResultSet set, String column) throws SQLException {
    long millis = set.getLong(column);
    return set.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private void change(String update, ImageId image, Object... values) {
    var statement = client.sql(update).params(List.of(values)).param(image.value());
    if (statement.update() != 1) {
      throw new IllegalStateException("image " + image + " is in no state for: " + update);
    }
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON);
  }
}
