package dev.holdfast.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.StoredImages;
import dev.holdfast.image.ImageFolder;
import dev.holdfast.image.Manifest;
import dev.holdfast.media.AppendResult.Written;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SetName;
import dev.holdfast.model.VolumeFile;
import dev.holdfast.model.declared.Taperscan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

/// A storage under test, and a run's way of writing to it.
public abstract class MediaFixture {
  protected static final SetName DEMO = new SetName("Demo");
  protected static final Label FIRST = new Label("Demo-001");
  protected static final Label SECOND = new Label("Demo-002");
  protected static final RunId RUN = new RunId("run1");
  protected static final ByteSize LARGE = new ByteSize(1 << 30);
  protected static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-24T21:30:00Z"), ZoneOffset.UTC);

  @TempDir protected Path root;
  protected final StoredImages images = new StoredImages("Demo");

  /// The storage under test, named `Vault`; each call with the same limits over the same media.
  protected abstract MediaStorage storage(
      Optional<ByteSize> volumeSize, int volumes, boolean label);

  /// Flips a bit of the stored file, behind the driver's back.
  protected abstract void flip(StoredFile file, long at) throws IOException;

  /// From how many bytes on this kind sends a part that is being formed; empty when it never does.
  protected OptionalLong sendsFrom() {
    return OptionalLong.empty();
  }

  protected MediaStorage storage() {
    return storage(Optional.of(LARGE), 0, true);
  }

  protected static VolumeRequest request(long wanted) {
    return new VolumeRequest(
        DEMO,
        "Vault",
        Taperscan.TRADITIONAL,
        new LabelTemplate("${set}-${n:3}"),
        Map.of(),
        Set.of(),
        Set.of(),
        wanted);
  }

  protected static FindResult find(MediaStorage storage, VolumeRequest request) {
    return new VolumeFinder(storage, CLOCK, UUID::randomUUID).find(request);
  }

  protected static VolumeWriter found(MediaStorage storage, long wanted) {
    return switch (find(storage, request(wanted))) {
      case FindResult.Found(var writer, _, _) -> writer;
      case FindResult.None(var problem, _) -> throw new AssertionError(problem.text());
    };
  }

  /// Writes parts, index and the manifest that names their places, as a run does.
  protected Manifest store(VolumeWriter writer, String id, int... parts) {
    var folder = root.resolve("staged").resolve(id);
    var manifest = images.fill(folder, id, parts);
    var places = appendAll(writer, folder, manifest);
    var placed = images.place(manifest, places, folder.resolve("manifest.placed"));
    assertThat(
            writer.append(MediaFile.manifest(manifest.image(), folder.resolve("manifest.placed"))))
        .isInstanceOf(Written.class);
    return placed;
  }

  protected static List<VolumeFile> appendAll(VolumeWriter writer, Path folder, Manifest manifest) {
    var places = new ArrayList<VolumeFile>();
    for (var entry : manifest.files()) {
      places.add(((Written) writer.append(file(manifest, entry, folder))).place());
    }
    return places;
  }

  protected static MediaFile file(Manifest manifest, Manifest.Entry entry, Path folder) {
    var path = new ImageFolder(folder).file(entry);
    return new MediaFile(manifest.image(), entry.kind(), entry.file().number(), path);
  }

  protected static DebrisRequest debris(Set<ImageId> kept) {
    return new DebrisRequest(DEMO, Set.of(FIRST), kept);
  }

  /// The bytes of a stored file, through the public way of reading.
  protected abstract FileChannel raw(StoredFile file) throws IOException;

  protected Toc toc(int number) throws IOException {
    var file =
        storage().reader().files(FIRST).stream()
            .filter(stored -> stored.number() == number)
            .findFirst()
            .orElseThrow();
    try (var channel = raw(file)) {
      var bytes = ByteBuffer.allocate((int) channel.size());
      channel.read(bytes);
      return Toc.parseFile(bytes.array()).orElseThrow();
    }
  }

  protected static Manifest.Entry at(Manifest.Entry entry, VolumeFile place) {
    return new Manifest.Entry(entry.kind(), entry.file(), Optional.of(place));
  }

  protected static String name(Manifest.Entry entry) {
    return ImageFolder.fileName(entry.kind(), entry.file().number());
  }
}
