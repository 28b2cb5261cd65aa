package dev.holdfast.cli;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.job.Look;
import dev.holdfast.job.SetState;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.report.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Asks several sets the same question.
final class Looking {
  private final Declarations declared;
  private final Refilling refilling;

  Looking(Session session, Declarations declared) {
    this.declared = declared;
    this.refilling = new Refilling(session, declared);
  }

  /// A question to one set.
  interface Question {
    List<Row> of(Look look) throws IOException, InterruptedException;
  }

  /// The answers of the named sets; of all that have ever run when none is named.
  List<Row> ask(List<String> names, Question question) throws IOException, InterruptedException {
    return each(names, set -> question.of(new Look(declared, set)));
  }

  /// The same with what is not a question of looking.
  List<Row> each(List<String> names, SetQuestion question)
      throws IOException, InterruptedException {
    var rows = new ArrayList<Row>();
    for (var set : sets(names)) {
      rows.addAll(question.of(set));
    }
    return rows;
  }

  /// A question about one set.
  interface SetQuestion {
    List<Row> of(BackupSet set) throws IOException, InterruptedException;
  }

  /// Whether every set could be asked; why not, otherwise: what was shown is not all there is.
  ExitCode answered() {
    return refilling.answered();
  }

  private List<BackupSet> sets(List<String> names) throws IOException, InterruptedException {
    if (names.isEmpty()) {
      return refilling.attempted(declared.sets().values()).stream().filter(this::hasRun).toList();
    }
    var selection = new Selection(declared);
    var wanted = names.stream().map(selection::set).distinct().toList();
    for (var set : wanted) {
      refilling.required(set);
    }
    return wanted;
  }

  private boolean hasRun(BackupSet set) {
    return Catalog.exists(SetState.of(declared.state(), set.name()).catalog());
  }
}
