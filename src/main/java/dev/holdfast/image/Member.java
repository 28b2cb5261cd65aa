package dev.holdfast.image;

import java.util.List;
import java.util.Optional;

/// One member of an image's tar stream, as its headers state it.
///
/// @param size bytes of the file as restored (a sparse file's real size), 0 for what has none
/// @param link the target of a hard link (a member path) or the text of a symbolic link
/// @param offset where the member's first header block (extended headers included) starts in the
///     raw stream; `length` bytes from there hold the member whole, a multiple of 512
/// @param directory present on directories of an incremental dump: the names that lived in it
public record Member(
    MemberPath path,
    Type type,
    int mode,
    long uid,
    long gid,
    long size,
    long mtimeSeconds,
    int mtimeNanos,
    Optional<MemberPath> link,
    long offset,
    long length,
    Optional<Dumpdir> directory) {

  /// What a member is, by the type flag of its header.
  public enum Type {
    FILE('f'),
    HARD_LINK('h'),
    SYMBOLIC_LINK('l'),
    CHARACTER_DEVICE('c'),
    BLOCK_DEVICE('b'),
    DIRECTORY('d'),
    FIFO('p');

    private static final List<Type> ALL = List.of(values());
    private final char code;

    Type(char code) {
      this.code = code;
    }

    /// Its letter in an INDEX, as `find -type` spells it; `h` for a hard link.
    public char code() {
      return code;
    }

    static Type of(char code) {
      for (var type : ALL) {
        if (type.code == code) {
          return type;
        }
      }
      throw new IllegalArgumentException("no member type '" + code + "'");
    }
  }

  /// GNU tar's list of a directory at dump time (manual, "Dumpdir"): what is in this image, what is
  /// unchanged since the parent image, what is a directory, and renames.
  public record Dumpdir(List<Entry> entries) {
    public Dumpdir {
      entries = List.copyOf(entries);
    }

    /// One name in the list.
    ///
    /// @param code `Y` dumped here, `N` unchanged, `D` directory, `R` and `T` rename from and to,
    ///     `X` a temporary name for rename cycles
    /// @param name a name in the directory; for `R` and `T` a whole member path
    public record Entry(char code, MemberPath name) {}
  }
}
