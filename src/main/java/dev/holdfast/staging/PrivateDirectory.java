package dev.holdfast.staging;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Problem;
import dev.holdfast.model.declared.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Staged images hold everything that was dumped, so nobody else may look into staging: its
/// directory belongs to the user who runs Holdfast, with mode 0700.
final class PrivateDirectory {
  private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rwx------");
  private static final Path ME = Path.of("/proc/self");

  private PrivateDirectory() {}

  static void check(Staging staging) throws IOException {
    var path = staging.path();
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw refusal(staging, "is not a directory", "let path name a directory, not a link");
    }
    var owner = Files.getAttribute(path, "unix:uid");
    var me = Files.getAttribute(ME, "unix:uid");
    if (!owner.equals(me)) {
      throw refusal(
          staging,
          "belongs to user %s, Holdfast runs as %s".formatted(owner, me),
          "chown " + me + " " + path);
    }
    var mode = Files.getPosixFilePermissions(path);
    if (!mode.equals(MODE)) {
      throw refusal(
          staging,
          "has mode %s, staged data must be private".formatted(PosixFilePermissions.toString(mode)),
          "chmod 0700 " + path);
    }
  }

  private static HoldfastException refusal(Staging staging, String fact, String hint) {
    return new HoldfastException(
        ExitCode.CONFIG,
        new Problem("staging '" + staging.name() + "'", staging.path() + " " + fact, hint));
  }
}
