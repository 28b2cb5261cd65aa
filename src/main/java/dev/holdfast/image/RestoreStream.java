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
/// was renamed since, or where a hard link's other name is not restored. Feed it to a plain
/// `tar --extract`, the images in chain order. Used by one thread.
public final class RestoreStream extends InputStream {
  private static final byte[] END = new byte[2 * TarBlock.SIZE];

  /// A stretch of the output: a range of the raw stream, or a member under another name.
  private sealed interface Piece {
    record Range(long offset, long length) implements Piece {}

    record Renamed(Member member, MemberPath path, Optional<MemberPath> link) implements Piece {}
  }

  private final FrameSource source;
  private final List<Piece> pieces;
  private int next;
  private InputStream current = InputStream.nullInputStream();
  private boolean ended;

  private RestoreStream(FrameSource source, List<Piece> pieces) {
    this.source = source;
    this.pieces = pieces;
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
    int got = current.read(target, from, length);
    while (got < 0 && !ended) {
      advance();
      got = current.read(target, from, length);
    }
    return got;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  private void advance() throws IOException {
    if (next == pieces.size()) {
      ended = true;
      current = new ByteArrayInputStream(END);
      return;
    }
    current =
        switch (pieces.get(next++)) {
          case Piece.Range(var offset, var length) -> new RangeStream(source, offset, length);
          case Piece.Renamed renamed -> rename(renamed);
        };
  }

  private InputStream rename(Piece.Renamed renamed) throws IOException {
    var member = renamed.member();
    var in = new RangeStream(source, member.offset(), member.length());
    var records = PaxRecords.none();
    var block = block(in);
    long consumed = TarBlock.SIZE;
    while (isExtension(block)) {
      var payload = in.readNBytes((int) padded(block.size()));
      consumed += payload.length + TarBlock.SIZE;
      if (block.type() == 'x') {
        records = PaxRecords.parse(Arrays.copyOf(payload, (int) block.size()));
      }
      block = block(in);
    }
    var head = TarHeads.renamed(block, records, renamed.path(), renamed.link());
    var data = new RangeStream(source, member.offset() + consumed, member.length() - consumed);
    return new java.io.SequenceInputStream(new ByteArrayInputStream(head), data);
  }

  private static boolean isExtension(TarBlock block) {
    return block.type() == 'x' || block.type() == 'L' || block.type() == 'K';
  }

  private static TarBlock block(InputStream in) throws IOException {
    var bytes = in.readNBytes(TarBlock.SIZE);
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

  private static List<Piece> pieces(Selection selection, int image) {
    var mine =
        selection.entries().stream()
            .filter(entry -> entry.image() == image)
            .sorted(Comparator.comparingLong(entry -> entry.member().offset()))
            .toList();
    var pieces = new ArrayList<Piece>();
    var names = liveNames(mine);
    for (var entry : mine) {
      append(pieces, piece(selection.view(), entry, names));
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
      PointInTimeView view, PointInTimeView.Entry entry, Map<MemberPath, MemberPath> names) {
    var member = entry.member();
    boolean sameName = entry.path().equals(member.path());
    if (member.type() != Member.Type.HARD_LINK) {
      return sameName
          ? new Piece.Range(member.offset(), member.length())
          : new Piece.Renamed(member, entry.path(), Optional.empty());
    }
    var recorded = member.link().orElseThrow();
    var target = names.get(recorded);
    if (target == null) {
      return withTheTargetsBytes(view, entry, names);
    }
    return sameName && target.equals(recorded)
        ? new Piece.Range(member.offset(), member.length())
        : new Piece.Renamed(member, entry.path(), Optional.of(target));
  }

  /// The other name is not restored: this one becomes the file, later links link to it.
  private static Piece withTheTargetsBytes(
      PointInTimeView view, PointInTimeView.Entry entry, Map<MemberPath, MemberPath> names) {
    var recorded = entry.member().link().orElseThrow();
    names.put(recorded, entry.path());
    return view.recorded(entry.image(), recorded)
        .<Piece>map(file -> new Piece.Renamed(file, entry.path(), Optional.empty()))
        .orElseGet(() -> new Piece.Renamed(entry.member(), entry.path(), Optional.of(recorded)));
  }

  /// Neighbours in the stream are read as one range.
  private static void append(List<Piece> pieces, Piece piece) {
    if (!pieces.isEmpty()
        && pieces.getLast() instanceof Piece.Range(var offset, var length)
        && piece instanceof Piece.Range(var nextOffset, var nextLength)
        && offset + length == nextOffset) {
      pieces.set(pieces.size() - 1, new Piece.Range(offset, length + nextLength));
    } else {
      pieces.add(piece);
    }
  }
}
