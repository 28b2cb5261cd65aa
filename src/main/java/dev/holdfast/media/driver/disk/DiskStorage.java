package dev.holdfast.media.driver.disk;

import dev.holdfast.io.CrashPoint;
import dev.holdfast.io.DurableFiles;
import dev.holdfast.io.Mounts;
import dev.holdfast.io.OsLock;
import dev.holdfast.media.CheckResult;
import dev.holdfast.media.LabelFile;
import dev.holdfast.media.LabelGuard;
import dev.holdfast.media.LabelResult;
import dev.holdfast.media.Limits;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.media.OpenResult;
import dev.holdfast.media.Probe;
import dev.holdfast.media.Shelf;
import dev.holdfast.media.Sighting;
import dev.holdfast.media.Space;
import dev.holdfast.media.VolumeFileName;
import dev.holdfast.media.VolumeLabel;
import dev.holdfast.media.VolumeReader;
import dev.holdfast.media.WriteClaim;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Label;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.declared.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Volumes as directories below one path: `<path>/<LABEL>/00000.label`, `00001.<image>.p0001`, ...
public final class DiskStorage implements MediaStorage {
  private final String name;
  private final Disk disk;
  private final boolean archived;
  private final DiskLayout layout;
  private final DiskPresence presence;

  /// @param archived true: volumes are read, never written
  public DiskStorage(String name, Disk disk, boolean archived) {
    this.name = name;
    this.disk = disk;
    this.archived = archived;
    this.layout = new DiskLayout(disk.path());
    this.presence = new DiskPresence(name, disk);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public CheckResult check(Set<Label> known) {
    return presence.check(known);
  }

  @Override
  public List<Sighting> scan() throws IOException {
    return layout.places().stream().map(DiskScan::sight).toList();
  }

  @Override
  public Limits limits() {
    return new Limits(
        disk.volumeSize(), disk.volumes(), disk.autoLabel() && !archived, presence.headroom());
  }

  @Override
  public Space space() throws IOException {
    long used =
        scan().stream()
            .filter(Sighting.Labelled.class::isInstance)
            .mapToLong(sighting -> ((Sighting.Labelled) sighting).used())
            .sum();
    return new Space(
        OptionalLong.of(Mounts.total(disk.path())),
        OptionalLong.of(Mounts.free(disk.path())),
        used);
  }

  @Override
  public LabelResult label(VolumeLabel label) {
    var refused = refusal(presence.check(Set.of()));
    if (refused.isPresent()) {
      return new LabelResult.Failed(refused.get().problem(), refused.get().exit());
    }
    var target = layout.volume(label.name());
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return new LabelResult.Taken(label.name().value());
    }
    try {
      create(label, target);
      return new LabelResult.Labelled(label);
    } catch (IOException failed) {
      var fact = "volume " + label.name() + " cannot be made: " + Reason.of(failed);
      return new LabelResult.Failed(
          FileTransfer.isFull(failed) ? presence.full(fact) : presence.fault(fact),
          ExitCode.STORAGE);
    }
  }

  @Override
  public OpenResult open(WriteClaim claim) {
    // no word of free space: each append asks for it, and removing makes some
    var refused = refusal(presence.checkThere(Set.of()));
    if (refused.isPresent()) {
      return refused.get();
    }
    var volume = layout.volume(claim.expected().name());
    try {
      long device = Mounts.device(disk.path());
      var objection = LabelGuard.objection(claim, DiskScan.sight(volume));
      return objection.isPresent()
          ? new OpenResult.Refused(objection.get(), ExitCode.STORAGE)
          : lock(claim, volume, device);
    } catch (IOException failed) {
      return new OpenResult.Refused(
          new Problem(
              "volume " + claim.expected().name(),
              "cannot be opened for writing: " + Reason.of(failed),
              "see that " + volume + " is writable, then run again"),
          ExitCode.STORAGE);
    }
  }

  @Override
  public VolumeReader reader() {
    return new DiskVolumeReader(layout, name);
  }

  @Override
  public Shelf shelf() {
    return new DiskShelf(layout, presence);
  }

  @Override
  public List<Probe> probe() {
    boolean identified = disk.identity().isPresent() || disk.requireMount();
    return new DiskProbe(disk.path(), presence, identified).probe();
  }

  /// Asked again before every volume: the disk may have gone since the last one.
  private Optional<OpenResult.Refused> refusal(CheckResult check) {
    if (archived) {
      return Optional.of(
          new OpenResult.Refused(
              new Problem(
                  presence.place(),
                  "is declared archived, nothing is written to it",
                  "name another storage in where.storage, or set archived: false"),
              ExitCode.STORAGE));
    }
    return switch (check) {
      case CheckResult.Usable() -> Optional.empty();
      case CheckResult.Unreachable(var problem) ->
          Optional.of(new OpenResult.Refused(problem, ExitCode.TEMPFAIL));
      case CheckResult.Refused(var problem) ->
          Optional.of(new OpenResult.Refused(problem, ExitCode.STORAGE));
    };
  }

  /// Labelled beside and renamed: a volume is never seen without its label.
  private void create(VolumeLabel label, Path target) throws IOException {
    var beside = layout.unfinishedVolume(label);
    DurableFiles.deleteTree(beside);
    DurableFiles.createPrivateDirectory(beside);
    DurableFiles.write(beside.resolve(VolumeFileName.LABEL), LabelFile.bytes(label));
    DurableFiles.publish(beside, target);
    CrashPoint.LABEL_WRITTEN.reached();
  }

  /// The label is read again under the lock: whoever held it before may have changed the volume.
  private OpenResult lock(WriteClaim claim, Path volume, long device) throws IOException {
    var lockFile = DiskLayout.lock(volume);
    var lock = OsLock.tryAcquire(lockFile, "process " + ProcessHandle.current().pid());
    if (lock.isEmpty()) {
      return new OpenResult.Busy(OsLock.holder(lockFile));
    }
    try {
      var sighting = DiskScan.sight(volume);
      var objection = LabelGuard.objection(claim, sighting);
      if (objection.isEmpty() && sighting instanceof Sighting.Labelled seen) {
        var target = new OpenVolume(disk, presence, volume, device);
        return new OpenResult.Opened(new DiskVolumeWriter(target, seen, lock.get()));
      }
      lock.get().close();
      return new OpenResult.Refused(
          objection.orElseGet(() -> presence.away("changed while it was opened")),
          ExitCode.STORAGE);
    } catch (IOException | RuntimeException failed) {
      lock.get().close();
      throw failed;
    }
  }
}
