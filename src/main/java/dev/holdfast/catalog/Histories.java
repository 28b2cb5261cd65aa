package dev.holdfast.catalog;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.Level;
import dev.holdfast.model.SourceName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What earlier runs tell the planner, read in a few queries for all sources at once: a night with
/// hundreds of sources and months of images must not ask for each. Thread-safe.
public final class Histories {
  private static final String PAST =
      "SELECT i.id, i.source, i.level, i.parent, i.created_ms, i.raw_bytes, i.stored_bytes,"
          + " r.took_ms FROM image i LEFT JOIN source_result r ON r.run_id = i.run_id AND"
          + " r.source = i.source WHERE i.manifest IS NOT NULL AND i.state IN ('STAGED',"
          + " 'WRITING', 'STORED') AND i.damaged_ms IS NULL ORDER BY i.created_ms DESC, i.id DESC";

  private final JdbcClient client;

  Histories(DataSource source) {
    this.client = JdbcClient.create(source);
  }

  /// The images of every source that exist with their whole chain, newest first. What a
  /// verify found damaged is not whole.
  public Map<SourceName, List<PastRow>> past() {
    var rows = client.sql(PAST).query(Histories::row).list();
    var byId = rows.stream().collect(Collectors.toMap(PastRow::image, row -> row, (one, _) -> one));
    return rows.stream()
        .filter(row -> isWhole(row, byId))
        .collect(Collectors.groupingBy(PastRow::source));
  }

  /// Keeps an estimate; a run that asks again replaces it.
  public void record(EstimateRow row) {
    client
        .sql("DELETE FROM estimate WHERE run_id = ? AND source = ? AND level = ?")
        .params(row.run().value(), row.source().value(), row.level().value())
        .update();
    client
        .sql("INSERT INTO estimate VALUES (?, ?, ?, ?, ?, ?)")
        .params(
            row.run().value(),
            row.source().value(),
            row.level().value(),
            row.raw().bytes(),
            row.storedBytes(),
            row.raw().method().name())
        .update();
  }

  private static boolean isWhole(PastRow row, Map<ImageId, PastRow> byId) {
    var next = Optional.of(row);
    for (int steps = 0; steps <= Level.MAX; steps++) {
      if (next.isEmpty()) {
        return false;
      }
      if (next.get().level().isFull()) {
        return true;
      }
      next = next.get().parent().flatMap(parent -> Optional.ofNullable(byId.get(parent)));
    }
    return false;
  }

  private static PastRow row(ResultSet set, int number) throws SQLException {
    long took = set.getLong("took_ms");
    boolean known = !set.wasNull();
    return new PastRow(
        new ImageId(set.getString("id")),
        new SourceName(set.getString("source")),
        Level.of(set.getInt("level")),
        Optional.of(set.getString("parent")).filter(id -> !id.isEmpty()).map(ImageId::new),
        Instant.ofEpochMilli(set.getLong("created_ms")),
        set.getLong("raw_bytes"),
        set.getLong("stored_bytes"),
        known ? Optional.of(Duration.ofMillis(took)) : Optional.empty());
  }
}
