package dev.holdfast.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import dev.holdfast.fixture.Trees;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing that is not what was written gets past its check, and an index that lies is an error.
class StoredBytesTests {
  private static final int FLIPS = 2_000;
  private static final long SEED = 20_261_124;

  private final FrameWorkers workers = new FrameWorkers();

  @TempDir Path root;
  Path folder;
  Manifest manifest;
  StoredFiles files;

  @BeforeEach
  void dump() throws IOException {
    var tree = Trees.fill(root.resolve("tree"), 6, 9_000, 1);
    folder = root.resolve("image");
    manifest =
        TestImages.dump(
            TestImages.spec("i0", 0, Optional.empty()), tree, root.resolve("s"), folder);
    try (var file = new SealedFile(new ImageFolder(folder).manifest())) {
      file.payload().write(ManifestCodec.encode(manifest));
      file.complete(FileKind.MANIFEST, HeaderFields.empty().with("Image", "i0"), "");
    }
    files = new StoredFiles(manifest, new FolderSource(new ImageFolder(folder), "folder"));
  }

  @AfterEach
  void end() {
    workers.close();
  }

  @Test
  void everyFlippedBitIsFoundAndNoneIsRestored() throws IOException {
    var random = new Random(SEED);
    var whole = restore();
    var stored = new ArrayList<Path>();
    try (var listed = Files.list(folder)) {
      listed.sorted().forEach(stored::add);
    }
    assertThat(stored).hasSize(4);
    for (int flip = 0; flip < FLIPS; flip++) {
      var file = stored.get(random.nextInt(stored.size()));
      var bytes = Files.readAllBytes(file);
      int bit = random.nextInt(bytes.length * 8);
      flip(file, bytes, bit);
      assertThat(faults()).as("bit %s of %s", bit, file).containsExactly(name(file));
      assertThat(restored(whole)).as("bit %s of %s", bit, file).isTrue();
      flip(file, bytes, bit);
    }
    assertThat(faults()).isEmpty();
  }

