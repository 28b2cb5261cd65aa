package dev.holdfast.cli;

import dev.holdfast.config.Suggestion;
import dev.holdfast.job.Verify;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Reads everything that was stored and compares it with its digests.
@Command(
    name = "verify",
    description = {
      "Reads every byte of a set, an image or a volume, and compares digests. Needs no keys.",
      "Exit 40 when something is damaged, with what is lost by it.",
    },
    footer = {
      "  holdfast verify HighRateServers",
      "  holdfast verify HighRateServers-001",
      "  holdfast verify 20261124T2130 -o json",
    })
final class VerifyCommand implements Verb {
  @Parameters(paramLabel = "SET|IMAGE|VOLUME", description = "an image by how its id begins")
  private String subject = "";

  @Override
  public ExitCode run(Session session) throws Exception {
    var declared = session.declarationsToRead();
    var set =
        owner(declared, new Refilling(session, declared)).orElseThrow(() -> unknown(declared));
    return session.show(Verify.run(declared, set, subject, session.clock(), session.events()));
  }

  /// The set of that name, else the one that has an image or a volume of it.
  private Optional<BackupSet> owner(Declarations declared, Refilling refilling)
      throws IOException, InterruptedException {
    var named = declared.set(subject);
    if (named.isPresent()) {
      return Optional.of(refilling.required(named.get()));
    }
    for (var set : refilling.attempted(declared.sets().values())) {
      if (Verify.knows(declared, set, subject)) {
        return Optional.of(set);
      }
    }
    return Optional.empty();
  }

  private Refusal unknown(Declarations declared) {
    var sets = declared.sets().keySet().stream().map(Object::toString).toList();
    return Refusal.notFound(
        "there is no set, image or volume '" + subject + "'",
        Suggestion.among(subject, sets, "sets") + "; 'holdfast list images' shows the rest");
  }
}
