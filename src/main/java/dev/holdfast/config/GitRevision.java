package dev.holdfast.config;

import dev.holdfast.io.DataProcess;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The YAML of a configuration repository as a git revision has it, read by git itself; the working
/// tree is not touched.
final class GitRevision {
  private final Path repository;
  private final String name;

  GitRevision(Path repository, String name) {
    this.repository = repository;
    this.name = name;
  }

  /// The commit that the revision names.
  ///
  /// @throws HoldfastException NOT_FOUND when git knows no such commit here
  String commit() throws InterruptedException {
    try {
      return git("rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}")
          .strip();
    } catch (IOException unknown) {
      throw new HoldfastException(
          ExitCode.NOT_FOUND,
          new Problem(
              repository.toString(),
              "git has no commit '" + name + "' here: " + Reason.of(unknown),
              "name a commit, tag or branch that 'git log' shows; a shallow clone has few"),
          unknown);
    }
  }

  /// The same files as are read from a working tree.
  List<RepositoryFiles.Raw> files(String commit, Findings findings)
      throws IOException, InterruptedException {
    var arguments = new ArrayList<>(List.of("ls-tree", "-r", "-z", "--name-only", commit, "--"));
    Arrays.stream(Kind.values()).map(Kind::folder).distinct().forEach(arguments::add);
    var files = new ArrayList<RepositoryFiles.Raw>();
    for (var path : git(arguments.toArray(String[]::new)).split("\0", -1)) {
      if (RepositoryFiles.isYaml(Path.of(path))) {
        var bytes = output("show", commit + ":./" + path);
        Decoded.of(path, bytes, findings)
            .ifPresent(text -> files.add(new RepositoryFiles.Raw(path, text)));
      }
    }
    return files;
  }

  private String git(String... arguments) throws IOException, InterruptedException {
    return new String(output(arguments), StandardCharsets.UTF_8);
  }

  private byte[] output(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("git", "-C", repository.toString()));
    command.addAll(List.of(arguments));
    return DataProcess.output(command.toArray(String[]::new));
  }
}
