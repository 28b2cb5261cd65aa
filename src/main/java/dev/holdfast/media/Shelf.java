package dev.holdfast.media;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// Small named records that a storage keeps beside its volumes: who runs a set, a snapshot of its
/// catalog. No image and no volume is one, and a scan never sees them.
///
/// A record is there whole or not at all, durable when the call returns. Every change but `put` is
/// conditional, so that of two hosts that try the same one of them learns that it came second.
/// Thread-safe. A storage that is away is an `IOException`, never an empty answer.
public interface Shelf {
  /// The largest record that is read, in bytes: what is longer was not written here.
  int LARGEST = 1 << 30;

  /// Segments of letters, digits, `_`, `-` and inner dots, separated by `/`.
  Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,254}(/[A-Za-z0-9][A-Za-z0-9_.-]*)*");

  Optional<Held> read(String name) throws IOException;

  /// Empty when there is one of this name already; that one stays as it is.
  Optional<Held> create(String name, byte[] bytes) throws IOException;

  /// Empty when it is another one by now, or gone; nothing was changed then.
  Optional<Held> replace(Held expected, byte[] bytes) throws IOException;

  /// Creates or overwrites, whatever is there.
  Held put(String name, byte[] bytes) throws IOException;

  /// Removes exactly this one; another one under its name stays. One that is gone is no error.
  void remove(Held expected) throws IOException;

  /// A record as it was read or written.
  ///
  /// @param version what the storage tells contents of the same name apart by; opaque
  @SuppressWarnings("ArrayRecordComponent") // copied, and compared by content below
  record Held(String name, String version, byte[] bytes) {
    public Held {
      checkName(name);
      bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
      return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Held held
          && name.equals(held.name)
          && version.equals(held.version)
          && Arrays.equals(bytes, held.bytes);
    }

    @Override
    public int hashCode() {
      return 31 * name.hashCode() + version.hashCode();
    }

    @Override
    public String toString() {
      return name + " (" + bytes.length + " bytes, version " + version + ")";
    }
  }

  /// The same name, when it can be a record's.
  ///
  /// @throws IllegalArgumentException for what cannot be a path and a key alike
  static String checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("record name '" + name + "' does not match " + NAME);
    }
    return name;
  }
}
