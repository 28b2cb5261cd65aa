package dev.holdfast.image;

import dev.holdfast.model.Digest;
import dev.holdfast.model.Reason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.util.Optional;

/// Opens the stored files of one image and checks them against its manifest before anyone sees a
/// byte. Thread-safe if the part source is.
public final class StoredFiles {
  private static final int BUFFER = 256 * 1024;

  private final Manifest manifest;
  private final PartSource source;

  public StoredFiles(Manifest manifest, PartSource source) {
    this.manifest = manifest;
    this.source = source;
  }

  public Manifest manifest() {
    return manifest;
  }

  /// The payload of a small file, checked whole first.
  ///
  /// @throws DamagedException when it is not what the manifest says
  public InputStream payload(Manifest.Entry entry) throws IOException {
    var channel = source.open(entry);
    try {
      var damage = check(entry, channel);
      if (damage.isPresent()) {
        throw new DamagedException(damage.get());
      }
      channel.position(Header.SIZE);
      return new Rechecked(Channels.newInputStream(channel), entry);
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw failed;
    }
  }

  /// Reads every byte of the file; empty when all are as the manifest says.
  ///
  /// @throws IOException when the file cannot be opened; a read error is damage
  public Optional<Damage> check(Manifest.Entry entry) throws IOException {
    try (var channel = source.open(entry)) {
      return check(entry, channel);
    }
  }

  /// A file that could not even be opened.
  public Damage missing(Manifest.Entry entry, IOException why) {
    return damage(entry, "cannot be opened: " + Reason.of(why));
  }

  /// A file's channel, its header checked, for reads that are checked piece by piece.
  SeekableByteChannel open(Manifest.Entry entry) throws IOException {
    var channel = source.open(entry);
    try {
      var wrong = wrongHeader(entry, channel);
      if (wrong.isPresent()) {
        throw new DamagedException(damage(entry, wrong.get()));
      }
      return channel;
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw failed;
    }
  }

  Damage damage(Manifest.Entry entry, String what) {
    return new Damage(
        manifest.image(),
        ImageFolder.fileName(entry.kind(), entry.file().number()),
        source.place(entry),
        what);
  }

  /// A file that opened, and that its medium does not give back.
  Damage unreadable(Manifest.Entry entry, IOException why) {
    return damage(entry, "cannot be read: " + Reason.of(why));
  }

  private Optional<Damage> check(Manifest.Entry entry, SeekableByteChannel channel) {
    try {
      var wrong = wrongHeader(entry, channel);
      return (wrong.isPresent() ? wrong : wrongPayload(entry, channel))
          .map(what -> damage(entry, what));
    } catch (IOException unreadable) {
      return Optional.of(unreadable(entry, unreadable));
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
    private final MessageDigest digest = Digests.sha256();
    private long left;

    Rechecked(InputStream in, Manifest.Entry entry) {
      super(in);
      this.entry = entry;
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
        throw new DamagedException(damage(entry, "became shorter while it was read"));
      }
      digest.update(target, from, got);
      left -= got;
      if (left == 0 && !Digests.finish(digest).equals(entry.file().digest())) {
        throw new DamagedException(damage(entry, "gave other bytes when it was read again"));
      }
      return got;
    }
  }
}
