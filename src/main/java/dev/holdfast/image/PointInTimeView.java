package dev.holdfast.image;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The true tree of a source at one image: which paths were alive, and which image of the chain
/// gives each. Built image by image, full first, from their indexes: GNU tar's dumpdirs name every
/// live directory and its names, so deleted files do not come back and renamed directories keep
/// their contents. Holds every live entry in memory, about 300 bytes each. Not thread-safe while
/// images are added.
public final class PointInTimeView {

  /// A live path.
  ///
  /// @param image position in the chain of the image that gives it, 0 = the full
  /// @param member as recorded there, perhaps under the name that a directory had then
  public record Entry(MemberPath path, int image, Member member) {}

  private final Node root = new Node();
  private final List<String> missing = new ArrayList<>();
  private final List<Map<MemberPath, Member>> files = new ArrayList<>();
  private int image = -1;

  /// Adds the next image of the chain.
  ///
  /// @param members in stream order
  /// @throws MalformedStreamException when a path or a rename cannot be
  public void add(Iterable<Member> members) throws MalformedStreamException {
    image++;
    missing.clear();
    files.add(new HashMap<>());
    var renames = new Renames(root);
    var expected = new ArrayList<MemberPath>();
    boolean listed = false;
    var all = new ArrayList<Member>();
    for (var member : members) {
      checkPath(member.path());
      all.add(member);
      if (member.directory().isPresent()) {
        listed = true;
        renames.collect(member.directory().get());
      }
    }
    renames.apply();
    for (var member : all) {
      place(member, expected);
    }
    if (listed) {
      root.dropDirectoriesNotFrom(image);
    }
    settle(expected);
  }

  /// Every live entry at or below a path, in path order, parents first.
  public List<Entry> entries(MemberPath prefix) {
    var found = new ArrayList<Entry>();
    find(prefix).ifPresent(node -> node.collect(prefix, found));
    return found;
  }

  public Optional<Entry> get(MemberPath path) {
    return find(path)
        .flatMap(node -> Optional.ofNullable(node.member).map(m -> new Entry(path, node.image, m)));
  }

  /// Paths that the last image lists as alive, and that no image of the chain holds: they vanished
  /// while they were dumped, or could not be read.
  public List<String> missing() {
    return List.copyOf(missing);
  }

  /// A member of an image by the name it was recorded under, wherever it lives now.
  Optional<Member> recorded(int imageIndex, MemberPath path) {
    return Optional.ofNullable(files.get(imageIndex).get(path));
  }

  int images() {
    return image + 1;
  }

  private void place(Member member, List<MemberPath> expected) throws MalformedStreamException {
    var node = root.make(member.path());
    boolean directory = member.type() == Member.Type.DIRECTORY;
    if (!directory || (node.member != null && node.member.type() != Member.Type.DIRECTORY)) {
      node.children.clear();
    }
    node.member = member;
    node.image = image;
    if (!directory) {
      files.get(image).put(member.path(), member);
    } else if (member.directory().isPresent()) {
      list(member.path(), node, member.directory().get(), expected);
    }
  }

  private void list(MemberPath path, Node node, Member.Dumpdir dumpdir, List<MemberPath> expected) {
    var names = new HashMap<String, Character>();
    for (var entry : dumpdir.entries()) {
      switch (entry.code()) {
        case 'Y', 'N', 'D' -> names.put(entry.name().latin1(), entry.code());
        default -> {}
      }
    }
    node.children.keySet().retainAll(names.keySet());
    names.forEach(
        (name, code) -> {
          var child = node.children.get(name);
          if (code == 'Y' && child != null && child.image != image) {
            node.children.remove(name);
          }
          if (code != 'D') {
            expected.add(path.child(new MemberPath(name)));
          }
        });
  }

  private void settle(List<MemberPath> expected) {
    for (var path : expected) {
      if (get(path).isEmpty()) {
        missing.add(path.latin1());
      }
    }
  }

  private Optional<Node> find(MemberPath path) {
    return Optional.ofNullable(root.find(path));
  }

  private static void checkPath(MemberPath path) throws MalformedStreamException {
    if (path.latin1().isEmpty()) {
      return;
    }
    for (var name : path.latin1().split("/", -1)) {
      if (name.isEmpty() || name.equals(".") || name.equals("..")) {
        throw new MalformedStreamException(
            "the path '" + path.latin1() + "' could leave its target");
      }
    }
  }

  /// A name in the tree; without a member it only leads to others.
  static final class Node {
    final TreeMap<String, Node> children = new TreeMap<>();
    @Nullable Member member;
    int image = -1;

    @Nullable Node find(MemberPath path) {
      Node node = this;
      if (path.latin1().isEmpty()) {
        return node;
      }
      for (var name : path.latin1().split("/", -1)) {
        node = node == null ? null : node.children.get(name);
      }
      return node;
    }

    /// Whatever stood in the way as a file gives way: the new image knows better.
    Node make(MemberPath path) {
      var node = this;
      if (path.latin1().isEmpty()) {
        return node;
      }
      for (var name : path.latin1().split("/", -1)) {
        if (node.member != null && node.member.type() != Member.Type.DIRECTORY) {
          node.member = null;
        }
        node = node.children.computeIfAbsent(name, _ -> new Node());
      }
      return node;
    }

    void collect(MemberPath path, List<Entry> found) {
      if (member != null) {
        found.add(new Entry(path, image, member));
      }
      children.forEach((name, child) -> child.collect(path.child(new MemberPath(name)), found));
    }

    /// An incremental lists every live directory: one that it does not list is gone.
    void dropDirectoriesNotFrom(int last) {
      children.values().forEach(child -> child.dropDirectoriesNotFrom(last));
      children
          .values()
          .removeIf(
              child ->
                  child.member == null
                      ? child.children.isEmpty()
                      : child.member.type() == Member.Type.DIRECTORY && child.image != last);
    }
  }
}
