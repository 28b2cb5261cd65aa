package dev.holdfast.job;

import dev.holdfast.io.DataProcess;
import dev.holdfast.media.SecretSource;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Gives the values of references: from the environment, a file that only its owner reads, a
/// systemd credential, or the output of a command. Asks anew each time and keeps nothing, so a
/// value that was renewed is found. What it throws names the reference, never a value, nor what a
/// command printed. Thread-safe.
final class Secrets implements SecretSource {
  private static final int LONGEST = 64 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Path repository;
  private final Path state;
  private final Map<String, String> environment;

  Secrets(Path repository, Path state, Map<String, String> environment) {
    this.repository = repository;
    this.state = state;
    this.environment = Map.copyOf(environment);
  }

  static Secrets of(Declarations declared) {
    return new Secrets(declared.repository(), declared.state(), System.getenv());
  }

  @Override
  public String value(Secret secret) {
    var ref = secret.secretRef();
    if (ref.env().isPresent()) {
      return ofEnvironment(ref.env().get());
    }
    if (ref.file().isPresent()) {
      return ofFile(ref.file().get());
    }
    if (ref.credential().isPresent()) {
      return ofCredential(ref.credential().get());
    }
    if (!ref.command().isEmpty()) {
      return ofCommand(ref.command());
    }
    throw unresolved(
        "sops " + ref.sops().orElse(""),
        "sops files are not read yet",
        "decrypt it with a command: [sops, decrypt, --extract, ...]");
  }

  private String ofEnvironment(String name) {
    var value = environment.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw unresolved(
          "environment variable " + name, "is not set", "set it for the process that runs this");
    }
    return value;
  }

  private String ofCredential(String name) {
    var folder = environment.getOrDefault("CREDENTIALS_DIRECTORY", "");
    if (folder.isEmpty()) {
      throw unresolved(
          "systemd credential " + name,
          "CREDENTIALS_DIRECTORY is not set",
          "run it as a systemd unit with LoadCredential=" + name + ":/path");
    }
    // systemd made the folder for this unit alone; its files may be readable by a group of one
    return read(Path.of(folder).resolve(name), "systemd credential " + name);
  }

  private String ofFile(String declared) {
    var file =
        Path.of(
            declared
                .replace("${state}", state.toString())
                .replace("${repo}", repository.toString()));
    var what = "file " + file;
    try {
      var found = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (found.isSymbolicLink()) {
        found = Files.readAttributes(file, PosixFileAttributes.class);
      }
      if (found.permissions().stream().anyMatch(OF_OTHERS::contains)) {
        throw unresolved(what, "may be read or written by others", "chmod 600 " + file);
      }
    } catch (IOException missing) {
      throw unresolved(what, "cannot be read: " + Reason.of(missing), "write the value there");
    }
    return read(file, what);
  }

  private static String read(Path file, String what) {
    try (var in = Files.newInputStream(file)) {
      return text(in.readNBytes(LONGEST + 1), what);
    } catch (IOException unreadable) {
      throw unresolved(what, "cannot be read: " + Reason.of(unreadable), "see who may read it");
    }
  }

  private static String ofCommand(List<String> command) {
    var what = "command " + command.getFirst();
    var out = new ByteArrayOutputStream();
    try {
      var ended = new DataProcess(command, PATIENCE).run(out);
      if (ended.exit() != 0) {
        throw unresolved(
            what,
            ended.stalled()
                ? "said nothing for " + PATIENCE.toSeconds() + " s"
                : "ended with " + ended.exit(),
            "run it by hand to see why");
      }
      return text(out.toByteArray(), what);
    } catch (IOException missing) {
      throw unresolved(what, "cannot be run: " + Reason.of(missing), "see that it is installed");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw unresolved(what, "was stopped", "run again");
    }
  }

  /// One line end at the end belongs to the file, not to the secret.
  private static String text(byte[] bytes, String what) {
    var text = new String(bytes, StandardCharsets.UTF_8);
    if (text.endsWith("\n")) {
      text = text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1));
    }
    if (text.isEmpty() || bytes.length > LONGEST || text.indexOf('\n') >= 0) {
      throw unresolved(
          what,
          text.isEmpty() ? "is empty" : "holds more than one line",
          "it must give the value and nothing else");
    }
    return text;
  }

  private static HoldfastException unresolved(String what, String fact, String hint) {
    return new HoldfastException(
        ExitCode.SECRET,
        new Problem("secret from " + what, fact, hint + "; nothing was written to the storage"));
  }
}
