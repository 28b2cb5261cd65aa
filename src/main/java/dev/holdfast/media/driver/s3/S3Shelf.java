package dev.holdfast.media.driver.s3;

import dev.holdfast.media.Shelf;
import dev.holdfast.media.driver.s3.BucketException.Kind;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/// Records as objects below `<prefix>/.holdfast/`. Of two hosts that change the same one at the
/// same time the server lets one win, where it knows conditions (`storage check` says whether);
/// every change looks before it writes, so that elsewhere only two changes in the same instant are
/// not told apart.
final class S3Shelf implements Shelf {
  private final Bucket bucket;
  private final S3Layout layout;

  S3Shelf(Bucket bucket, S3Layout layout) {
    this.bucket = bucket;
    this.layout = layout;
  }

  @Override
  public Optional<Held> read(String name) throws IOException {
    var key = layout.record(Shelf.checkName(name));
    var there = bucket.find(key);
    if (there.isEmpty()) {
      return Optional.empty();
    }
    if (there.get().bytes() > LARGEST) {
      throw new IOException("record " + name + " is larger than " + LARGEST + " bytes");
    }
    return there.get().bytes() == 0
        ? Optional.of(new Held(name, there.get().etag(), new byte[0]))
        : bytes(name, key, there.get());
  }

  @Override
  public Optional<Held> create(String name, byte[] bytes) throws IOException {
    var key = layout.record(Shelf.checkName(name));
    if (bucket.find(key).isPresent()) {
      return Optional.empty();
    }
    return written(name, bytes, Records.Condition.absent());
  }

  @Override
  public Optional<Held> replace(Held expected, byte[] bytes) throws IOException {
    if (!isStill(expected)) {
      return Optional.empty();
    }
    var first = written(expected.name(), bytes, Records.Condition.of(quoted(expected)));
    if (first.isPresent() || !isStill(expected)) {
      return first;
    }
    // refused although nothing has changed: Ceph 16 compares the header's quotes too
    return written(expected.name(), bytes, Records.Condition.of(expected.version()));
  }

  @Override
  public Held put(String name, byte[] bytes) throws IOException {
    Shelf.checkName(name);
    return written(name, bytes, Records.Condition.none()).orElseThrow();
  }

  @Override
  public void remove(Held expected) throws IOException {
    if (isStill(expected)) {
      new Records(bucket).remove(layout.record(expected.name()));
    }
  }

  private boolean isStill(Held expected) throws IOException {
    return bucket
        .find(layout.record(expected.name()))
        .filter(now -> now.etag().equals(expected.version()))
        .isPresent();
  }

  private static String quoted(Held held) {
    return "\"" + held.version() + "\"";
  }

  /// Replaced while it was read: then the next one is read.
  private Optional<Held> bytes(String name, String key, Stored there) throws IOException {
    try {
      var wanted = new Piece.Wanted(0, (int) there.bytes(), Optional.of(there.etag()));
      var piece = bucket.get(key, wanted);
      return Optional.of(new Held(name, piece.etag(), piece.bytes()));
    } catch (BucketException no) {
      return switch (no.kind()) {
        case TAKEN -> read(name);
        case MISSING -> Optional.empty();
        case AWAY, DENIED, NOT_BUILT, FAULT -> throw no;
      };
    }
  }

  private Optional<Held> written(String name, byte[] bytes, Records.Condition condition)
      throws IOException {
    try {
      var etag = new Records(bucket).put(layout.record(name), bytes, condition);
      return Optional.of(new Held(name, etag, bytes));
    } catch (BucketException no) {
      if (no.kind() == Kind.TAKEN || no.kind() == Kind.MISSING) {
        return mine(name, bytes);
      }
      throw no;
    }
  }

  /// An answer may have been lost, and the same bytes were refused when they came again.
  private Optional<Held> mine(String name, byte[] bytes) throws IOException {
    return read(name).filter(there -> Arrays.equals(there.bytes(), bytes));
  }
}
