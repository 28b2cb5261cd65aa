package dev.holdfast.media.driver.disk;

import dev.holdfast.io.DurableFiles;
import dev.holdfast.io.Mounts;
import dev.holdfast.media.CheckResult;
import dev.holdfast.media.CheckResult.Refused;
import dev.holdfast.media.CheckResult.Unreachable;
import dev.holdfast.media.CheckResult.Usable;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.Label;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.declared.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether the disk that is meant is there. The bare mount point of a disk that is away must never
/// be filled, so everything that tells a disk from a bare directory is asked.
final class DiskPresence {
  private static final int LONGEST_IDENTITY = 4096;

  private final String storage;
  private final Disk disk;
  private final DiskLayout layout;

  DiskPresence(String storage, Disk disk) {
    this.storage = storage;
    this.disk = disk;
    this.layout = new DiskLayout(disk.path());
  }

  /// Whether new files may be written.
  CheckResult check(Set<Label> known) {
    var there = checkThere(known);
    return there instanceof Usable && headroom() < 0
        ? new Refused(full("has less free space than is to be kept free"))
        : there;
  }

  /// The same without a question for free space: a full disk can still be pruned.
  CheckResult checkThere(Set<Label> known) {
    return absence(known).<CheckResult>map(Unreachable::new).orElseGet(this::writable);
  }

  /// Why this is not the disk that is meant; empty when it is, however full.
  Optional<Problem> absence(Set<Label> known) {
    try {
      for (var question : questions(known)) {
        var problem = question.ask();
        if (problem.isPresent()) {
          return problem;
        }
      }
      return Optional.empty();
    } catch (IOException unreadable) {
      return Optional.of(away("cannot be read: " + Reason.of(unreadable)));
    }
  }

  /// The same, and nothing is made: a record is only changed where `check` has found the disk.
  Optional<Problem> absence() {
    return Files.isDirectory(disk.path()) ? absence(Set.of()) : Optional.of(away("is not there"));
  }

  /// Nothing was ever there, and the first use may make it.
  boolean isUnused() {
    return !Files.exists(disk.path()) && mayCreate(Set.of());
  }

  /// In this order: the earlier ones explain the later ones.
  private List<Question> questions(Set<Label> known) {
    return List.of(() -> missing(known), this::unmounted, this::stranger, () -> deserted(known));
  }

  /// Bytes that may be written before `minFree` or `maxUsed` is touched.
  long headroom() {
    long total = Mounts.total(disk.path());
    long free = Mounts.free(disk.path());
    long aboveMinimum = free - disk.minFree().of(total);
    return disk.maxUsed()
        .map(share -> Math.min(aboveMinimum, share.of(total) - (total - free)))
        .orElse(aboveMinimum);
  }

  /// Free space and the limits on it, for people.
  String figures() {
    long total = Mounts.total(disk.path());
    var limits =
        "minFree is "
            + new ByteSize(disk.minFree().of(total)).human()
            + disk.maxUsed()
                .map(share -> ", maxUsed is " + new ByteSize(share.of(total)).human())
                .orElse("");
    return "%s of %s free, %s"
        .formatted(
            new ByteSize(Mounts.free(disk.path())).human(), new ByteSize(total).human(), limits);
  }

  private Problem lost(String fact) {
    var away = away(fact);
    return new Problem(
        away.place(),
        away.fact(),
        away.hint()
            + "; if it is lost for good, 'holdfast catalog rebuild SET' lists what is left elsewhere");
  }

  Problem away(String fact) {
    return new Problem(
        place(),
        fact + "; nothing was written to it",
        "attach or mount it and run again; images wait in staging and can be restored from there");
  }

  Problem full(String fact) {
    return new Problem(
        place(),
        fact + " (" + figures() + ")",
        "make room on the file system of "
            + disk.path()
            + " or lower minFree, then run again;"
            + " images wait in staging");
  }

  Problem fault(String fact) {
    return new Problem(
        place(),
        fact,
        "look at the disk and its logs; images wait in staging, run again when it is whole");
  }

  String place() {
    return "storage '" + storage + "' at " + disk.path();
  }

  private Optional<Problem> missing(Set<Label> known) throws IOException {
    if (Files.isDirectory(disk.path())) {
      return Optional.empty();
    }
    if (!mayCreate(known) || Files.exists(disk.path())) {
      return Optional.of(away("is not there"));
    }
    DurableFiles.createPrivateDirectory(disk.path());
    return Optional.empty();
  }

  private boolean mayCreate(Set<Label> known) {
    return disk.identity().isEmpty() && !disk.requireMount() && known.isEmpty();
  }

  private Optional<Problem> unmounted() throws IOException {
    return disk.requireMount() && Mounts.pointOf(disk.path()).equals(Path.of("/"))
        ? Optional.of(away("is not on a mounted disk and requireMount is true"))
        : Optional.empty();
  }

  private Optional<Problem> stranger() throws IOException {
    if (disk.identity().isEmpty()) {
      return Optional.empty();
    }
    if (!Files.isRegularFile(layout.identity())) {
      return Optional.of(away("has no file .holdfast-identity, so it is not the disk declared"));
    }
    try (var in = Files.newInputStream(layout.identity())) {
      var found = new String(in.readNBytes(LONGEST_IDENTITY), StandardCharsets.UTF_8).strip();
      return found.equals(disk.identity().get().strip())
          ? Optional.empty()
          : Optional.of(
              away(
                  "has the identity '%s', declared is '%s'"
                      .formatted(found, disk.identity().get())));
    }
  }

  /// Volumes that the catalog knows do not vanish together, unless this is another disk.
  private Optional<Problem> deserted(Set<Label> known) {
    return known.isEmpty()
            || known.stream().anyMatch(label -> Files.isDirectory(layout.volume(label)))
        ? Optional.empty()
        : Optional.of(lost("has none of the %d volumes known to be there".formatted(known.size())));
  }

  private CheckResult writable() {
    if (!Files.isWritable(disk.path())) {
      return new Refused(
          new Problem(
              place(),
              "is read-only; nothing was written to it",
              "mount it writable, or let the user who runs Holdfast write there, then run again"));
    }
    return new Usable();
  }

  /// One thing that tells a disk that is away; empty when it is not that.
  private interface Question {
    Optional<Problem> ask() throws IOException;
  }
}
