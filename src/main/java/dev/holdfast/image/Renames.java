package dev.holdfast.image;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// The renames of directories that the dumpdirs of one image tell, applied in their order before
/// anything else of that image. A cycle goes through a temporary name: `X` announces it, and an
/// empty path in `R` or `T` means it (GNU tar manual, "Dumpdir"). GNU tar 1.34 writes a cycle of
/// three or more names several times, begun at another name each time; applied literally that
/// rotates the names again, so each set of moves counts once.
final class Renames {

  /// Directories that change their names together: one, or the members of a cycle.
  private record Move(Set<Rename> renames) {}

  private record Rename(MemberPath from, MemberPath to) {}

  private final TreeNode root;
  private final Set<Move> moves = new LinkedHashSet<>();
  private final Set<Rename> cycle = new LinkedHashSet<>();
  private Optional<MemberPath> from = Optional.empty();
  private Optional<MemberPath> setAside = Optional.empty();

  Renames(TreeNode root) {
    this.root = root;
  }

  void collect(Member.Dumpdir dumpdir) throws MalformedStreamException {
    for (var entry : dumpdir.entries()) {
      switch (entry.code()) {
        case 'R' -> from = Optional.of(trimmed(entry.name()));
        case 'T' -> to(trimmed(entry.name()));
        default -> {}
      }
    }
  }

  boolean isEmpty() {
    return moves.isEmpty();
  }

  void apply() throws MalformedStreamException {
    for (var move : moves) {
      var taken = new ArrayList<Optional<TreeNode>>();
      for (var rename : move.renames()) {
        taken.add(take(rename.from()));
      }
      int next = 0;
      for (var rename : move.renames()) {
        var node = taken.get(next++);
        if (node.isPresent()) {
          root.make(rename.to().parent()).put(rename.to().name().latin1(), node.get());
        }
      }
    }
  }

  private void to(MemberPath target) throws MalformedStreamException {
    var source =
        from.orElseThrow(
            () -> new MalformedStreamException("a directory's new name without its old"));
    from = Optional.empty();
    TreeNode.check(target);
    TreeNode.check(source);
    boolean toAside = target.latin1().isEmpty();
    boolean fromAside = source.latin1().isEmpty();
    if (toAside) {
      setAside = Optional.of(source);
    } else if (fromAside) {
      cycle.add(new Rename(aside(), target));
      moves.add(new Move(Set.copyOf(cycle)));
      cycle.clear();
      setAside = Optional.empty();
    } else if (setAside.isPresent()) {
      cycle.add(new Rename(source, target));
    } else {
      moves.add(new Move(Set.of(new Rename(source, target))));
    }
  }

  private MemberPath aside() throws MalformedStreamException {
    return setAside.orElseThrow(
        () -> new MalformedStreamException("a directory comes from aside where none was put"));
  }

  private Optional<TreeNode> take(MemberPath path) {
    var parent = root.find(path.parent());
    return parent == null
        ? Optional.empty()
        : Optional.ofNullable(parent.remove(path.name().latin1()));
  }

  private static MemberPath trimmed(MemberPath path) {
    var text = path.latin1();
    int from = text.startsWith("./") ? 2 : 0;
    int to = text.length();
    while (to > from && text.charAt(to - 1) == '/') {
      to--;
    }
    return new MemberPath(text.substring(from, to));
  }
}
