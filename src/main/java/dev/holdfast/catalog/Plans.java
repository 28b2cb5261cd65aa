package dev.holdfast.catalog;

import dev.holdfast.model.OneShot;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SourceName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What plans need to know and leave behind: decisions with their reasons, and what is ordered for
/// the next dump of a source. Thread-safe.
public final class Plans {
  private static final int LONGEST_REASON = 2000;
  private static final int LONGEST_NUMBERS = 1000;

  private final JdbcClient client;

  Plans(DataSource source) {
    this.client = JdbcClient.create(source);
  }

  /// Orders something for the next dump; takes the place of what was ordered before.
  public void order(SourceName source, OneShot command, Instant at) {
    obeyed(source);
    client
        .sql("INSERT INTO ordered (source, command, given_ms) VALUES (?, ?, ?)")
        .params(source.value(), command.name(), at.toEpochMilli())
        .update();
  }

  /// After an estimate that came too late: the next dump is a full. What a person ordered so stays.
  public void orderFullAfterTimeout(SourceName source, Instant at) {
    if (ordered(source).filter(order -> order.command().isFull()).isEmpty()) {
      order(source, OneShot.FULL_AFTER_TIMEOUT, at);
    }
  }

  public Optional<Ordered> ordered(SourceName source) {
    return client
        .sql("SELECT * FROM ordered WHERE source = ?")
        .param(source.value())
        .query(Plans::ordered)
        .optional();
  }

  /// A dump that obeys has succeeded, or the order was withdrawn.
  public void obeyed(SourceName source) {
    client.sql("DELETE FROM ordered WHERE source = ?").param(source.value()).update();
  }

  /// Adds to the decisions of a run, in order.
  public void decide(List<DecisionRow> rows) {
    for (int i = 0; i < rows.size(); i++) {
      var row = rows.get(i);
      client
          .sql(
              "INSERT INTO decision (run_id, subject, decision, reason, decided, kind, numbers)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?)")
          .params(
              row.run().value(),
              row.subject(),
              row.decision(),
              cut(row.reason(), LONGEST_REASON),
              i,
              row.kind(),
              cut(text(row.numbers()), LONGEST_NUMBERS))
          .update();
    }
  }

  /// Decisions about a source, image or volume, the newest run first.
  public List<DecisionRow> decisionsOn(String subject) {
    return client
        .sql(
            "SELECT d.* FROM decision d JOIN run r ON r.id = d.run_id WHERE d.subject = ?"
                + " ORDER BY r.started_ms DESC, d.run_id DESC, d.decided")
        .param(subject)
        .query(Plans::decision)
        .list();
  }

  public List<DecisionRow> decisionsOf(RunId run) {
    return client
        .sql("SELECT * FROM decision WHERE run_id = ? ORDER BY decided, subject")
        .param(run.value())
        .query(Plans::decision)
        .list();
  }

  /// When a run first met the source; empty when none has.
  public Optional<Instant> firstMet(SourceName source) {
    return client
        .sql(
            "SELECT MIN(r.started_ms) FROM source_result s JOIN run r ON r.id = s.run_id"
                + " WHERE s.source = ?")
        .param(source.value())
        .query((set, _) -> met(set))
        .single();
  }

  /// How long the source took in each run.
  public Map<RunId, Duration> took(SourceName source) {
    return client
        .sql("SELECT run_id, took_ms FROM source_result WHERE source = ?")
        .param(source.value())
        .query(
            (set, _) ->
                Map.entry(
                    new RunId(set.getString("run_id")), Duration.ofMillis(set.getLong("took_ms"))))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Optional<Instant> met(ResultSet set) throws SQLException {
    long millis = set.getLong(1);
    return set.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static Ordered ordered(ResultSet set, int number) throws SQLException {
    return new Ordered(
        OneShot.valueOf(set.getString("command")), Instant.ofEpochMilli(set.getLong("given_ms")));
  }

  private static DecisionRow decision(ResultSet set, int number) throws SQLException {
    return new DecisionRow(
        new RunId(set.getString("run_id")),
        set.getString("subject"),
        set.getString("kind"),
        set.getString("decision"),
        set.getString("reason"),
        numbers(set.getString("numbers")));
  }

  private static String text(Map<String, Long> numbers) {
    return numbers.entrySet().stream()
        .map(number -> number.getKey() + "=" + number.getValue())
        .collect(Collectors.joining(" "));
  }

  private static Map<String, Long> numbers(String text) {
    var numbers = new TreeMap<String, Long>();
    for (var pair : text.isEmpty() ? List.<String>of() : List.of(text.split(" ", -1))) {
      var sides = pair.split("=", 2);
      numbers.put(sides[0], Long.valueOf(sides[1]));
    }
    return numbers;
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest);
  }
}
