package dev.holdfast.media.driver.disk;

import dev.holdfast.image.FileKind;
import dev.holdfast.image.MalformedStreamException;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.io.DurableFiles;
import dev.holdfast.io.OsLock;
import dev.holdfast.media.AppendResult;
import dev.holdfast.media.AppendResult.Written;
import dev.holdfast.media.Capacity;
import dev.holdfast.media.CheckedFile;
import dev.holdfast.media.MediaFile;
import dev.holdfast.media.RemoveResult;
import dev.holdfast.media.Sighting;
import dev.holdfast.media.StoredFile;
import dev.holdfast.media.VolumeFileName;
import dev.holdfast.media.VolumeLabel;
import dev.holdfast.media.VolumeWriter;
import dev.holdfast.model.Reason;
import dev.holdfast.model.RunId;
import dev.holdfast.model.VolumeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Appends files to a directory. Made by `DiskStorage.open` only, after the label guard.
final class DiskVolumeWriter implements VolumeWriter {
  private final OpenVolume volume;
  private final VolumeLabel label;
  private final OsLock lock;
  private final Capacity capacity;
  private Duplicates duplicates;
  private long used;
  private int next;

  DiskVolumeWriter(OpenVolume volume, Sighting.Labelled seen, OsLock lock) throws IOException {
    this.volume = volume;
    this.label = seen.label();
    this.lock = lock;
    this.duplicates = new Duplicates(volume.folder());
    this.capacity =
        new Capacity(volume.presence().place(), label.name(), volume.disk().volumeSize());
    this.used = seen.used();
    this.next = seen.nextFile();
    for (var leftover : DiskLayout.unfinishedFiles(volume.folder())) {
      Files.delete(leftover);
    }
  }

  @Override
  public VolumeLabel label() {
    return label;
  }

  @Override
  public AppendResult append(MediaFile file) {
    var away = volume.away();
    if (away.isPresent()) {
      return away.get();
    }
    try {
      var checked = CheckedFile.read(file);
      var present = duplicates.find(file);
      return present.isPresent() ? again(present.get()) : place(checked);
    } catch (MalformedStreamException damaged) {
      return CheckedFile.damaged(file, damaged);
    } catch (IOException | UncheckedIOException failed) {
      return broken(file.path() + ": " + Reason.of(failed));
    }
  }

  @Override
  public AppendResult writeToc(RunId run) {
    var away = volume.away();
    if (away.isPresent()) {
      return away.get();
    }
    var beside = DiskLayout.unfinishedFile(volume.folder(), next);
    try {
      var toc = new TocWriter(volume.folder(), label, run);
      var newest = toc.newest();
      if (newest.isPresent()) {
        return new Written(new VolumeFile(label.name(), newest.get()));
      }
      long size = toc.write(beside);
      var full = tooFull(size);
      if (full.isPresent()) {
        Files.delete(beside);
        return full.get();
      }
      return publish(beside, VolumeFileName.toc(next), size, CrashPoint.TOC_WRITTEN);
    } catch (IOException | UncheckedIOException failed) {
      remove(beside);
      return broken("table of contents: " + Reason.of(failed));
    }
  }

  @Override
  public RemoveResult remove(List<VolumeFile> files) {
    var result = new DiskRemoval(volume, label.name()).remove(files);
    try {
      lookAgain();
      return result;
    } catch (IOException | UncheckedIOException failed) {
      var broken = broken(volume.folder() + ": " + Reason.of(failed));
      return new RemoveResult.Failed(broken.problem(), broken.exit());
    }
  }

  /// What is left on the volume, after some of it was removed.
  private void lookAgain() throws IOException {
    var left = DiskLayout.files(volume.folder());
    used = left.stream().mapToLong(StoredFile::bytes).sum();
    next = left.isEmpty() ? 1 : left.getLast().number() + 1;
    duplicates = new Duplicates(volume.folder());
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private AppendResult place(CheckedFile checked) throws IOException {
    var file = checked.file();
    var header = checked.header();
    var full = tooFull(header.fileSize());
    if (full.isPresent()) {
      return full.get();
    }
    var name = VolumeFileName.of(next, file);
    var beside = DiskLayout.unfinishedFile(volume.folder(), next);
    try {
      if (!isLinked(file, beside)) {
        if (volume.presence().headroom() < header.fileSize()) {
          return volume.full("cannot take " + checked.describe());
        }
        FileTransfer.copy(file.path(), beside, header);
      }
      return publish(beside, name, header.fileSize(), point(file.kind()));
    } catch (MalformedStreamException damaged) {
      remove(beside);
      return CheckedFile.damaged(file, damaged);
    } catch (IOException failed) {
      remove(beside);
      return failure(checked, failed);
    }
  }

  /// A manifest is small and written anew at each attempt, so it never shares its bytes.
  private static boolean isLinked(MediaFile file, Path beside) throws IOException {
    return file.kind() != FileKind.MANIFEST
        && file.bytes() == MediaFile.Bytes.SHARED
        && FileTransfer.link(file.path(), beside);
  }

  private AppendResult publish(Path beside, VolumeFileName name, long size, CrashPoint point)
      throws IOException {
    var away = volume.away();
    if (away.isPresent()) {
      remove(beside);
      return away.get();
    }
    DurableFiles.publish(beside, volume.folder().resolve(name.text()));
    point.reached();
    used += size;
    next = name.number() + 1;
    return new Written(new VolumeFile(label.name(), name.number()));
  }

  /// Its name may not have been made durable before the crash that made us write it again.
  private AppendResult again(int number) throws IOException {
    DurableFiles.syncDirectory(volume.folder());
    return new Written(new VolumeFile(label.name(), number));
  }

  private Optional<AppendResult> tooFull(long size) {
    return capacity.objection(used, size);
  }

  private AppendResult failure(CheckedFile checked, IOException failed) {
    return FileTransfer.isFull(failed) || volume.presence().headroom() < checked.header().fileSize()
        ? volume.full("cannot take " + checked.describe() + ": " + Reason.of(failed))
        : broken(checked.describe() + ": " + Reason.of(failed));
  }

  private AppendResult.Failed broken(String fact) {
    var away = volume.away();
    return away.isPresent() ? away.get() : volume.fault("cannot be written: " + fact);
  }

  /// A leftover that cannot be removed now is removed when the volume is opened next.
  private static void remove(Path beside) {
    beside.toFile().delete();
  }

  private static CrashPoint point(FileKind kind) {
    return kind == FileKind.MANIFEST ? CrashPoint.MANIFEST_SYNCED : CrashPoint.MEDIA_PART_SYNCED;
  }
}
