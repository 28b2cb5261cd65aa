package dev.holdfast.catalog;

import dev.holdfast.model.Digest;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SourceName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Runs, what came of their sources, and why they decided as they did. Thread-safe.
public final class Runs {
  private static final int LONGEST_TEXT = 2000;

  private final JdbcClient client;

  Runs(DataSource source) {
    this.client = JdbcClient.create(source);
  }

  public void begin(RunRow run) {
    client
        .sql(
            "INSERT INTO run (id, started_ms, fingerprint, options, config_commit)"
                + " VALUES (?, ?, ?, ?, ?)")
        .params(
            run.id().value(),
            run.startedAt().toEpochMilli(),
            run.fingerprint().hex(),
            cut(run.options()),
            run.configCommit().orElse(""))
        .update();
  }

  public void finish(RunId run, ExitCode exit, Instant at) {
    client
        .sql("UPDATE run SET finished_ms = ?, exit_code = ? WHERE id = ?")
        .params(at.toEpochMilli(), exit.code(), run.value())
        .update();
  }

  /// Opens a run again that had said how it ended.
  public void reopen(RunId run) {
    client
        .sql("UPDATE run SET finished_ms = NULL, exit_code = NULL WHERE id = ?")
        .param(run.value())
        .update();
  }

  /// Newest first.
  public List<RunRow> list() {
    return client
        .sql("SELECT * FROM run ORDER BY started_ms DESC, id DESC")
        .query(Runs::row)
        .list();
  }

  public Optional<RunRow> find(RunId run) {
    return client
        .sql("SELECT * FROM run WHERE id = ?")
        .param(run.value())
        .query(Runs::row)
        .optional();
  }

  public Optional<RunRow> newest() {
    return client
        .sql("SELECT * FROM run ORDER BY started_ms DESC, id DESC LIMIT 1")
        .query(Runs::row)
        .optional();
  }

  /// The newest word on a source counts.
  public void record(SourceResultRow row) {
    client
        .sql("DELETE FROM source_result WHERE run_id = ? AND source = ?")
        .params(row.run().value(), row.source().value())
        .update();
    client
        .sql(
            "INSERT INTO source_result (run_id, source, outcome, problem, took_ms) VALUES (?, ?, ?, ?, ?)")
        .params(
            row.run().value(),
            row.source().value(),
            row.outcome(),
            cut(row.problem()),
            row.took().toMillis())
        .update();
  }

  public List<SourceResultRow> results(RunId run) {
    return client
        .sql("SELECT * FROM source_result WHERE run_id = ?")
        .param(run.value())
        .query(Runs::result)
        .list();
  }

  /// How one source fared in a run; empty while it has not ended.
  public Optional<SourceResultRow> result(RunId run, SourceName source) {
    return client
        .sql("SELECT * FROM source_result WHERE run_id = ? AND source = ?")
        .params(run.value(), source.value())
        .query(Runs::result)
        .optional();
  }

  /// How the newest run that met the source fared with it; empty when none has.
  public Optional<SourceResultRow> newestResult(SourceName source) {
    return client
        .sql(
            "SELECT s.* FROM source_result s JOIN run r ON r.id = s.run_id WHERE s.source = ?"
                + " ORDER BY r.started_ms DESC, r.id DESC LIMIT 1")
        .param(source.value())
        .query(Runs::result)
        .optional();
  }

  private static SourceResultRow result(ResultSet set, int number) throws SQLException {
    return new SourceResultRow(
        new RunId(set.getString("run_id")),
        new SourceName(set.getString("source")),
        set.getString("outcome"),
        set.getString("problem"),
        Duration.ofMillis(set.getLong("took_ms")));
  }

  private static RunRow row(ResultSet set, int number) throws SQLException {
    long finished = set.getLong("finished_ms");
    boolean open = set.wasNull();
    int exit = set.getInt("exit_code");
    return new RunRow(
        new RunId(set.getString("id")),
        Instant.ofEpochMilli(set.getLong("started_ms")),
        open ? Optional.empty() : Optional.of(Instant.ofEpochMilli(finished)),
        open ? OptionalInt.empty() : OptionalInt.of(exit),
        new Digest(set.getString("fingerprint")),
        set.getString("options"),
        Optional.of(set.getString("config_commit")).filter(commit -> !commit.isEmpty()));
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
  }
}
