package dev.holdfast.image;

import java.util.List;

/// The paths that someone asks for, so that an index of millions is not kept in memory for one
/// file.
public record Wanted(List<MemberPath> paths) {
  public Wanted {
    paths = List.copyOf(paths);
  }

  public static Wanted everything() {
    return new Wanted(List.of(MemberPath.ROOT));
  }

  /// True for what is asked for and everything below it.
  boolean holds(MemberPath path) {
    return paths.stream().anyMatch(wanted -> wanted.contains(path));
  }

  /// True also for what leads to it.
  boolean concerns(MemberPath path) {
    for (var wanted : paths) {
      if (wanted.contains(path) || path.contains(wanted)) {
        return true;
      }
    }
    return false;
  }

  /// What a directory lists, without the names that nobody asks for.
  Member.Dumpdir part(MemberPath directory, Member.Dumpdir whole) {
    return holds(directory)
        ? whole
        : new Member.Dumpdir(
            whole.entries().stream()
                .filter(entry -> concerns(directory.child(entry.name())))
                .toList());
  }
}
