package dev.holdfast.job;

import dev.holdfast.catalog.ImageRow;
import dev.holdfast.image.DamagedException;
import dev.holdfast.image.Manifest;
import dev.holdfast.image.ManifestCodec;
import dev.holdfast.image.MissingFileException;
import dev.holdfast.image.StoredFiles;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.media.MediaFile;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Label;
import dev.holdfast.model.Reason;
import dev.holdfast.model.VolumeFile;
import dev.holdfast.report.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One image on its way to a further storage. Each file is taken from the nearest home that has it
/// whole; what is durable there is recorded file by file, so that a copy that was cut off goes on
/// behind it.
final class ImageCopy {
  private final RunScope scope;
  private final ImageRow row;
  private final String storage;
  private final Manifest manifest;
  private final List<Home> homes;

  ImageCopy(RunScope scope, ImageRow row, String storage) throws IOException {
    this.scope = scope;
    this.row = row;
    this.storage = storage;
    this.manifest = row.manifest().orElseThrow();
    this.homes =
        scope.readers().homes(row).stream().filter(home -> !home.name().equals(storage)).toList();
  }

  /// @throws UncopyableException when no home has a file whole
  /// @throws StorageTroubleException when the storage takes nothing now
  void to(Volumes volumes) throws IOException, InterruptedException {
    var image = manifest.image();
    var ref = SetReader.ref(manifest);
    scope.catalog().copies().begin(image, storage, now());
    CrashPoint.COPY_BEGUN.reached();
    scope.events().tell(new RunEvent.CopyBegan(ref, storage, bytes()));
    var done = scope.catalog().copies().onMedia(image, storage);
    var placed = new ArrayList<Manifest.Entry>();
    long bytes = 0;
    for (var entry : manifest.files()) {
      scope.stop().check();
      var earlier = Commit.find(done, entry);
      placed.add(earlier.isPresent() ? earlier.get() : place(entry, volumes));
      bytes += entry.file().length();
      scope.events().tell(new RunEvent.CopyProgress(image, storage, bytes));
    }
    commit(
        scope,
        storage,
        manifest.onMedia(manifest.sequence(), manifest.previous(), placed),
        volumes);
    scope.outcomes().copies().copied(storage, bytes);
    scope.events().tell(new RunEvent.CopyEnded(ref, storage, labels(placed)));
  }

  /// The copy's own manifest makes it one.
  static void commit(RunScope scope, String storage, Manifest copied, Volumes volumes)
      throws IOException {
    var file = scope.state().work(copied.image(), storage + ".manifest");
    Commit.write(copied, ManifestCodec.encode(copied), file);
    volumes.write(MediaFile.manifest(copied.image(), file));
    scope.catalog().copies().stored(storage, copied, Instant.now(scope.request().clock()));
    CrashPoint.COPY_STORED.reached();
    Files.delete(file);
  }

  private Manifest.Entry place(Manifest.Entry entry, Volumes volumes) throws IOException {
    var failures = new UncopyableException(row, entry);
    for (var home : homes) {
      try {
        var placed = Volumes.placed(entry, write(entry, home, volumes));
        failures.tellDamage(scope.outcomes().copies());
        scope.catalog().copies().onMedia(manifest.image(), storage, placed);
        CrashPoint.COPY_PART_RECORDED.reached();
        return placed;
      } catch (StorageTroubleException trouble) {
        if (trouble.exit() != ExitCode.DAMAGED) {
          throw trouble;
        }
        failures.damaged(home, trouble.trouble().problem().fact());
      } catch (DamagedException damaged) {
        failures.damaged(home, damaged.damage().what());
      } catch (MissingFileException gone) {
        failures.damaged(home, Reason.of(gone));
      } catch (NoSuchFileException | UnreadHomeException away) {
        failures.away(home, Reason.of(away));
      }
    }
    throw failures;
  }

  /// The header is compared with the manifest here, the payload with the header by the writer,
  /// which reads every byte once.
  private VolumeFile write(Manifest.Entry entry, Home home, Volumes volumes) throws IOException {
    var files = new StoredFiles(manifest, home.parts());
    var local = located(entry, home, files);
    if (local.isPresent()) {
      return volumes.write(media(entry, local.get()));
    }
    var fetched = scope.state().work(manifest.image(), storage + ".fetched");
    fetch(entry, files, fetched);
    var place = volumes.write(media(entry, fetched));
    Files.delete(fetched);
    return place;
  }

  private static Optional<Path> located(Manifest.Entry entry, Home home, StoredFiles files)
      throws IOException {
    try {
      var local = home.parts().local(entry);
      if (local.isPresent()) {
        var damage = files.checkHeader(entry);
        if (damage.isPresent()) {
          throw new DamagedException(damage.get());
        }
      }
      return local;
    } catch (DamagedException | MissingFileException | NoSuchFileException known) {
      throw known;
    } catch (IOException away) {
      throw new UnreadHomeException(away);
    }
  }

  private static void fetch(Manifest.Entry entry, StoredFiles files, Path target)
      throws IOException {
    try {
      files.fetch(entry, target);
    } catch (DamagedException | MissingFileException | NoSuchFileException known) {
      throw known;
    } catch (IOException away) {
      throw new UnreadHomeException(away);
    }
  }

  /// A copy that shares its bytes with the original would be none.
  private MediaFile media(Manifest.Entry entry, Path file) {
    return new MediaFile(
        manifest.image(), entry.kind(), entry.file().number(), file, MediaFile.Bytes.OWN);
  }

  private long bytes() {
    return manifest.files().stream().mapToLong(entry -> entry.file().length()).sum();
  }

  private static List<Label> labels(List<Manifest.Entry> placed) {
    return placed.stream().map(entry -> entry.place().orElseThrow().volume()).distinct().toList();
  }

  private Instant now() {
    return Instant.now(scope.request().clock());
  }

  /// A home could not be read, which is no fault of the storage that is written.
  private static final class UnreadHomeException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadHomeException(IOException cause) {
      super(Reason.of(cause), cause);
    }
  }
}
