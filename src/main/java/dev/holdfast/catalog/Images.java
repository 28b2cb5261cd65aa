package dev.holdfast.catalog;

import dev.holdfast.image.Digests;
import dev.holdfast.image.Manifest;
import dev.holdfast.image.ManifestCodec;
import dev.holdfast.model.Digest;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Level;
import dev.holdfast.model.PlannedDump;
import dev.holdfast.model.RunId;
import dev.holdfast.model.RunPlan;
import dev.holdfast.model.SourceName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Images and the places of their files. A change of state that is not the expected one is refused:
/// the rows are the truth about a run. Thread-safe.
public final class Images {
  /// An image that lives on copies alone has their tombstone.
  private static final String SELECT =
      "SELECT image.*, CASE WHEN state = 'COPIED' AND NOT EXISTS (SELECT 1 FROM image_copy"
          + " WHERE image_copy.image_id = image.id AND image_copy.state = 'STORED')"
          + " THEN 'EXPIRED' ELSE state END AS standing FROM image ";

  private final JdbcClient client;
  private final TransactionTemplate transaction;
  private final Places places;

  Images(DataSource source) {
    this.client = JdbcClient.create(source);
    this.places = new Places(client);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(source));
  }

  /// All dumps of a plan, in its order, or none.
  public void plan(RunPlan plan) {
    transaction.executeWithoutResult(
        _ -> {
          int order = 0;
          for (var dump : plan.dumps()) {
            insert(plan.run(), dump, plan.at(), order++, ImageState.PLANNED);
          }
        });
  }

  /// What a run planned for one source.
  public Optional<ImageRow> planned(RunId run, SourceName source) {
    return rows(SELECT + "WHERE run_id = ? AND source = ?", run.value(), source.value()).stream()
        .findFirst();
  }

  /// What a run planned, in its order.
  public List<ImageRow> planned(RunId run) {
    return rows(SELECT + "WHERE run_id = ? ORDER BY plan_order", run.value());
  }

  public Optional<ImageRow> find(ImageId image) {
    return rows(SELECT + "WHERE id = ?", image.value()).stream().findFirst();
  }

  /// Images whose id begins so.
  public List<ImageRow> matching(String prefix) {
    return rows(SELECT + "WHERE LEFT(id, " + prefix.length() + ") = ?", prefix);
  }

  /// Every image, newest first.
  public List<ImageRow> list() {
    return rows(SELECT + "ORDER BY created_ms DESC, id DESC");
  }

  /// A source's images, newest first.
  public List<ImageRow> of(SourceName source) {
    return rows(SELECT + "WHERE source = ? ORDER BY created_ms DESC, id DESC", source.value());
  }

  public List<ImageRow> in(ImageState state) {
    return rows(SELECT + "WHERE state = ? ORDER BY created_ms, id", state.name());
  }

  /// The images that a restore of this one needs, the full first; empty when one is missing.
  public List<ImageRow> chain(ImageId image) {
    var chain = new ArrayList<ImageRow>();
    var next = Optional.of(image);
    while (next.isPresent()) {
      var row = find(next.get()).filter(ImageRow::exists);
      if (row.isEmpty() || chain.size() > Level.MAX) {
        return List.of();
      }
      chain.addFirst(row.get());
      next = row.get().planned().parent();
    }
    return chain;
  }

  /// The manifest is durable in staging.
  public void staged(Manifest manifest, Verdict verdict, Instant at) {
    change(
        manifest.image(),
        "state = 'STAGED', verdict = ?, manifest = ?, raw_bytes = ?, stored_bytes = ?,"
            + " staged_ms = ? WHERE state = 'PLANNED'",
        verdict.name(),
        ImageMapper.json(manifest),
        manifest.stream().rawBytes(),
        manifest.stream().storedBytes(),
        at.toEpochMilli());
  }

  /// An image that goes straight to media begins.
  public void beginDirect(ImageId image) {
    change(image, "state = 'WRITING' WHERE state = 'PLANNED'");
  }

  /// Nothing of it is anywhere: it is dumped again.
  public void plannedAgain(ImageId image) {
    transaction.executeWithoutResult(
        _ -> {
          forgetFiles(image);
          change(image, "state = 'PLANNED', manifest = NULL WHERE state IN ('WRITING', 'STAGED')");
        });
  }

  /// What waits for a writer, the oldest first.
  public List<WaitingImage> waiting() {
    return client
        .sql(
            "SELECT id, run_id, created_ms, staged_ms, stored_bytes FROM image WHERE state = 'STAGED'"
                + " ORDER BY created_ms, plan_order, id")
        .query(
            (set, _) ->
                new WaitingImage(
                    new ImageId(set.getString("id")),
                    new RunId(set.getString("run_id")),
                    Instant.ofEpochMilli(set.getLong("created_ms")),
                    Instant.ofEpochMilli(set.getLong("staged_ms")),
                    set.getLong("stored_bytes")))
        .list();
  }

  /// Images in these states, counted.
  public long count(ImageState state) {
    return client
        .sql("SELECT COUNT(*) FROM image WHERE state = ?")
        .param(state.name())
        .query(Long.class)
        .single();
  }

  /// A staged image goes to a writer; empty when another one was faster.
  public synchronized Optional<ImageRow> claim(ImageId image) {
    int changed =
        client
            .sql("UPDATE image SET state = 'WRITING' WHERE state = 'STAGED' AND id = ?")
            .param(image.value())
            .update();
    return changed == 1 ? find(image) : Optional.empty();
  }

  public void unclaim(ImageId image) {
    change(image, "state = 'STAGED' WHERE state = 'WRITING'");
  }

  /// One file is durable on media.
  public void onMedia(ImageId image, Manifest.Entry entry) {
    transaction.executeWithoutResult(_ -> places.put(image, entry));
  }

  /// What is on media of an image that has no manifest there yet.
  public List<Manifest.Entry> onMedia(ImageId image) {
    return places.of(image);
  }

  public void forgetFiles(ImageId image) {
    places.forget(image);
  }

  /// The manifest is durable on media. Also what a rebuild says of every manifest it finds: rows
  /// that are not there are made.
  public void stored(Manifest manifest, Verdict verdict, Digest digest) {
    transaction.executeWithoutResult(
        _ -> {
          if (find(manifest.image()).isEmpty()) {
            insert(
                manifest.run(),
                ImageMapper.planned(manifest),
                manifest.createdAt(),
                0,
                ImageState.WRITING);
          }
          forgetFiles(manifest.image());
          manifest.files().forEach(entry -> places.put(manifest.image(), entry));
          change(
              manifest.image(),
              "state = 'STORED', verdict = ?, manifest = ?, raw_bytes = ?, stored_bytes = ?,"
                  + " manifest_digest = ?, sequence = ? WHERE 1 = 1",
              verdict.name(),
              ImageMapper.json(manifest),
              manifest.stream().rawBytes(),
              manifest.stream().storedBytes(),
              digest.hex(),
              manifest.sequence());
        });
  }

  /// An image that lies in staging and that no row tells of.
  public void adoptStaged(Manifest manifest, Verdict verdict) {
    transaction.executeWithoutResult(
        _ -> {
          insert(
              manifest.run(),
              ImageMapper.planned(manifest),
              manifest.createdAt(),
              0,
              ImageState.PLANNED);
          staged(manifest, verdict, manifest.createdAt());
        });
  }

  /// A dump that was whole in staging before its row heard of it.
  public void foundStaged(Manifest manifest, Verdict verdict) {
    change(
        manifest.image(),
        "state = 'STAGED', verdict = ?, manifest = ?, raw_bytes = ?, stored_bytes = ?"
            + " WHERE state IN ('PLANNED', 'FAILED', 'ABANDONED', 'COPIED')",
        verdict.name(),
        ImageMapper.json(manifest),
        manifest.stream().rawBytes(),
        manifest.stream().storedBytes());
  }

  public void failed(ImageId image) {
    change(image, "state = 'FAILED' WHERE state IN ('PLANNED', 'WRITING')");
  }

  /// An image that was in staging is there no more, and is not on the set's own storage: what is
  /// left of it is its copies, if it has any.
  ///
  /// @return the state that it has now
  public ImageState lost(ImageId image) {
    var left = copied(image) ? ImageState.COPIED : ImageState.FAILED;
    change(image, "state = ? WHERE state IN ('STAGED', 'WRITING')", left.name());
    return left;
  }

  /// What a rebuild says of a manifest that it finds on a further storage only.
  public void foundCopied(Manifest manifest, Verdict verdict) {
    transaction.executeWithoutResult(
        _ -> {
          stored(manifest, verdict, Digests.of(ManifestCodec.encode(manifest)));
          forgetFiles(manifest.image());
          change(manifest.image(), "state = 'COPIED' WHERE state = 'STORED'");
        });
  }

  /// A copy of the image exists somewhere.
  private boolean copied(ImageId image) {
    return client
            .sql("SELECT COUNT(*) FROM image_copy WHERE image_id = ? AND state = 'STORED'")
            .param(image.value())
            .query(Long.class)
            .single()
        > 0;
  }

  /// What a run planned and did not begin will not happen.
  public void abandon(RunId run) {
    client
        .sql("UPDATE image SET state = 'ABANDONED' WHERE run_id = ? AND state = 'PLANNED'")
        .param(run.value())
        .update();
  }

  /// Where every image stands, without what else is known of it.
  public Map<ImageId, ImageState> states() {
    return client
        .sql("SELECT id, state FROM image")
        .query(
            (set, _) ->
                Map.entry(
                    new ImageId(set.getString("id")), ImageState.valueOf(set.getString("state"))))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /// What runs planned and did not begin will not happen: what they knew besides is gone.
  public void abandonAll() {
    client.sql("UPDATE image SET state = 'ABANDONED' WHERE state = 'PLANNED'").update();
  }

  /// An image that was stored is on its set's storage no more: someone else removed it. It lives on
  /// where a further storage holds it.
  public void forget(ImageId image) {
    transaction.executeWithoutResult(
        _ -> {
          forgetFiles(image);
          if (copied(image)) {
            change(image, "state = 'COPIED' WHERE state = 'STORED'");
          } else {
            client
                .sql("DELETE FROM image WHERE state = 'STORED' AND id = ?")
                .param(image.value())
                .update();
          }
        });
  }

  /// The highest sequence number of a manifest on media; 0 before the first.
  public long lastSequence() {
    return client.sql("SELECT COALESCE(MAX(sequence), 0) FROM image").query(Long.class).single();
  }

  /// Payload digest of the manifest with the highest sequence number.
  public Optional<Digest> lastManifestDigest() {
    return client
        .sql("SELECT manifest_digest FROM image WHERE sequence > 0 ORDER BY sequence DESC LIMIT 1")
        .query(String.class)
        .optional()
        .map(Digest::new);
  }

  private void insert(RunId run, PlannedDump dump, Instant at, int order, ImageState state) {
    client
        .sql(
            "INSERT INTO image (id, run_id, set_name, source, level, parent, state, verdict, created_ms,"
                + " route, reason, estimate_bytes, estimate_method, plan_order)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, 'OK', ?, ?, ?, ?, ?, ?)")
        .params(
            dump.image().value(),
            run.value(),
            dump.source().set().value(),
            dump.source().source().value(),
            dump.level().value(),
            dump.parent().map(ImageId::value).orElse(""),
            state.name(),
            at.toEpochMilli(),
            dump.route().name(),
            dump.reason(),
            dump.estimate().bytes(),
            dump.estimate().method().name(),
            order)
        .update();
    Outlooks.record(client, dump.image(), dump.outlook());
  }

  /// A planned full becomes the incremental that the plan has in its place.
  public void degrade(PlannedDump dump) {
    transaction.executeWithoutResult(
        _ -> {
          change(
              dump.image(),
              "level = ?, parent = ?, estimate_bytes = ?, estimate_method = ?, reason = ?"
                  + " WHERE state = 'PLANNED'",
              dump.level().value(),
              dump.parent().map(ImageId::value).orElse(""),
              dump.estimate().bytes(),
              dump.estimate().method().name(),
              dump.reason());
          Outlooks.record(client, dump.image(), dump.outlook());
        });
  }

  private void change(ImageId image, String setAndWhere, Object... values) {
    var parameters = new ArrayList<>(List.of(values));
    parameters.add(image.value());
    int changed =
        client.sql("UPDATE image SET " + setAndWhere + " AND id = ?").params(parameters).update();
    if (changed != 1) {
      throw new IllegalStateException(
          "image "
              + image
              + " is "
              + find(image).map(row -> row.state().name()).orElse("unknown")
              + ", which does not allow: "
              + setAndWhere);
    }
  }

  private List<ImageRow> rows(String sql, Object... parameters) {
    return client.sql(sql).params(parameters).query(ImageMapper::row).list();
  }
}
