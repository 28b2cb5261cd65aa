package dev.holdfast.media.driver.disk;

import dev.holdfast.image.Digests;
import dev.holdfast.io.DurableFiles;
import dev.holdfast.media.CheckResult;
import dev.holdfast.media.Probe;
import dev.holdfast.media.Probe.Answer;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Tries what a disk can do, with a small file that is removed again.
record DiskProbe(Path path, DiskPresence presence, boolean identified) {
  private static final byte[] BYTES = new byte[4096];

  List<Probe> probe() {
    var found = new ArrayList<Probe>();
    switch (presence.check(Set.of())) {
      case CheckResult.Unreachable(var problem) -> found.add(bad(problem));
      case CheckResult.Refused(var problem) -> found.add(bad(problem));
      case CheckResult.Usable() -> {
        found.add(new Probe("reachable", Answer.GOOD, presence.figures()));
        found.add(identity());
        found.addAll(files());
      }
    }
    return found;
  }

  private Probe identity() {
    return identified
        ? new Probe("identity", Answer.GOOD, "another disk in its place is not filled")
        : new Probe(
            "identity",
            Answer.MISSING,
            "a bare mount point looks like it: declare identity or requireMount");
  }

  private List<Probe> files() {
    var beside = path.resolve(".check-" + UUID.randomUUID() + ".tmp");
    var second = path.resolve(".check-" + UUID.randomUUID() + ".tmp");
    try {
      Files.write(beside, BYTES);
      DurableFiles.sync(beside);
      DurableFiles.syncDirectory(path);
      var written =
          Digests.of(Files.readAllBytes(beside)).equals(Digests.of(BYTES))
              ? new Probe("write", Answer.GOOD, "a file can be written, synced and read back")
              : new Probe("write", Answer.BAD, "what was read is not what was written");
      return List.of(written, links(beside, second));
    } catch (IOException failed) {
      return List.of(new Probe("write", Answer.BAD, Reason.of(failed)));
    } finally {
      beside.toFile().delete();
      second.toFile().delete();
    }
  }

  private static Probe links(Path file, Path second) {
    try {
      Files.createLink(second, file);
      return new Probe(
          "second names", Answer.GOOD, "images staged on the same file system are not copied");
    } catch (IOException | UnsupportedOperationException none) {
      return new Probe("second names", Answer.MISSING, "parts are copied: " + Reason.of(none));
    }
  }

  private static Probe bad(Problem problem) {
    return new Probe("reachable", Answer.BAD, problem.fact() + "; " + problem.hint());
  }
}
