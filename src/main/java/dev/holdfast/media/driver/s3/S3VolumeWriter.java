package dev.holdfast.media.driver.s3;

import dev.holdfast.image.Digests;
import dev.holdfast.image.FileKind;
import dev.holdfast.image.Header;
import dev.holdfast.image.MalformedStreamException;
import dev.holdfast.image.StoredHeader;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.media.AppendResult;
import dev.holdfast.media.AppendResult.Failed;
import dev.holdfast.media.AppendResult.VolumeFull;
import dev.holdfast.media.AppendResult.Written;
import dev.holdfast.media.Capacity;
import dev.holdfast.media.CheckedFile;
import dev.holdfast.media.FormingPart;
import dev.holdfast.media.MediaFile;
import dev.holdfast.media.Removal;
import dev.holdfast.media.RemoveResult;
import dev.holdfast.media.SendingPart;
import dev.holdfast.media.StoredFile;
import dev.holdfast.media.Toc;
import dev.holdfast.media.VolumeFileName;
import dev.holdfast.media.VolumeLabel;
import dev.holdfast.media.VolumeWriter;
import dev.holdfast.media.driver.s3.BucketException.Kind;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.RunId;
import dev.holdfast.model.VolumeFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Appends files below a prefix. Made by `S3Storage.open` only, after the label guard.
final class S3VolumeWriter implements VolumeWriter {
  private final Bucket bucket;
  private final S3Scan scan;
  private final S3Layout layout;
  private final VolumeLabel label;
  private final String place;
  private final String location;
  private final Capacity capacity;
  private final Map<VolumeFileName, Toc.Line> written = new HashMap<>();

  /// What was there when it was opened; what is written since is no duplicate.
  private List<StoredFile> present;

  private Optional<S3SendingPart> forming = Optional.empty();
  private long used;
  private int next;

  /// @param location the volume in `OpenVolumes`, released by `close`
  S3VolumeWriter(Bucket bucket, S3Scan scan, VolumeLabel label, String place, String location)
      throws IOException {
    var files = scan.files(label.name());
    this.bucket = bucket;
    this.scan = scan;
    this.layout = scan.layout();
    this.label = label;
    this.place = place;
    this.location = location;
    this.capacity = new Capacity(place, label.name(), bucket.declared().vtapes().size());
    this.present = files.all();
    this.used = files.bytes();
    this.next = files.next();
  }

  /// The header of a file that is all header, as far as an upload needs it.
  static StoredHeader bare(byte[] file) {
    return new StoredHeader(FileKind.LABEL, 0, Digests.of(file, Header.SIZE, 0));
  }

  @Override
  public VolumeLabel label() {
    return label;
  }

  @Override
  public AppendResult append(MediaFile file) {
    try {
      var checked = CheckedFile.read(file);
      var body = new Body.OfFile(file.path(), checked.header().fileSize());
      var earlier = earlier(file, body, checked.header());
      if (earlier.isPresent()) {
        return new Written(new VolumeFile(label.name(), earlier.get().number()));
      }
      var full = capacity.objection(used, body.size());
      return full.isPresent()
          ? full.get()
          : place(VolumeFileName.of(next, file), body, checked.header());
    } catch (MalformedStreamException damaged) {
      return CheckedFile.damaged(file, damaged);
    } catch (IOException failed) {
      return failed(file.path().toString(), failed);
    }
  }

  @Override
  public Optional<SendingPart> begin(FormingPart part) {
    if (!GrowingUpload.takes(part.atMost())
        || capacity.objection(used, part.atMost()).isPresent()) {
      return Optional.empty();
    }
    var name = new VolumeFileName(next, FileKind.PART, Optional.of(part.image()), part.number());
    try {
      var upload = new GrowingUpload(bucket, layout.key(label.name(), name), part.file());
      forming = Optional.of(new S3SendingPart(this, name, upload));
      next++;
    } catch (IOException gone) {
      // the dump ended meanwhile
      forming = Optional.empty();
    }
    return forming.map(SendingPart.class::cast);
  }

  @Override
  public AppendResult writeToc(RunId run) {
    try {
      var toc = new S3Toc(bucket, layout, written, scan.files(label.name()).all());
      var newest = toc.newest();
      if (newest.isPresent()) {
        return new Written(new VolumeFile(label.name(), newest.get()));
      }
      var bytes = toc.contents().file(label, run);
      var full = capacity.objection(used, bytes.length);
      return full.isPresent()
          ? full.get()
          : place(VolumeFileName.toc(next), new Body.OfBytes(bytes), StoredHeader.of(head(bytes)));
    } catch (IOException failed) {
      return failed("table of contents", failed);
    }
  }

