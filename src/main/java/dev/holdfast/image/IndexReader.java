package dev.holdfast.image;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the payload of an INDEX: members one by one, then the frames. A payload that is not
/// exactly an index is an error, however far one has read. Used by one thread.
public final class IndexReader implements AutoCloseable {
  private final BufferedReader lines;
  private final Wanted wanted;
  private final List<Frame> frames = new ArrayList<>();
  private @Nullable String ahead;
  private long members;
  private long end;
  private boolean ended;
  private final boolean isWhole;
  private boolean isListed;
  private boolean isRenaming;

  /// @param payload the stored bytes behind the header, checked against their digest by the caller
  public IndexReader(InputStream payload) throws IOException {
    this(payload, Wanted.everything());
  }

  private IndexReader(InputStream payload, Wanted wanted) throws IOException {
    this.wanted = wanted;
    this.isWhole = wanted.holds(MemberPath.ROOT);
    lines =
        new BufferedReader(
            new InputStreamReader(
                new ZstdInputStream(payload).setContinuous(false), StandardCharsets.ISO_8859_1));
    if (!IndexText.FIRST_LINE.equals(lines.readLine())) {
      throw new MalformedStreamException("not an index of version 1");
    }
    ahead = lines.readLine();
  }

  /// Reads a part of an image's INDEX: what is wanted, and what leads there. Of the rest only its
  /// place is checked.
  static IndexPart read(StoredFiles files, Wanted wanted) throws IOException {
    var entry =
        files.manifest().files().stream()
            .filter(file -> file.kind() == FileKind.INDEX)
            .findFirst()
            .orElseThrow(() -> new MalformedStreamException("the manifest names no index"));
    try (var index = new IndexReader(files.payload(entry), wanted)) {
      var members = new ArrayList<Member>();
      for (var member = index.next(); member.isPresent(); member = index.next()) {
        members.add(member.get());
      }
      index.checkMembers(files.manifest());
      boolean isLinked = members.stream().anyMatch(found -> found.type() == Member.Type.HARD_LINK);
      boolean isEnough = index.isWhole || !(isLinked || index.isRenaming);
      return new IndexPart(members, index.isListed, isEnough, index.frames());
    }
  }

  private void checkMembers(Manifest manifest) throws MalformedStreamException {
    if (end > manifest.stream().rawBytes()) {
      throw new MalformedStreamException(
          "the index has members up to byte " + end + ", beyond the end of the stream");
    }
    if (members != manifest.stream().members()) {
      throw new MalformedStreamException(
          "the index names " + members + " members, the manifest " + manifest.stream().members());
    }
  }

  /// The next member; empty after the last, when `frames` is known.
  public Optional<Member> next() throws IOException {
    if (ended) {
      return Optional.empty();
    }
    try {
      return read();
    } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
      throw new MalformedStreamException("an index line is malformed: " + malformed.getMessage());
    }
  }

  /// All frames in stream order.
  ///
  /// @throws IllegalStateException before the last member was read
  public List<Frame> frames() {
    if (!ended) {
      throw new IllegalStateException("the frames follow the members");
    }
    return List.copyOf(frames);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private Optional<Member> read() throws IOException {
    while (true) {
      if (ahead == null) {
        throw new MalformedStreamException("the index has no end");
      }
      var line = new IndexLine(ahead);
      switch (line.kind()) {
        case "F" -> {
          frames.add(IndexText.frame(line));
          ahead = lines.readLine();
        }
        case "M" -> {
          var member = member(line);
          if (member.isPresent()) {
            return member;
          }
        }
        case "E" -> {
          return end(line);
        }
        default -> throw new MalformedStreamException("an index line of unknown kind");
      }
    }
  }

  private Optional<Member> member(IndexLine line) throws IOException {
    var path = IndexText.path(line);
    follow(path, line.number(7), line.number(8));
    boolean isWanted = isWhole || wanted.concerns(path);
    ahead = lines.readLine();
    Optional<Member.Dumpdir> dumpdir = Optional.empty();
    if (ahead != null && (ahead.equals("D") || ahead.startsWith("D\t"))) {
      isListed = true;
      isRenaming |= !isWhole && IndexText.isRenaming(ahead);
      if (isWanted) {
        dumpdir = Optional.of(wanted.part(path, IndexText.dumpdir(new IndexLine(ahead))));
      }
      ahead = lines.readLine();
    }
    return isWanted ? Optional.of(IndexText.member(line, path, dumpdir)) : Optional.empty();
  }

  /// Members must follow one another inside the stream: a lying index must not make us copy what it
  /// does not name.
  private void follow(MemberPath path, long offset, long length) throws MalformedStreamException {
    if (offset < end
        || length < TarBlock.SIZE
        || length % TarBlock.SIZE != 0
        || length > Long.MAX_VALUE - offset) {
      throw new MalformedStreamException(
          "the index has a member that cannot be where it says: " + path.latin1());
    }
    end = offset + length;
    members++;
  }

  private Optional<Member> end(IndexLine line) throws IOException {
    if (line.number(1) != members || line.number(2) != frames.size() || lines.readLine() != null) {
      throw new MalformedStreamException("the index holds not what its end says");
    }
    ended = true;
    return Optional.empty();
  }
}
