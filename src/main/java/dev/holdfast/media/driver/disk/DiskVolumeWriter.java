package dev.holdfast.media.driver.disk;

import dev.holdfast.image.FileKind;
import dev.holdfast.image.Header;
import dev.holdfast.image.MalformedStreamException;
import dev.holdfast.image.StoredHeader;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.io.DurableFiles;
import dev.holdfast.io.OsLock;
import dev.holdfast.media.AppendResult;
import dev.holdfast.media.AppendResult.Failed;
import dev.holdfast.media.AppendResult.VolumeFull;
import dev.holdfast.media.AppendResult.Written;
import dev.holdfast.media.MediaFile;
import dev.holdfast.media.RemoveResult;
import dev.holdfast.media.Sighting;
import dev.holdfast.media.StoredFile;
import dev.holdfast.media.VolumeFileName;
import dev.holdfast.media.VolumeLabel;
import dev.holdfast.media.VolumeWriter;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.RunId;
import dev.holdfast.model.VolumeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/// Appends files to a directory. Made by `DiskStorage.open` only, after the label guard.
final class DiskVolumeWriter implements VolumeWriter {
  private final OpenVolume volume;
  private final VolumeLabel label;
  private final OsLock lock;
  private Duplicates duplicates;
  private long used;
  private int next;

  DiskVolumeWriter(OpenVolume volume, Sighting.Labelled seen, OsLock lock) throws IOException {
    this.volume = volume;
    this.label = seen.label();
    this.lock = lock;
    this.duplicates = new Duplicates(volume.folder());
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
      var header = header(file);
      var present = duplicates.find(file);
      return present.isPresent() ? again(present.get()) : place(file, header);
    } catch (MalformedStreamException damaged) {
      return damaged(file, String.valueOf(damaged.getMessage()));
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

  /// A file that is not what its header says is refused before a byte of it is placed.
  private StoredHeader header(MediaFile file) throws IOException {
    try (var channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
      var header = StoredHeader.read(channel);
      if (header.kind() != file.kind() || channel.size() != header.fileSize()) {
        throw new MalformedStreamException(
            "is %d bytes of %s, expected are %d of %s"
                .formatted(channel.size(), header.kind(), header.fileSize(), file.kind()));
      }
      return header;
    }
  }

  private AppendResult place(MediaFile file, StoredHeader header) throws IOException {
    var full = tooFull(header.fileSize());
    if (full.isPresent()) {
      return full.get();
    }
    var name = VolumeFileName.of(next, file);
    var beside = DiskLayout.unfinishedFile(volume.folder(), next);
    try {
      if (!isLinked(file, beside)) {
        if (volume.presence().headroom() < header.fileSize()) {
          return volume.full("cannot take " + describe(file, header));
        }
        FileTransfer.copy(file.path(), beside, header);
      }
      return publish(beside, name, header.fileSize(), point(file.kind()));
    } catch (MalformedStreamException damaged) {
      remove(beside);
      return damaged(file, String.valueOf(damaged.getMessage()));
    } catch (IOException failed) {
      remove(beside);
      return failure(file, header, failed);
    }
  }

  /// A manifest is small and written anew at each attempt, so it never shares its bytes.
  private static boolean isLinked(MediaFile file, Path beside) throws IOException {
    return file.kind() != FileKind.MANIFEST && FileTransfer.link(file.path(), beside);
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
    var capacity = volume.disk().volumeSize();
    if (capacity.isEmpty() || used + size <= capacity.get().bytes()) {
      return Optional.empty();
    }
    var sizes =
        "%s do not fit volume %s of %s"
            .formatted(new ByteSize(size).human(), label.name(), capacity.get().human());
    return Optional.of(
        size + Header.SIZE > capacity.get().bytes()
            ? new Failed(
                new Problem(
                    volume.presence().place(),
                    sizes + ", nor any other",
                    "make volumes larger (vtapes.size) or parts smaller (media.partSize)"),
                ExitCode.STORAGE)
            : new VolumeFull(
                sizes + ", " + new ByteSize(capacity.get().bytes() - used).human() + " are left"));
  }

  private AppendResult failure(MediaFile file, StoredHeader header, IOException failed) {
    return FileTransfer.isFull(failed) || volume.presence().headroom() < header.fileSize()
        ? volume.full("cannot take " + describe(file, header) + ": " + Reason.of(failed))
        : broken(describe(file, header) + ": " + Reason.of(failed));
  }

  private Failed broken(String fact) {
    var away = volume.away();
    return away.isPresent() ? away.get() : volume.fault("cannot be written: " + fact);
  }

  private static AppendResult damaged(MediaFile file, String fact) {
    return new Failed(
        new Problem(
            file.path().toString(),
            fact + "; it was not written to media",
            "the image was damaged before it was written; dump its source again with --fresh"),
        ExitCode.DAMAGED);
  }

  /// A leftover that cannot be removed now is removed when the volume is opened next.
  private static void remove(Path beside) {
    beside.toFile().delete();
  }

  private static CrashPoint point(FileKind kind) {
    return kind == FileKind.MANIFEST ? CrashPoint.MANIFEST_SYNCED : CrashPoint.MEDIA_PART_SYNCED;
  }

  private static String describe(MediaFile file, StoredHeader header) {
    return "%s of image %s (%s)"
        .formatted(file.suffix(), file.image(), new ByteSize(header.fileSize()).human());
  }
}
