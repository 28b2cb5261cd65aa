package dev.holdfast.cli;

import dev.holdfast.job.MediaCare;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.report.Listing;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Cares for volumes.
@Command(
    name = "media",
    description = {
      "list shows the volumes of sets; show what lies on one, and how long it stays.",
      "archive takes a volume out of rotation: it is neither written nor pruned, until unarchive.",
    },
    footer = {
      "  holdfast media list HighRateServers",
      "  holdfast media show HighRateServers-001",
      "  holdfast media archive HighRateServers-001 --reason 'evidence, case 17'",
      "  holdfast media unarchive HighRateServers-001",
    })
final class MediaCommand implements Verb {

  /// What is done.
  enum Care {
    LIST,
    SHOW,
    ARCHIVE,
    UNARCHIVE
  }

  @Parameters(index = "0", paramLabel = "list|show|archive|unarchive", description = "what to do")
  private Care care = Care.LIST;

  @Parameters(index = "1..*", paramLabel = "SET|LABEL", description = "sets to list; one volume")
  private List<String> names = List.of();

  @Option(names = "--reason", paramLabel = "TEXT", description = "why it is archived, for people")
  private String reason = "";

  @Override
  public ExitCode run(Session session) throws Exception {
    var declared = session.declarations();
    var patience = session.settings().lockWait();
    if (care == Care.LIST) {
      return session.show(
          Listing.of(
              "media",
              new Looking(session, declared)
                  .each(names, set -> new MediaCare(declared, set, session.clock()).list())));
    }
    var label = label();
    var media = new MediaCare(declared, owner(session, declared, label), session.clock());
    return session.show(
        switch (care) {
          case LIST, SHOW -> Listing.of("stock", media.show(label));
          case ARCHIVE ->
              Listing.of("media", media.archive(label, reason, patience, session::note));
          case UNARCHIVE -> Listing.of("media", media.unarchive(label, patience, session::note));
        });
  }

  private String label() {
    if (names.size() != 1) {
      throw Refusal.usage(
          "one volume is named, not " + names.size(), "'holdfast media list' shows them");
    }
    return names.getFirst();
  }

  private static BackupSet owner(Session session, Declarations declared, String label)
      throws Exception {
    for (var set : new Refilling(session, declared).attempted(declared.sets().values())) {
      if (new MediaCare(declared, set, session.clock()).knows(label)) {
        return set;
      }
    }
    throw Refusal.notFound(
        "there is no volume '" + label + "'", "'holdfast media list' shows them");
  }
}
