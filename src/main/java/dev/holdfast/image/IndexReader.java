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
  private final List<Frame> frames = new ArrayList<>();
  private @Nullable String ahead;
  private long members;
  private boolean ended;

  /// @param payload the stored bytes behind the header, checked against their digest by the caller
  public IndexReader(InputStream payload) throws IOException {
    lines =
        new BufferedReader(
            new InputStreamReader(
                new ZstdInputStream(payload).setContinuous(false), StandardCharsets.ISO_8859_1));
    if (!IndexText.FIRST_LINE.equals(lines.readLine())) {
      throw new MalformedStreamException("not an index of version 1");
    }
    ahead = lines.readLine();
  }

  /// Adds an image to a view, from its checked INDEX, and gives its frames.
  public static List<Frame> addTo(PointInTimeView view, StoredFiles files) throws IOException {
    var entry =
        files.manifest().files().stream()
            .filter(file -> file.kind() == FileKind.INDEX)
            .findFirst()
            .orElseThrow(() -> new MalformedStreamException("the manifest names no index"));
    try (var index = new IndexReader(files.payload(entry))) {
      var members = new ArrayList<Member>();
      for (var member = index.next(); member.isPresent(); member = index.next()) {
        members.add(member.get());
      }
      var frames = index.frames();
      checkMembers(files.manifest(), members);
      view.add(files.manifest(), members);
      return frames;
    }
  }

  /// Members must follow one another inside the stream: a lying index must not make us copy what it
  /// does not name.
  private static void checkMembers(Manifest manifest, List<Member> members)
      throws MalformedStreamException {
    long raw = manifest.stream().rawBytes();
    long end = 0;
    for (var member : members) {
      if (member.offset() < end
          || member.length() < TarBlock.SIZE
          || member.length() % TarBlock.SIZE != 0
          || member.length() > raw - member.offset()) {
        throw new MalformedStreamException(
            "the index has a member that cannot be where it says: " + member.path().latin1());
      }
      end = member.offset() + member.length();
    }
    if (members.size() != manifest.stream().members()) {
      throw new MalformedStreamException(
          "the index names "
              + members.size()
              + " members, the manifest "
              + manifest.stream().members());
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
    while (ahead != null && ahead.startsWith("F\t")) {
      frames.add(IndexText.frame(IndexText.cells(ahead)));
      ahead = lines.readLine();
    }
    if (ahead == null) {
      throw new MalformedStreamException("the index has no end");
    }
    var cells = IndexText.cells(ahead);
    return switch (cells.getFirst()) {
      case "M" -> Optional.of(member(cells));
      case "E" -> end(cells);
      default -> throw new MalformedStreamException("an index line of unknown kind");
    };
  }

  private Member member(List<String> cells) throws IOException {
    ahead = lines.readLine();
    Optional<Member.Dumpdir> dumpdir = Optional.empty();
    if (ahead != null && (ahead.equals("D") || ahead.startsWith("D\t"))) {
      dumpdir = Optional.of(IndexText.dumpdir(IndexText.cells(ahead)));
      ahead = lines.readLine();
    }
    members++;
    return IndexText.member(cells, dumpdir);
  }

  private Optional<Member> end(List<String> cells) throws IOException {
    if (Long.parseLong(cells.get(1)) != members
        || Long.parseLong(cells.get(2)) != frames.size()
        || lines.readLine() != null) {
      throw new MalformedStreamException("the index holds not what its end says");
    }
    ended = true;
    return Optional.empty();
  }
}
