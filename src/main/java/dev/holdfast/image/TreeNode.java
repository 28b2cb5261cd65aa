package dev.holdfast.image;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A name in the tree of a view. Without a member it only leads to others, or is listed by an image
/// that does not hold it. Walks do not recurse, because a path may have thousands of
/// components. Used by one thread.
final class TreeNode {
  private static final int NO_IMAGE = -1;

  /// Why a name without a member is there.
  enum Gap {
    /// It only leads to others.
    NONE,
    /// It was to be dumped, and was not.
    OWED,
    /// It was never to be dumped.
    OMITTED
  }

  private @Nullable TreeMap<String, TreeNode> children;
  private @Nullable Member member;
  private int image = NO_IMAGE;
  private Gap gap = Gap.NONE;

  Optional<Member> member() {
    return Optional.ofNullable(member);
  }

  /// Position in the chain of the image that gives the member.
  int image() {
    return image;
  }

  boolean isDirectory() {
    return member != null && member.type() == Member.Type.DIRECTORY;
  }

  Gap gap() {
    return member == null ? gap : Gap.NONE;
  }

  void leave(Gap why) {
    gap = why;
  }

  /// Takes the member of a newer image. Only a directory that stays one keeps what lies in it.
  void hold(Member newer, int newerImage) {
    if (newer.type() != Member.Type.DIRECTORY || (member != null && !isDirectory())) {
      children = null;
    }
    member = newer;
    image = newerImage;
    gap = Gap.NONE;
  }

  @Nullable TreeNode child(String name) {
    return children == null ? null : children.get(name);
  }

  void put(String name, TreeNode child) {
    if (children == null) {
      children = new TreeMap<>();
    }
    children.put(name, child);
  }

  @Nullable TreeNode remove(String name) {
    return children == null ? null : children.remove(name);
  }

  void retain(Set<String> names) {
    if (children != null) {
      children.keySet().retainAll(names);
    }
  }

  @Nullable TreeNode find(MemberPath path) {
    var node = this;
    for (var name : names(path)) {
      node = node == null ? null : node.child(name);
    }
    return node;
  }

  /// The node of a path, made with all above it. Whatever stood in the way as a file gives way: the
  /// new image knows better, and nothing ever lies below a symbolic link.
  ///
  /// @throws MalformedStreamException when the path could lead out of the tree
  TreeNode make(MemberPath path) throws MalformedStreamException {
    var node = this;
    var names = names(path);
    check(path, names);
    for (var name : names) {
      node.giveWay();
      var next = node.child(name);
      if (next == null) {
        next = new TreeNode();
        node.put(name, next);
      }
      node = next;
    }
    return node;
  }

  /// @throws MalformedStreamException when the path could lead out of the tree
  static void check(MemberPath path) throws MalformedStreamException {
    check(path, names(path));
  }

  private static void check(MemberPath path, String[] names) throws MalformedStreamException {
    for (var name : names) {
      if (name.isEmpty() || name.equals(".") || name.equals("..")) {
        throw new MalformedStreamException(
            "the path '" + path.latin1() + "' could leave its target");
      }
    }
  }

  /// Everything at and below, in path order, parents first.
  void walk(MemberPath path, BiConsumer<MemberPath, TreeNode> visitor) {
    record Place(MemberPath path, TreeNode node) {}
    var open = new ArrayDeque<Place>();
    open.push(new Place(path, this));
    while (!open.isEmpty()) {
      var place = open.pop();
      visitor.accept(place.path(), place.node());
      var below = place.node().children;
      if (below != null) {
        below
            .descendingMap()
            .forEach(
                (name, child) ->
                    open.push(new Place(place.path().child(new MemberPath(name)), child)));
      }
    }
  }

  /// An incremental lists every live directory, and each lists its names. What it neither holds nor
  /// lists is gone.
  void dropUnlisted(int last) {
    var leading = leadingNodes();
    for (var node : leading.reversed()) {
      boolean listed = node.image == last && node.isDirectory();
      node.dropChildren(child -> child.isGone(last, listed));
    }
  }

  private boolean isGone(int last, boolean listed) {
    if (isDirectory() && image != last) {
      member = null;
      image = NO_IMAGE;
    }
    if (member == null) {
      return (children == null || children.isEmpty()) && !(gap != Gap.NONE && listed);
    }
    return image != last && !listed;
  }

  private List<TreeNode> leadingNodes() {
    var leading = new ArrayList<TreeNode>();
    leading.add(this);
    for (int i = 0; i < leading.size(); i++) {
      leading.get(i).children().stream()
          .filter(child -> child.children != null)
          .forEach(leading::add);
    }
    return leading;
  }

  private Collection<TreeNode> children() {
    return children == null ? List.of() : children.values();
  }

  private void dropChildren(Predicate<TreeNode> gone) {
    if (children != null) {
      children.values().removeIf(gone);
    }
  }

  private void giveWay() {
    if (member != null && !isDirectory()) {
      member = null;
      image = NO_IMAGE;
    }
    gap = Gap.NONE;
  }

  private static String[] names(MemberPath path) {
    return path.latin1().isEmpty() ? new String[0] : path.latin1().split("/", -1);
  }
}
