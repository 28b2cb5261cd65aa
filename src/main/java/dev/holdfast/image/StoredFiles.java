package dev.holdfast.image;

import dev.holdfast.model.Digest;
import dev.holdfast.model.Reason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/// Opens the stored files of one image and checks them against its manifest before anyone sees a
/// byte. The same files may have several homes: what is not whole in one is taken from the next,
/// file by file and frame by frame. Thread-safe if its homes are.
public final class StoredFiles {
  private static final int BUFFER = 256 * 1024;

  private final Manifest manifest;
  private final List<PartSource> homes;
  private final Detours detours;

  public StoredFiles(Manifest manifest, PartSource home) {
    this(manifest, List.of(home), (_, _) -> {});
  }

  /// The files in several homes.
  ///
  /// @param homes where the same files are, the nearest first; at least one
  /// @param detours is told of each file that did not come from where it was looked for first
  public StoredFiles(Manifest manifest, List<PartSource> homes, Detours detours) {
    if (homes.isEmpty()) {
      throw new IllegalArgumentException("image " + manifest.image() + " has no home");
    }
    this.manifest = manifest;
    this.homes = List.copyOf(homes);
    this.detours = detours;
  }

  public Manifest manifest() {
    return manifest;
  }

  /// The payload of a small file, checked whole first.
  ///
  /// @throws DamagedException when no home has it as the manifest says
  public InputStream payload(Manifest.Entry entry) throws IOException {
    return nearest(
        entry,
        home -> {
          var channel = home.open(entry);
          try {
            var damage = check(entry, home, channel);
            if (damage.isPresent()) {
              throw new DamagedException(damage.get());
            }
            channel.position(Header.SIZE);
            return new Rechecked(Channels.newInputStream(channel), entry, home);
          } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
          }
        });
  }

  /// Reads every byte of the file in its nearest home; empty when all are as the manifest says.
  ///
  /// @throws IOException when the file cannot be opened; a read error is damage
  public Optional<Damage> check(Manifest.Entry entry) throws IOException {
    try (var channel = homes.getFirst().open(entry)) {
      return check(entry, homes.getFirst(), channel);
    }
  }

  /// Brings the file, header included, to `target`, which must not exist; what is there after a
  /// failure is not whole. Does not sync.
  ///
  /// @throws DamagedException when no home has it as the manifest says
  public void fetch(Manifest.Entry entry, Path target) throws IOException {
    nearest(
        entry,
        home -> {
          Files.deleteIfExists(target);
          try (var channel = open(entry, home);
              var out =
                  FileChannel.open(
                      target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var found = copy(channel.position(0), out);
            if (!found.equals(entry.file().digest())) {
              throw new DamagedException(
                  damage(
                      entry,
                      home,
                      "has SHA-256 " + found + ", was written with " + entry.file().digest()));
            }
            return target;
          }
        });
  }

  /// The digest of what comes behind the header.
  private static Digest copy(SeekableByteChannel from, FileChannel to) throws IOException {
    var digest = Digests.sha256();
    var header = ByteBuffer.allocate(Header.SIZE);
    readFully(from, header);
    SealedFile.writeFully(to, header.flip());
    var buffer = ByteBuffer.allocate(BUFFER);
    while (from.read(buffer.clear()) >= 0) {
      digest.update(buffer.flip().duplicate());
      SealedFile.writeFully(to, buffer);
    }
    return Digests.finish(digest);
  }

  /// Reads the file's header in its nearest home; empty when it is the one the manifest means.
  ///
  /// @throws IOException when the file cannot be opened; a read error is damage
  public Optional<Damage> checkHeader(Manifest.Entry entry) throws IOException {
    var home = homes.getFirst();
    try (var channel = home.open(entry)) {
      try {
        return wrongHeader(entry, channel).map(what -> damage(entry, home, what));
      } catch (IOException unreadable) {
        return Optional.of(damage(entry, home, "cannot be read: " + Reason.of(unreadable)));
      }
    }
  }

  /// A file that could not even be opened.
  public Damage missing(Manifest.Entry entry, IOException why) {
    return missing(entry, homes.getFirst(), why);
  }

  /// A file that is open in one home.
  record Opened(PartSource home, SeekableByteChannel channel) {}

  /// A file's channel, its header checked, for reads that are checked piece by piece.
  Opened open(Manifest.Entry entry) throws IOException {
    return nearest(entry, home -> new Opened(home, open(entry, home)));
  }

  private SeekableByteChannel open(Manifest.Entry entry, PartSource home) throws IOException {
    var channel = home.open(entry);
    try {
      var wrong = wrongHeader(entry, channel);
      if (wrong.isPresent()) {
        throw new DamagedException(damage(entry, home, wrong.get()));
      }
      return channel;
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw failed;
    }
  }

  /// Reads a frame that one home did not give as it was written from any other.
  ///
  /// @param target where its bytes have to come
  /// @throws DamagedException that says what was wrong when no home has it
  void reread(Manifest.Entry entry, Frame frame, byte[] target, Bad bad) throws IOException {
    var found = damage(entry, bad.home(), bad.what());
    for (var home : homes) {
      if (!home.equals(bad.home()) && isReread(entry, frame, home, target)) {
        detours.taken(found, home.place(entry));
        return;
      }
    }
    throw new DamagedException(found);
  }

  /// What is wrong with a frame in one home.
  record Bad(PartSource home, String what) {}

  /// The home's own damage is not told: the first home's is, when none has the frame.
  private boolean isReread(Manifest.Entry entry, Frame frame, PartSource home, byte[] target)
      throws IOException {
    try (var channel = open(entry, home)) {
      channel.position(Header.SIZE + frame.partOffset());
      int length = (int) frame.storedLength();
      readFully(channel, ByteBuffer.wrap(target, 0, length));
      return Digests.of(target, 0, length).equals(frame.digest());
    } catch (ClosedByInterruptException stopped) {
      throw stopped;
    } catch (IOException notThereEither) {
      return false;
    }
  }

  /// The first home that can do it. What the earlier ones had is told, except that a local copy
  /// which was never made is no detour.
  private <T> T nearest(Manifest.Entry entry, Opening<T> opening) throws IOException {
    Optional<IOException> first = Optional.empty();
    Optional<Damage> found = Optional.empty();
    for (var home : homes) {
      try {
        var opened = opening.at(home);
        found.ifPresent(damage -> detours.taken(damage, home.place(entry)));
        return opened;
      } catch (ClosedByInterruptException stopped) {
        throw stopped;
      } catch (NoSuchFileException notHere) {
        first = first.or(() -> Optional.of(notHere));
      } catch (DamagedException damaged) {
        first = Optional.of(first.filter(DamagedException.class::isInstance).orElse(damaged));
        found = found.or(() -> Optional.of(damaged.damage()));
      } catch (IOException away) {
        first =
            Optional.of(first.filter(one -> !(one instanceof NoSuchFileException)).orElse(away));
        found = found.or(() -> Optional.of(missing(entry, home, away)));
      }
    }
    throw first.orElseThrow();
  }

  /// Opens something in one home.
  private interface Opening<T> {
    T at(PartSource home) throws IOException;
  }

  private Damage damage(Manifest.Entry entry, PartSource home, String what) {
    return new Damage(
        manifest.image(),
        ImageFolder.fileName(entry.kind(), entry.file().number()),
        home.place(entry),
        what);
  }

  private Damage missing(Manifest.Entry entry, PartSource home, IOException why) {
    return damage(entry, home, "cannot be opened: " + Reason.of(why));
  }

  private Optional<Damage> check(
      Manifest.Entry entry, PartSource home, SeekableByteChannel channel) {
    try {
      var wrong = wrongHeader(entry, channel);
      return (wrong.isPresent() ? wrong : wrongPayload(entry, channel))
          .map(what -> damage(entry, home, what));
    } catch (IOException unreadable) {
      return Optional.of(damage(entry, home, "cannot be read: " + Reason.of(unreadable)));
    }
  }

  private Optional<String> wrongHeader(Manifest.Entry entry, SeekableByteChannel channel)
      throws IOException {
    long expected = Header.SIZE + entry.file().length();
    if (channel.size() != expected) {
      return Optional.of("is " + channel.size() + " bytes long, was written with " + expected);
    }
    channel.position(0);
    var bytes = ByteBuffer.allocate(Header.SIZE);
    readFully(channel, bytes);
    return switch (Header.parse(bytes.array())) {
      case Header.ParseResult.Valid(var header) -> disagreement(entry, header);
      case Header.ParseResult.NotHoldfast() -> Optional.of("has no header of ours");
      case Header.ParseResult.NewerNeeded(var needs) -> Optional.of("needs a reader of " + needs);
      case Header.ParseResult.Damaged(var reason) -> Optional.of(reason);
    };
  }

  private Optional<String> disagreement(Manifest.Entry entry, Header header) {
    boolean same =
        header.kind() == entry.kind()
            && is(header, "Set", manifest.source().set().value())
            && is(header, "Source", manifest.source().source().value())
            && is(header, "Level", manifest.level().toString())
            && is(header, "Compression", manifest.compression())
            && is(header, "Image", manifest.image().value())
            && is(header, "File", ImageFolder.fileName(entry.kind(), entry.file().number()))
            && is(header, "Length", Long.toString(entry.file().length()))
            && is(header, "SHA-256", entry.file().digest().hex());
    return same
        ? Optional.empty()
        : Optional.of(
            "is "
                + header.kind()
                + " "
                + header.fields().find("File").orElse("?")
                + " of image "
                + header.fields().find("Image").orElse("?")
                + ", not what the manifest says");
  }

  private Optional<String> wrongPayload(Manifest.Entry entry, SeekableByteChannel channel)
      throws IOException {
    var found = digest(channel);
    return found.equals(entry.file().digest())
        ? Optional.empty()
        : Optional.of("has SHA-256 " + found + ", was written with " + entry.file().digest());
  }

  /// Of everything from here to the end.
  static Digest digest(SeekableByteChannel channel) throws IOException {
    var digest = Digests.sha256();
    var buffer = ByteBuffer.allocate(BUFFER);
    while (channel.read(buffer.clear()) >= 0) {
      digest.update(buffer.flip());
    }
    return Digests.finish(digest);
  }

  static void readFully(SeekableByteChannel channel, ByteBuffer target) throws IOException {
    while (target.hasRemaining()) {
      if (channel.read(target) < 0) {
        throw new IOException("ends at byte " + channel.position());
      }
    }
  }

  private static boolean is(Header header, String key, String value) {
    return header.fields().find(key).filter(value::equals).isPresent();
  }

  /// Ends with the payload, whose bytes are read a second time and must be the same as the first.
  private final class Rechecked extends FilterInputStream {
    private final Manifest.Entry entry;
    private final PartSource home;
    private final MessageDigest digest = Digests.sha256();
    private long left;

    Rechecked(InputStream in, Manifest.Entry entry, PartSource home) {
      super(in);
      this.entry = entry;
      this.home = home;
      left = entry.file().length();
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int got = super.read(target, from, (int) Math.min(length, left));
      if (got < 0) {
        throw new DamagedException(damage(entry, home, "became shorter while it was read"));
      }
      digest.update(target, from, got);
      left -= got;
      if (left == 0 && !Digests.finish(digest).equals(entry.file().digest())) {
        throw new DamagedException(damage(entry, home, "gave other bytes when it was read again"));
      }
      return got;
    }
  }
}