  @Test
  void aLongerOrShorterFileIsDamaged() throws IOException {
    var part = new ImageFolder(folder).part(1);
    var bytes = Files.readAllBytes(part);
    Files.write(part, Arrays.copyOf(bytes, bytes.length + 1));
    assertThat(faults()).containsExactly("p0001");

    Files.write(part, Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(faults()).containsExactly("p0001");
    assertThatThrownBy(this::restore).isInstanceOf(DamagedException.class);
  }

  @Test
  void anotherImagesFileIsDamageThoughItIsWhole() throws IOException {
    var other = root.resolve("other");
    TestImages.dump(
        TestImages.spec("i9", 0, Optional.empty()), root.resolve("tree"), root.resolve("t"), other);
    Files.copy(
        new ImageFolder(other).part(1),
        new ImageFolder(folder).part(1),
        StandardCopyOption.REPLACE_EXISTING);

    assertThat(files.check(manifest.parts().getFirst()).map(Damage::what))
        .contains("is PART p0001 of image i9, not what the manifest says");
    assertThatThrownBy(this::restore).isInstanceOf(DamagedException.class);
  }

  @Test
  void framesThatCannotBeAreRefused() throws IOException {
    var frames = whole(files).frames().getFirst();
    var one = frames.getFirst();

    for (var lie :
        List.of(
            new Frame(2, 0, one.storedLength(), 0, one.rawLength(), one.digest()),
            new Frame(1, Long.MAX_VALUE, one.storedLength(), 0, one.rawLength(), one.digest()),
            new Frame(1, -1, one.storedLength(), 0, one.rawLength(), one.digest()),
            new Frame(1, 0, Long.MAX_VALUE, 0, one.rawLength(), one.digest()),
            new Frame(1, 0, one.storedLength() - 1, 0, one.rawLength(), one.digest()),
            new Frame(1, 0, one.storedLength(), 1, one.rawLength(), one.digest()),
            new Frame(1, 0, one.storedLength(), 0, Long.MAX_VALUE, one.digest()),
            new Frame(1, 0, one.storedLength(), 0, 0, one.digest()))) {
      assertThatThrownBy(() -> new FrameSource(files, List.of(lie), workers).close())
          .isInstanceOf(MalformedStreamException.class);
    }
    assertThatThrownBy(() -> new FrameSource(files, List.of(one, one), workers).close())
        .isInstanceOf(MalformedStreamException.class);
    assertThatThrownBy(() -> new FrameSource(files, List.of(), workers).close())
        .isInstanceOf(MalformedStreamException.class);
  }

  @Test
  void anIndexWhoseMembersLieIsRefused() throws IOException {
    assertRefused(
        text -> text.replaceFirst("\nM\t([^\t]*(\t[^\t]*){5})\t[0-9]+", "\nM\t$1\t1048576"));
    assertRefused(
        text ->
            text.replaceFirst(
                "\nM\t([^\t]*(\t[^\t]*){5})\t([0-9]+)\t[0-9]+", "\nM\t$1\t$3\t" + Long.MAX_VALUE));
    assertRefused(text -> text.replaceFirst("\nM\tf", "\nM\t?"));
    assertRefused(text -> text.substring(0, text.length() / 2));
    assertRefused(text -> text.substring(0, text.lastIndexOf("E\t")));
    assertRefused(text -> text + "M\n");
  }

  @Test
  void anIndexThatIsCutAnywhereIsRefused() throws IOException {
    var payload = files.payload(index()).readAllBytes();
    for (int length = 0; length < payload.length; length++) {
      var cut = new ByteArrayInputStream(payload, 0, length);
      assertThatThrownBy(() -> readAll(new IndexReader(cut))).isInstanceOf(IOException.class);
    }
  }

  @Test
  void anImageMustFollowTheOneItBuildsOn() throws IOException {
    var spec = TestImages.spec("i2", 2, Optional.of("i1"));
    var later = root.resolve("later");
    var second = TestImages.dump(spec, root.resolve("tree"), root.resolve("s"), later);
    var next = new StoredFiles(second, new FolderSource(new ImageFolder(later), "folder"));

    assertThatThrownBy(() -> Chain.read(List.of(files, next), Wanted.everything()))
        .hasMessage("image i2 builds on i1, the one before it is i0");
  }

  private void assertRefused(UnaryOperator<String> lie) throws IOException {
    var payload = files.payload(index()).readAllBytes();
    var text =
        new String(
            new ZstdInputStream(new ByteArrayInputStream(payload)).readAllBytes(),
            StandardCharsets.ISO_8859_1);
    var lying = lie.apply(text);
    assertThat(lying).isNotEqualTo(text);
    var copy = root.resolve("copy");
    Files.createDirectories(copy);
    var file = new ImageFolder(copy).index();
    var stored = new ByteArrayOutputStream();
    try (var zstd = new ZstdOutputStream(stored)) {
      zstd.write(lying.getBytes(StandardCharsets.ISO_8859_1));
    }
    try (var sealed = new SealedFile(file)) {
      sealed.payload().write(stored.toByteArray());
      var spec = TestImages.spec("i0", 0, Optional.empty());
      var written = sealed.complete(FileKind.INDEX, spec.fields(FileKind.INDEX, 1), "");
      var entry = new Manifest.Entry(FileKind.INDEX, written, Optional.empty());
      var forged =
          manifest.onMedia(0, Optional.empty(), List.of(manifest.parts().getFirst(), entry));
      var source = new FolderSource(new ImageFolder(copy), "folder");
      assertThatThrownBy(() -> whole(new StoredFiles(forged, source)))
          .isInstanceOf(MalformedStreamException.class);
    }
  }

  private static void readAll(IndexReader index) throws IOException {
    try (index) {
      var member = index.next();
      while (member.isPresent()) {
        member = index.next();
      }
    }
  }

  private Manifest.Entry index() {
    return manifest.files().stream()
        .filter(entry -> entry.kind() == FileKind.INDEX)
        .findFirst()
        .orElseThrow();
  }

  private static void flip(Path file, byte[] bytes, int bit) throws IOException {
    bytes[bit / 8] ^= (byte) (1 << (bit % 8));
    Files.write(file, bytes);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /// The names of the files that verifying finds damaged, as a whole image and file by file.
  private List<String> faults() throws IOException {
    var found = new ArrayList<String>();
    for (var entry : manifest.files()) {
      files.check(entry).ifPresent(damage -> found.add(damage.file()));
      try (var channel = FileChannel.open(new ImageFolder(folder).file(entry))) {
        assertThat(StoredHeader.fault(channel).isPresent())
            .isEqualTo(found.contains(ImageFolder.fileName(entry.kind(), entry.file().number())));
      }
    }
    try {
      assertThat(ManifestFile.read(new ImageFolder(folder).manifest())).isEqualTo(manifest);
    } catch (MalformedStreamException damaged) {
      found.add("manifest");
    }
    return found;
  }

  @Test
  void aViewOfWhatIsWantedIsThatPartOfTheWhole() throws IOException {
    var whole = whole(files);
    var all = whole.view().entries(MemberPath.ROOT);
    assertThat(all).hasSizeGreaterThan(6);
    for (var entry : all) {
      var part = Chain.read(List.of(files), new Wanted(List.of(entry.path())));
      assertThat(part.frames()).isEqualTo(whole.frames());
      assertThat(part.view().entries(entry.path())).isEqualTo(whole.view().entries(entry.path()));
      assertThat(part.view().missing()).isEmpty();
    }
  }

  @Test
  void aWantedPathThatIsNotThereIsNotFound() throws IOException {
    var absent = new MemberPath("no/such");
    var part = Chain.read(List.of(files), new Wanted(List.of(absent)));

    assertThat(part.view().entries(absent)).isEmpty();
  }

  private static Chain whole(StoredFiles files) throws IOException {
    return Chain.read(List.of(files), Wanted.everything());
  }

  /// True when a restore fails, or gives exactly the bytes of the whole image.
  private boolean restored(byte[] whole) throws IOException {
    try {
      return Arrays.equals(restore(), whole);
    } catch (DamagedException refused) {
      return true;
    }
  }

  private byte[] restore() throws IOException {
    var whole = whole(files);
    var view = whole.view();
    var frames = whole.frames().getFirst();
    var all = new RestoreStream.Selection(view, view.entries(MemberPath.ROOT));
    try (var tar = RestoreStream.open(all, 0, files, frames, workers)) {
      return tar.readAllBytes();
    }
  }
}
