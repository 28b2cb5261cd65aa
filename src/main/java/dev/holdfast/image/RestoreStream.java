package dev.holdfast.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tar stream that one image of a chain contributes to a restore: the selected live members,
/// byte for byte as they were dumped, or with a new name in a new extended header where a directory
/// was renamed since, or where a hard link's other name is not restored. What comes out is compared
/// with what was selected, so that nothing else reaches tar. Feed it to a plain `tar --extract`,
/// the images in chain order: the last one brings the directories. Used by one thread.
public final class RestoreStream extends InputStream {
  private static final byte[] END = new byte[2 * TarBlock.SIZE];

  /// One member of the output.
  ///
  /// @param member whose bytes are taken
  /// @param path where it is restored
  /// @param link target of a hard link, as restored; empty for every other member
  private record Piece(Member member, MemberPath path, Optional<MemberPath> link) {

    /// The recorded headers say the same.
    boolean isVerbatim() {
      return path.equals(member.path()) && (link.isEmpty() || link.equals(member.link()));
    }
  }

  private final FrameSource source;
  private final List<Piece> pieces;
  private final InputStream raw;
  private final TarTap tap = new TarTap(this::compare);
  private int next;
  private int compared;
  private long verbatim;
  private InputStream head = InputStream.nullInputStream();
  private boolean ended;

  private RestoreStream(FrameSource source, List<Piece> pieces) {
    this.source = source;
    this.pieces = pieces;
    this.raw =
        new RangeStream(
            source,
            pieces.stream()
                .map(Piece::member)
                .map(member -> new RangeStream.Range(member.offset(), member.length()))
                .toList());
  }

  /// Opens the contribution of the `image`-th image of the view.
  ///
  /// @param selection entries of the view; those of other images are left out
  /// @param frames of that image's index
  public static RestoreStream open(
      Selection selection, int image, StoredFiles files, List<Frame> frames, FrameWorkers workers)
      throws IOException {
    return new RestoreStream(new FrameSource(files, frames, workers), pieces(selection, image));
  }

  /// What is to be restored from a view.
  public record Selection(PointInTimeView view, List<PointInTimeView.Entry> entries) {
    public Selection {
      entries = List.copyOf(entries);
    }
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int got = readUnchecked(target, from, length);
    if (got > 0) {
      tap.pass(target, from, got);
    } else {
      tap.end();
      checkCount();
    }
    return got;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  private int readUnchecked(byte[] target, int from, int length) throws IOException {
    while (true) {
      int got = head.read(target, from, length);
      if (got > 0) {
        return got;
      }
      if (verbatim > 0) {
        got = raw.read(target, from, (int) Math.min(length, verbatim));
        verbatim -= got;
        return got;
      }
      if (ended) {
        return -1;
      }
      advance();
    }
  }

  private void advance() throws IOException {
    if (next == pieces.size()) {
      ended = true;
      head = new ByteArrayInputStream(END);
      return;
    }
    var piece = pieces.get(next++);
    if (!piece.isVerbatim()) {
      head = new ByteArrayInputStream(renamed(piece));
      return;
    }
    verbatim = piece.member().length();
    while (next < pieces.size() && pieces.get(next).isVerbatim()) {
      verbatim += pieces.get(next++).member().length();
    }
  }

  /// The new headers; what follows them in the raw stream stays as it is.
  private byte[] renamed(Piece piece) throws IOException {
    long left = piece.member().length();
    var records = PaxRecords.none();
    var block = block(left);
    left -= TarBlock.SIZE;
    while (isExtension(block)) {
      var payload = extension(block, left);
      left -= payload.length + TarBlock.SIZE;
      if (block.type() == 'x') {
        records = PaxRecords.parse(Arrays.copyOf(payload, (int) block.size()));
      }
      block = block(left + TarBlock.SIZE);
    }
    verbatim = left;
    var link =
        piece.member().type() == Member.Type.SYMBOLIC_LINK ? piece.member().link() : piece.link();
    return TarHeads.renamed(block, records, piece.path(), link);
  }

  private byte[] extension(TarBlock block, long left) throws IOException {
    long size = block.size();
    if (size < 0 || size > left - TarBlock.SIZE || size > Integer.MAX_VALUE - TarBlock.SIZE) {
      throw new MalformedStreamException("an extended header is longer than its member");
    }
    return raw.readNBytes((int) padded(size));
  }

  private static boolean isExtension(TarBlock block) {
    return block.type() == 'x' || block.type() == 'L' || block.type() == 'K';
  }

  private TarBlock block(long left) throws IOException {
    var bytes = raw.readNBytes((int) Math.min(left, TarBlock.SIZE));
    if (bytes.length != TarBlock.SIZE) {
      throw new MalformedStreamException("a member ends inside its header");
    }
    var block = new TarBlock(bytes);
    if (!block.checksumMatches()) {
      throw new MalformedStreamException("the index names a member where there is no tar header");
    }
    return block;
  }

  private static long padded(long size) {
    return (size + TarBlock.SIZE - 1) / TarBlock.SIZE * TarBlock.SIZE;
  }

  private void compare(Member found) throws MalformedStreamException {
    if (compared == pieces.size()) {
      throw new MalformedStreamException("the stream holds more members than the index names");
    }
    var piece = pieces.get(compared++);
    var link = found.type() == Member.Type.HARD_LINK ? found.link() : Optional.empty();
    if (!found.path().equals(piece.path())
        || found.type() != piece.member().type()
        || !link.equals(piece.link())) {
      throw new MalformedStreamException(
          "the stream holds '"
              + found.path().latin1()
              + "' where the index names '"
              + piece.member().path().latin1()
              + "'");
    }
  }

  private void checkCount() throws MalformedStreamException {
    if (compared != pieces.size()) {
      throw new MalformedStreamException(
          "the stream holds " + compared + " members, the index names " + pieces.size());
    }
  }

  private static List<Piece> pieces(Selection selection, int image)
      throws MalformedStreamException {
    var mine =
        selection.entries().stream()
            .filter(entry -> entry.image() == image)
            .sorted(Comparator.comparingLong(entry -> entry.member().offset()))
            .toList();
    var names = liveNames(mine);
    var pieces = new ArrayList<Piece>(mine.size());
    for (var entry : mine) {
      pieces.add(piece(selection.view(), entry, names));
    }
    return pieces;
  }

  /// Recorded name -> name in this restore, of what can be a hard link's target.
  private static Map<MemberPath, MemberPath> liveNames(List<PointInTimeView.Entry> mine) {
    var names = new HashMap<MemberPath, MemberPath>();
    for (var entry : mine) {
      if (entry.member().type() != Member.Type.HARD_LINK) {
        names.put(entry.member().path(), entry.path());
      }
    }
    return names;
  }

  private static Piece piece(
      PointInTimeView view, PointInTimeView.Entry entry, Map<MemberPath, MemberPath> names)
      throws MalformedStreamException {
    var member = entry.member();
    if (member.type() != Member.Type.HARD_LINK) {
      return new Piece(member, entry.path(), Optional.empty());
    }
    var recorded = member.link().orElseThrow();
    var target = names.get(recorded);
    if (target != null) {
      return new Piece(member, entry.path(), Optional.of(target));
    }
    // the other name is not restored: this one becomes the file, later links link to it
    names.put(recorded, entry.path());
    return view.linkTarget(entry.image(), recorded)
        .map(file -> new Piece(file, entry.path(), Optional.empty()))
        .orElseThrow(
            () ->
                new MalformedStreamException(
                    "the index names no member '" + recorded.latin1() + "', and a link to it"));
  }
}
