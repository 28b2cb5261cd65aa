package dev.holdfast.cli;

import dev.holdfast.job.Refill;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Problem;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Before a command looks at a set: a state directory that knows nothing of it is refilled from its
/// storage, and the person is told.
final class Refilling {
  private final Session session;
  private final Declarations declared;
  private final Set<Problem> told = new HashSet<>();
  private ExitCode answered = ExitCode.OK;

  Refilling(Session session, Declarations declared) {
    this.session = session;
    this.declared = declared;
  }

  /// For a set that was named: a storage that cannot say what there is ends the command.
  BackupSet required(BackupSet set) throws IOException, InterruptedException {
    return switch (Refill.ifEmpty(declared, set, session::note)) {
      case Refill.Result.Refilled _, Refill.Result.NotNeeded _ -> set;
      case Refill.Result.Away(var exit, var problem) -> throw new Refusal(exit, List.of(problem));
    };
  }

  /// For one set of many: the others are shown all the same, and `answered` remembers it. A set of
  /// a kind that this release cannot run has nothing to answer.
  BackupSet attempted(BackupSet set) throws IOException, InterruptedException {
    try {
      if (Refill.ifEmpty(declared, set, session::note)
          instanceof Refill.Result.Away(var exit, var away)) {
        answered = ExitCode.together(List.of(answered, exit));
        tell(away);
      }
    } catch (HoldfastException notNow) {
      if (notNow.exit() != ExitCode.CONFIG) {
        answered = ExitCode.together(List.of(answered, notNow.exit()));
      }
      tell(notNow.problem());
    }
    return set;
  }

  /// Once, however often it is asked.
  private void tell(Problem problem) {
    if (told.add(problem)) {
      session.screen().err(problem.text() + "\n");
    }
  }

  /// Whether the sets that were attempted are all known by now; why not, otherwise.
  ExitCode answered() {
    return answered;
  }

  List<BackupSet> attempted(Iterable<BackupSet> sets) throws IOException, InterruptedException {
    var tried = new ArrayList<BackupSet>();
    for (var set : sets) {
      tried.add(attempted(set));
    }
    return tried;
  }
}
