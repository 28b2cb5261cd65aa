package dev.holdfast.cli;

import dev.holdfast.job.StorageLook;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.Storage;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Looks at storages by themselves.
@Command(
    name = "storage",
    description = {
      "check tries what a storage can do and says what follows; it writes small records beside the",
      "volumes and removes them. Exit 31 when backups cannot work like this, 75 when it is away.",
      "usage tells what is used, what is free, and what it costs by the declared prices.",
    },
    footer = {"  holdfast storage check", "  holdfast storage usage OffsiteS3 -o json"})
final class StorageCommand implements Verb {

  /// What is looked at.
  enum What {
    CHECK,
    USAGE
  }

  @Parameters(index = "0", paramLabel = "check|usage", description = "what to look at")
  private What what = What.CHECK;

  @Parameters(index = "1..*", paramLabel = "NAME", description = "only these storages")
  private List<String> names = List.of();

  @Override
  public ExitCode run(Session session) {
    var declared = session.declarations();
    var look = new StorageLook(declared, chosen(declared));
    return session.show(
        switch (what) {
          case CHECK -> look.check();
          case USAGE -> look.usage();
        });
  }

  private List<Storage> chosen(Declarations declared) {
    var all = List.copyOf(declared.storages().values());
    if (all.isEmpty()) {
      throw Refusal.notFound("no storage is declared", "write one in storage/");
    }
    return names.isEmpty() ? all : names.stream().map(name -> named(declared, name)).toList();
  }

  private static Storage named(Declarations declared, String name) {
    return declared.storages().values().stream()
        .filter(storage -> storage.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.notFound(
                    "storage '" + name + "' is not declared",
                    "declared are " + String.join(", ", declared.storages().keySet())));
  }
}
