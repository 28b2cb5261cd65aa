package dev.holdfast.source.driver.filesystem;

import java.util.List;

/// How GNU tar names what it dumps, in its snapshot and against exclude patterns: as its operands
/// are. That is the absolute path without the leading slash, so that tar finds nothing to remove;
/// but of `/` itself nothing would be left, and tar is given the slash there, with all names below.
enum TarNames {
  RELATIVE,
  ABSOLUTE;

  /// Of a source: `/` stands alone, because no path lies inside another.
  static TarNames of(List<String> paths) {
    return paths.stream().anyMatch(path -> bare(path).isEmpty()) ? ABSOLUTE : RELATIVE;
  }

  /// The name of an absolute path, without slashes at its end.
  String of(String path) {
    return below(bare(path));
  }

  /// The name of what is called so below the root directory.
  String below(String relative) {
    return switch (this) {
      case RELATIVE -> relative;
      case ABSOLUTE -> "/" + relative;
    };
  }

  /// The directory that a name is in; empty when nothing is above it.
  static String parent(String name) {
    int slash = name.lastIndexOf('/');
    return slash > 0 ? name.substring(0, slash) : slash == 0 && name.length() > 1 ? "/" : "";
  }

  private static String bare(String path) {
    int from = 0;
    int to = path.length();
    while (from < to && path.charAt(from) == '/') {
      from++;
    }
    while (to > from && path.charAt(to - 1) == '/') {
      to--;
    }
    return path.substring(from, to);
  }
}
