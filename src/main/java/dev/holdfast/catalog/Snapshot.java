package dev.holdfast.catalog;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import dev.holdfast.image.Digests;
import dev.holdfast.model.Digest;
import dev.holdfast.model.SetName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// All rows of a set's catalog as one checked record, for a host that has none yet: a few lines
/// that a person can read, an empty line, and the tables, compressed with zstd. The last line is a
/// SHA-256 over all the others and the tables. A cache like the catalog itself: what media say
/// counts more.
///
/// @param schema of the tables; a release reads its own and older ones
/// @param sequence of the newest manifest that it knows on the set's own storage
/// @param by what wrote it, for people
@SuppressWarnings("ArrayRecordComponent") // never compared, and nobody else has the array
public record Snapshot(
    SetName set, int schema, long sequence, String by, Instant takenAt, byte[] tables)
    implements Comparable<Snapshot> {
  private static final String FIRST_LINE = "HOLDFAST/1 CATALOG";
  private static final String DIGEST = "SHA-256";
  private static final String END = "\n\n";
  private static final int LONGEST_HEAD = 4096;

  /// What bytes that should be a snapshot turned out to be.
  public sealed interface ReadResult {
    record Read(Snapshot snapshot) implements ReadResult {}

    /// Not one that this release can trust; `cause` is for people.
    record Unreadable(String cause) implements ReadResult {}
  }

  /// Reads every table. Nobody writes to the catalog meanwhile.
  public static Snapshot of(Catalog catalog, SetName set, String by, Instant at)
      throws IOException {
    var tables = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(new ZstdOutputStream(tables))) {
      new Tables(catalog.dataSource()).writeTo(out);
    } catch (SQLException failed) {
      throw new IOException("the catalog cannot be read: " + failed.getMessage(), failed);
    }
    return new Snapshot(
        set,
        Integer.parseInt(Database.NEWEST),
        catalog.images().lastSequence(),
        by,
        at,
        tables.toByteArray());
  }

  /// The later one is larger: whose catalog knows of more manifests, by no host's clock, and
  /// between two that know the same by the time at which they were taken.
  @Override
  public int compareTo(Snapshot other) {
    int manifests = Long.compare(sequence, other.sequence);
    return manifests == 0 ? takenAt.compareTo(other.takenAt) : manifests;
  }

  public byte[] bytes() {
    var head =
        String.join(
            "\n",
            FIRST_LINE,
            "Set: " + set,
            "Schema: " + schema,
            "Sequence: " + sequence,
            "By: " + by,
            "Taken: " + takenAt,
            "Length: " + tables.length,
            DIGEST + ": ");
    var out = new ByteArrayOutputStream();
    out.writeBytes(text(head));
    out.writeBytes(text(digest(text(head), tables).hex() + END));
    out.writeBytes(tables);
    return out.toByteArray();
  }

  /// Checks every byte before one is believed.
  public static ReadResult read(byte[] bytes, SetName expected) {
    var start = new String(bytes, 0, Math.min(bytes.length, LONGEST_HEAD), StandardCharsets.UTF_8);
    int end = start.indexOf(END);
    int digestAt = start.lastIndexOf("\n" + DIGEST + ": ", Math.max(0, end));
    if (!start.startsWith(FIRST_LINE + "\n") || end < 0 || digestAt < 0) {
      return new ReadResult.Unreadable("it is not a catalog snapshot of Holdfast");
    }
    int digestEnd = digestAt + DIGEST.length() + 3;
    var tables = Arrays.copyOfRange(bytes, end + END.length(), bytes.length);
    var found = digest(text(start.substring(0, digestEnd)), tables).hex();
    if (!found.equals(start.substring(digestEnd, end))) {
      return new ReadResult.Unreadable("its SHA-256 is not the one it was written with");
    }
    return parsed(fields(start.substring(0, digestAt)), tables, expected);
  }

  /// Fills a catalog that was just made. Where this fails the catalog is thrown away.
  public void fill(Catalog empty) throws UnusableException {
    try (var in = new DataInputStream(new ZstdInputStream(new ByteArrayInputStream(tables)))) {
      new Tables(empty.dataSource()).readFrom(in);
    } catch (IOException | SQLException unusable) {
      throw new UnusableException(unusable);
    }
  }

  /// The digest is right and the rows do not fit: another program wrote it, or a bug did.
  public static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableException(Exception cause) {
      super("its rows do not fit: " + cause.getMessage(), cause);
    }
  }

  private static ReadResult parsed(Map<String, String> fields, byte[] tables, SetName expected) {
    try {
      int schema = Integer.parseInt(field(fields, "Schema"));
      var set = new SetName(field(fields, "Set"));
      if (schema > Integer.parseInt(Database.NEWEST)) {
        return new ReadResult.Unreadable("it needs a later release of Holdfast");
      }
      if (!set.equals(expected)) {
        return new ReadResult.Unreadable("it is of set " + set);
      }
      var taken = Instant.parse(field(fields, "Taken"));
      long sequence = Long.parseLong(fields.getOrDefault("Sequence", "0"));
      return new ReadResult.Read(
          new Snapshot(set, schema, sequence, field(fields, "By"), taken, tables));
    } catch (IllegalArgumentException | DateTimeException malformed) {
      return new ReadResult.Unreadable("its first lines are malformed: " + malformed.getMessage());
    }
  }

  private static Map<String, String> fields(String head) {
    var fields = new HashMap<String, String>();
    for (var line : head.split("\n", -1)) {
      var sides = line.split(": ", 2);
      if (sides.length == 2) {
        fields.put(sides[0], sides[1]);
      }
    }
    return fields;
  }

  private static String field(Map<String, String> fields, String name) {
    return Optional.ofNullable(fields.get(name))
        .orElseThrow(() -> new IllegalArgumentException("there is no " + name));
  }

  private static Digest digest(byte[] head, byte[] tables) {
    var digest = Digests.sha256();
    digest.update(head);
    digest.update(tables);
    return Digests.finish(digest);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
