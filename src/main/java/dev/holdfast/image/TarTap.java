package dev.holdfast.image;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/// Watches a tar stream pass and names its members: what, how big, at which offset. A push parser
/// over bytes, because names must stay bytes and the stream is read once
/// (src/docs/decisions/0001-own-tar-tap.md). Not thread-safe.
final class TarTap {
  private static final int LARGEST_EXTENSION = 256 << 20;
  private static final int END_BLOCKS = 2;

  /// Takes the members in stream order.
  interface MemberSink {
    void accept(Member member) throws IOException;
  }

  private final MemberSink sink;
  private final byte[] block = new byte[TarBlock.SIZE];
  private int inBlock;
  private long offset;
  private long skip;
  private byte[] extension = new byte[0];
  private int inExtension;
  private int extensionPadding;
  private char extensionType;
  private long memberStart = -1;
  private PaxRecords pax = PaxRecords.none();
  private Optional<String> longName = Optional.empty();
  private Optional<String> longLink = Optional.empty();
  private int zeroBlocks;
  private long members;

  TarTap(MemberSink sink) {
    this.sink = sink;
  }

  long members() {
    return members;
  }

  /// Looks at the next bytes of the stream.
  ///
  /// @throws MalformedStreamException when they are not a tar archive's
  void pass(byte[] bytes, int from, int length) throws IOException {
    int at = from;
    int end = from + length;
    while (at < end) {
      if (skip > 0) {
        at += skipped(end - at);
      } else if (extensionType != 0) {
        at += extended(bytes, at, end);
      } else {
        at += blocked(bytes, at, end);
      }
    }
  }

  /// Call once after the last byte.
  ///
  /// @throws MalformedStreamException when the archive has no proper end
  void end() throws MalformedStreamException {
    if (skip > 0 || extensionType != 0 || inBlock > 0 || zeroBlocks < END_BLOCKS) {
      throw new MalformedStreamException(
          "the tar stream ends at byte " + offset + " without its end mark");
    }
  }

  private int skipped(int available) {
    int step = (int) Math.min(skip, available);
    skip -= step;
    offset += step;
    return step;
  }

  private int blocked(byte[] bytes, int at, int end) throws IOException {
    int step = Math.min(TarBlock.SIZE - inBlock, end - at);
    System.arraycopy(bytes, at, block, inBlock, step);
    inBlock += step;
    offset += step;
    if (inBlock == TarBlock.SIZE) {
      inBlock = 0;
      header(new TarBlock(block));
    }
    return step;
  }

  private int extended(byte[] bytes, int at, int end) throws IOException {
    int wanted = extension.length - inExtension;
    int step = Math.min(wanted, end - at);
    System.arraycopy(bytes, at, extension, inExtension, step);
    inExtension += step;
    offset += step;
    if (inExtension == extension.length) {
      extensionRead();
    }
    return step;
  }

  private void header(TarBlock header) throws IOException {
    if (header.isZero()) {
      zeroBlocks++;
      return;
    }
    if (zeroBlocks > 0) {
      throw new MalformedStreamException("bytes after the end of the tar stream, at " + offset);
    }
    if (!header.checksumMatches() || header.size() < 0) {
      throw new MalformedStreamException(
          "no tar header at byte " + (offset - TarBlock.SIZE) + " of the stream");
    }
    if (memberStart < 0) {
      memberStart = offset - TarBlock.SIZE;
    }
    switch (header.type()) {
      case 'x', 'g', 'L', 'K' -> beginExtension(header);
      default -> member(header);
    }
  }

  private void beginExtension(TarBlock header) throws IOException {
    if (header.size() > LARGEST_EXTENSION) {
      throw new MalformedStreamException("an extended header of " + header.size() + " bytes");
    }
    extension = new byte[(int) header.size()];
    inExtension = 0;
    extensionType = header.type();
    extensionPadding = (int) padding(header.size());
    if (extension.length == 0) {
      extensionRead();
    }
  }

  private void extensionRead() throws IOException {
    switch (extensionType) {
      case 'x' -> pax = PaxRecords.parse(extension);
      case 'L' -> longName = Optional.of(untilNul(extension));
      case 'K' -> longLink = Optional.of(untilNul(extension));
      default -> memberStart = -1;
    }
    extensionType = 0;
    skip = extensionPadding;
  }

  private void member(TarBlock header) throws IOException {
    long stored = pax.number("size", header.size());
    boolean hasData = hasData(header.type());
    skip = hasData ? stored + padding(stored) : 0;
    var type = type(header.type());
    if (type.isPresent()) {
      sink.accept(describe(header, type.get(), stored));
      members++;
    }
    memberStart = -1;
    pax = PaxRecords.none();
    longName = Optional.empty();
    longLink = Optional.empty();
  }

  private Member describe(TarBlock header, Member.Type type, long stored) throws IOException {
    var time = pax.number("mtime");
    var name = pax.find("GNU.sparse.name").or(() -> pax.find("path")).or(() -> longName);
    var link = pax.find("linkpath").or(() -> longLink).orElseGet(header::linkName);
    boolean linked = type == Member.Type.HARD_LINK || type == Member.Type.SYMBOLIC_LINK;
    return new Member(
        path(name.orElseGet(header::name)),
        type,
        header.mode(),
        pax.number("uid", header.uid()),
        pax.number("gid", header.gid()),
        type == Member.Type.FILE ? realSize(stored) : 0,
        time.map(PaxRecords::wholeSeconds).orElse(header.mtime()),
        time.map(PaxRecords::nanos).orElse(0),
        linked ? Optional.of(linkTarget(type, link)) : Optional.empty(),
        memberStart,
        offset + skip - memberStart,
        pax.dumpdir());
  }

  private long realSize(long stored) throws IOException {
    return pax.number("GNU.sparse.realsize", pax.number("GNU.sparse.size", stored));
  }

  private static MemberPath linkTarget(Member.Type type, String link) {
    return type == Member.Type.HARD_LINK ? path(link) : new MemberPath(link);
  }

  private static MemberPath path(String name) {
    int from = name.startsWith("./") ? 2 : 0;
    int to = name.length();
    while (to > from && name.charAt(to - 1) == '/') {
      to--;
    }
    var bare = name.substring(from, to);
    return bare.equals(".") ? MemberPath.ROOT : new MemberPath(bare);
  }

  private static boolean hasData(char type) {
    return switch (type) {
      case '1', '2', '3', '4', '5', '6' -> false;
      default -> true;
    };
  }

  /// Empty for what is no member of its own, such as a volume label.
  private static Optional<Member.Type> type(char flag) throws MalformedStreamException {
    return switch (flag) {
      case '0', '\0', '7', 'S' -> Optional.of(Member.Type.FILE);
      case '1' -> Optional.of(Member.Type.HARD_LINK);
      case '2' -> Optional.of(Member.Type.SYMBOLIC_LINK);
      case '3' -> Optional.of(Member.Type.CHARACTER_DEVICE);
      case '4' -> Optional.of(Member.Type.BLOCK_DEVICE);
      case '5', 'D' -> Optional.of(Member.Type.DIRECTORY);
      case '6' -> Optional.of(Member.Type.FIFO);
      case 'V' -> Optional.empty();
      default -> throw new MalformedStreamException("a tar member of unknown type '" + flag + "'");
    };
  }

  private static long padding(long size) {
    return (TarBlock.SIZE - size % TarBlock.SIZE) % TarBlock.SIZE;
  }

  private static String untilNul(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return MemberPath.ofBytes(Arrays.copyOf(bytes, end)).latin1();
  }
}
