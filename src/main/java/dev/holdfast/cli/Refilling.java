package dev.holdfast.cli;

import dev.holdfast.job.Refill;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Before a command looks at a set: a state directory that knows nothing of it is refilled from its
/// storage, and the person is told.
final class Refilling {
  private final Session session;
  private final Declarations declared;

  Refilling(Session session, Declarations declared) {
    this.session = session;
    this.declared = declared;
  }

  /// For a set that was named: a storage that cannot say what there is ends the command.
  BackupSet required(BackupSet set) throws IOException, InterruptedException {
    return switch (Refill.ifEmpty(declared, set, session::note)) {
      case Refill.Result.Refilled _, Refill.Result.NotNeeded _ -> set;
      case Refill.Result.Away(var problem) ->
          throw new Refusal(ExitCode.TEMPFAIL, List.of(problem));
    };
  }

  /// For one set of many: the others are shown all the same.
  BackupSet attempted(BackupSet set) throws IOException, InterruptedException {
    try {
      if (Refill.ifEmpty(declared, set, session::note) instanceof Refill.Result.Away(var away)) {
        session.screen().err(away.text() + "\n");
      }
    } catch (HoldfastException notAvailable) {
      session.screen().err(notAvailable.problem().text() + "\n");
    }
    return set;
  }

  List<BackupSet> attempted(Iterable<BackupSet> sets) throws IOException, InterruptedException {
    var tried = new ArrayList<BackupSet>();
    for (var set : sets) {
      tried.add(attempted(set));
    }
    return tried;
  }
}
