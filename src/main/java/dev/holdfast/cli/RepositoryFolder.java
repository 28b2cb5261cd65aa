package dev.holdfast.cli;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the configuration repository a command is about.
final class RepositoryFolder {

  private RepositoryFolder() {}

  /// The named folder; else the nearest one at or above `here` that has `backupsets/` or `jobs/`;
  /// else `home`, the checkout that the launcher belongs to, if it has one of them.
  static Path find(Optional<Path> named, Path here, Optional<Path> home) {
    if (named.isPresent()) {
      return existing(named.get());
    }
    return Stream.concat(
            Stream.iterate(here.toAbsolutePath().normalize(), p -> p != null, Path::getParent),
            home.stream())
        .filter(RepositoryFolder::isRepository)
        .findFirst()
        .orElseThrow(() -> none(here));
  }

  private static Path existing(Path named) {
    if (!Files.isDirectory(named)) {
      throw Refusal.notFound(
          "the configuration repository '" + named + "' is not a folder",
          "name the folder that holds backupsets/ and jobs/ with -C");
    }
    return named.toAbsolutePath().normalize();
  }

  private static boolean isRepository(Path folder) {
    return Files.isDirectory(folder.resolve("backupsets"))
        || Files.isDirectory(folder.resolve("jobs"));
  }

  private static Refusal none(Path here) {
    return new Refusal(
        ExitCode.CONFIG,
        new Problem(
            "",
            "no folder from '" + here.toAbsolutePath() + "' upwards has backupsets/ or jobs/",
            "name the configuration repository with -C DIR or HOLDFAST_REPO"));
  }
}