  @Override
  public RemoveResult remove(List<VolumeFile> files) {
    var removal = new Removal(label.name());
    files.forEach(removal::check);
    try {
      var result =
          switch (removal.choose(scan.files(label.name()).all(), files)) {
            case Removal.Choice.Files(var doomed) -> remove(doomed, removal);
            case Removal.Choice.Ambiguous(var place) -> removal.ambiguous(place, location);
          };
      lookAgain();
      return result;
    } catch (IOException failed) {
      return failure(failed);
    }
  }

  @Override
  public void close() {
    forming.ifPresent(S3SendingPart::close);
    OpenVolumes.release(location);
  }

  private AppendResult place(VolumeFileName name, Body body, StoredHeader header)
      throws IOException {
    new Upload(bucket, layout.key(label.name(), name), body, header).send();
    next = name.number() + 1;
    return placed(name, header);
  }

  /// The file is there, whole.
  AppendResult placed(VolumeFileName name, StoredHeader header) {
    point(name.kind()).reached();
    used += header.fileSize();
    written.put(name, new Toc.Line(name, header.length(), header.digest()));
    return new Written(new VolumeFile(label.name(), name.number()));
  }

  /// The file that an earlier attempt placed here before it could be recorded.
  private Optional<StoredFile> earlier(MediaFile file, Body body, StoredHeader header)
      throws IOException {
    for (var one : present) {
      if (one.kind() == file.kind()
          && one.image().filter(file.image()::equals).isPresent()
          && one.part() == file.number()
          && one.bytes() == body.size()
          && Upload.isThere(bucket, layout.key(one), body, header)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  private RemoveResult remove(List<StoredFile> doomed, Removal removal) {
    int files = 0;
    long bytes = 0;
    for (var file : doomed) {
      try {
        bucket.remove(layout.key(file));
      } catch (BucketException no) {
        return no.kind() == Kind.DENIED ? kept(file, no, removal) : failure(no);
      } catch (IOException failed) {
        return failure(failed);
      }
      Removal.point(file.kind()).reached();
      if (file.kind() != FileKind.TOC) {
        files++;
        bytes += file.bytes();
      }
    }
    return new RemoveResult.Removed(files, bytes);
  }

  private static RemoveResult kept(StoredFile file, BucketException no, Removal removal) {
    return new RemoveResult.Kept(
        new Problem(
            "volume " + removal.label() + " file " + file.number(),
            "was not removed, the bucket holds it: " + no.problem().fact(),
            "a lock (s3.objectLock) ends by itself; else let s3.prunerCredentials have "
                + Action.REMOVE.right()));
  }

  private RemoveResult failure(IOException failed) {
    return failed instanceof BucketException no
        ? new RemoveResult.Failed(no.problem(), no.exit())
        : new RemoveResult.Failed(
            new Problem(place, "files cannot be removed: " + Reason.of(failed), "run it again"),
            ExitCode.STORAGE);
  }

  /// What is left on the volume, after some of it was removed.
  private void lookAgain() throws IOException {
    var left = scan.files(label.name());
    present = left.all();
    used = left.bytes();
    next = left.next();
    written.keySet().retainAll(present.stream().map(S3Toc::name).toList());
  }

  private AppendResult failed(String what, IOException failed) {
    if (!(failed instanceof BucketException no)) {
      return new Failed(
          new Problem(
              place,
              "cannot be written: " + what + ": " + Reason.of(failed),
              "images wait in staging, run again when it is whole"),
          ExitCode.STORAGE);
    }
    return no.kind() == Kind.TAKEN
        ? new VolumeFull("another writer has written file " + next + " of " + label.name())
        : new Failed(no.problem(), no.exit());
  }

  private static byte[] head(byte[] file) {
    return Arrays.copyOf(file, Header.SIZE);
  }

  private static CrashPoint point(FileKind kind) {
    return switch (kind) {
      case MANIFEST -> CrashPoint.MANIFEST_SYNCED;
      case TOC -> CrashPoint.TOC_WRITTEN;
      case LABEL, PART, INDEX, STATE -> CrashPoint.MEDIA_PART_SYNCED;
    };
  }
}
