package dev.holdfast.report;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What storages are like: what they can do, or how much of them is used.
///
/// @param name `storage-check` or `storage-usage`; also of the JSON schema
public record StorageReport(
    String name, ExitCode exit, List<? extends Row> lines, List<Problem> problems)
    implements Report {

  public StorageReport {
    lines = List.copyOf(lines);
    problems = List.copyOf(problems);
  }

  /// One line of it.
  public sealed interface Line extends Row permits Answered, Used {}

  /// One thing that a storage was tried for.
  ///
  /// @param answer GOOD, MISSING, BAD or UNKNOWN
  public record Answered(String storage, String question, String answer, String follows)
      implements Line {
    @Override
    public List<Field> fields() {
      return new Row.Fields()
          .text("storage", storage)
          .text("question", question)
          .text("answer", answer)
          .text("follows", follows)
          .list();
    }
  }

  /// What a storage holds.
  ///
  /// @param free empty where the storage does not tell
  public record Used(
      String storage,
      long volumes,
      long used,
      OptionalLong free,
      OptionalLong total,
      Optional<Cost> cost)
      implements Line {
    @Override
    public List<Field> fields() {
      return new Row.Fields()
          .text("storage", storage)
          .add("volumes", new Cell.Count(volumes))
          .add("used", new Cell.Bytes(used))
          .add("free", bytes(free))
          .add("total", bytes(total))
          .add("perMonth", amount(cost.map(Cost::month)))
          .add("toReadAll", amount(cost.map(Cost::readAll)))
          .add("currency", amount(cost.map(Cost::currency)))
          .list();
    }

    private static Cell bytes(OptionalLong bytes) {
      return bytes.isPresent() ? new Cell.Bytes(bytes.getAsLong()) : new Cell.Empty();
    }

    private static Cell amount(Optional<?> amount) {
      return amount.<Cell>map(one -> new Cell.Text(one.toString())).orElseGet(Cell.Empty::new);
    }
  }

  /// What it costs, by the declared prices.
  ///
  /// @param readAll to bring everything back once
  public record Cost(String currency, BigDecimal month, BigDecimal readAll) {}
}
