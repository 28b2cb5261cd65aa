package dev.holdfast.image;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.WarningClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The true tree of a source at one image: which paths were alive, and which image of the chain
/// gives each. Built image by image, full first, from their indexes: GNU tar's dumpdirs name every
/// live directory and its names, so deleted files do not come back and renamed directories keep
/// their contents. Every ancestor of a live entry is a live directory or has no entry, never a
/// link. Holds every live entry in memory, about 300 bytes each: 10 million need a heap of 3 GB.
/// Not thread-safe while images are added.
public final class PointInTimeView {

  /// A live path.
  ///
  /// @param image position in the chain of the image that gives it, 0 = the full
  /// @param member as recorded there, perhaps under the name that a directory had then
  public record Entry(MemberPath path, int image, Member member) {}

  /// What it means that an image lists a name as dumped and does not hold it.
  public enum Absence {
    /// It vanished or could not be read: it is owed to whoever restores.
    LOST,
    /// The dump lost nothing, so the archive cannot hold such a thing: a socket.
    SKIPPED
  }

  /// The names of a directory that an image lists, each with its code.
  private record Listed(MemberPath directory, Map<String, Character> codes) {}

  private final TreeNode root = new TreeNode();
  private final List<Map<MemberPath, Member>> linkTargets = new ArrayList<>();
  private Optional<ImageId> newest = Optional.empty();
  private int image = -1;

  /// Adds the next image of the chain, of which nothing is known but its members.
  ///
  /// @param members in stream order
  /// @throws MalformedStreamException when a path or a rename cannot be
  public void add(Iterable<Member> members) throws MalformedStreamException {
    add(members, Absence.LOST);
  }

  /// Adds the next image of the chain.
  ///
  /// @throws MalformedStreamException when a path or a rename cannot be, or when the image does not
  ///     build on the one before
  void add(Manifest manifest, IndexPart part) throws MalformedStreamException {
    if (!manifest.parent().equals(newest)) {
      throw new MalformedStreamException(
          "image "
              + manifest.image()
              + " builds on "
              + manifest.parent().map(ImageId::value).orElse("no image")
              + ", the one before it is "
              + newest.map(ImageId::value).orElse("none"));
    }
    add(part.members(), absence(manifest), part.isListed());
    newest = Optional.of(manifest.image());
  }

  /// Adds the next image of the chain.
  public void add(Iterable<Member> members, Absence absence) throws MalformedStreamException {
    boolean isListed = false;
    for (var member : members) {
      isListed |= member.directory().isPresent();
    }
    add(members, absence, isListed);
  }

  private void add(Iterable<Member> members, Absence absence, boolean isListed)
      throws MalformedStreamException {
    image++;
    var renames = new Renames(root);
    var targets = new HashSet<MemberPath>();
    for (var member : members) {
      if (member.directory().isPresent()) {
        renames.collect(member.directory().get());
      }
      if (member.type() == Member.Type.HARD_LINK) {
        member.link().ifPresent(targets::add);
      }
    }
    renames.apply();
    linkTargets.add(new HashMap<>());
    var names = new ArrayList<Listed>();
    for (var member : members) {
      place(member, names);
      if (targets.contains(member.path()) && member.type() != Member.Type.HARD_LINK) {
        linkTargets.get(image).put(member.path(), member);
      }
    }
    // without renames GNU tar lists a name that it does not know as dumped, unless it is excluded
    var unknown = renames.isEmpty() ? TreeNode.Gap.OMITTED : TreeNode.Gap.OWED;
    settle(names, absence == Absence.LOST ? TreeNode.Gap.OWED : TreeNode.Gap.OMITTED, unknown);
    if (isListed) {
      root.dropUnlisted(image);
    }
  }

  /// Every live entry at or below a path, in path order, parents first.
  public List<Entry> entries(MemberPath prefix) {
    var found = new ArrayList<Entry>();
    find(prefix)
        .ifPresent(
            node -> node.walk(prefix, (path, below) -> entry(path, below).ifPresent(found::add)));
    return found;
  }

  public Optional<Entry> get(MemberPath path) {
    return find(path).flatMap(node -> entry(path, node));
  }

  /// Live paths that no image of the chain holds: they vanished while they were dumped, or could
  /// not be read, and have not been dumped since.
  public List<String> missing() {
    return gaps(TreeNode.Gap.OWED);
  }

  /// Names that the last image saw and that were never to be dumped: excluded, or sockets. GNU tar
  /// lists an excluded name like an unchanged one.
  public List<String> omitted() {
    return gaps(TreeNode.Gap.OMITTED);
  }

  /// What other names of an image link to, by the name it was recorded under.
  Optional<Member> linkTarget(int imageIndex, MemberPath path) {
    return Optional.ofNullable(linkTargets.get(imageIndex).get(path));
  }

  private static Absence absence(Manifest manifest) {
    var warnings = manifest.warnings();
    long lost =
        warnings.count(WarningClass.VANISHED)
            + warnings.count(WarningClass.UNREADABLE)
            + warnings.count(WarningClass.OTHER);
    return lost == 0 ? Absence.SKIPPED : Absence.LOST;
  }

  private void place(Member member, List<Listed> names) throws MalformedStreamException {
    var node = root.make(member.path());
    node.hold(member, image);
    if (member.type() == Member.Type.DIRECTORY && member.directory().isPresent()) {
      list(member.path(), node, member.directory().get(), names);
    }
  }

  private void list(MemberPath path, TreeNode node, Member.Dumpdir dumpdir, List<Listed> names) {
    var codes = new HashMap<String, Character>();
    for (var entry : dumpdir.entries()) {
      switch (entry.code()) {
        case 'Y', 'N', 'D' -> codes.put(entry.name().latin1(), entry.code());
        default -> {}
      }
    }
    node.retain(codes.keySet());
    codes.forEach(
        (name, code) -> {
          var child = node.child(name);
          if (child != null && isOutdated(child, code)) {
            node.remove(name);
          }
        });
    names.add(new Listed(path, codes));
  }

  /// An older image's file where this image says that it dumped, or that there is a directory.
  private boolean isOutdated(TreeNode child, char code) {
    boolean older = child.image() != image;
    return older
        && (code == 'Y' || (code == 'D' && child.member().isPresent() && !child.isDirectory()));
  }

  /// @param undumped what a name is that is listed as dumped
  /// @param unknown what a name is that is listed as unchanged and was never seen before
  private void settle(List<Listed> names, TreeNode.Gap undumped, TreeNode.Gap unknown)
      throws MalformedStreamException {
    for (var listed : names) {
      var directory = root.find(listed.directory());
      for (var name : listed.codes().entrySet()) {
        var node = directory == null ? null : directory.child(name.getKey());
        if (!isSettled(node, name.getValue())) {
          var gap =
              switch (name.getValue()) {
                case 'D' -> TreeNode.Gap.OWED;
                case 'Y' -> undumped;
                default -> unknown;
              };
          root.make(listed.directory().child(new MemberPath(name.getKey()))).leave(gap);
          directory = root.find(listed.directory());
        }
      }
    }
  }

  private boolean isSettled(@Nullable TreeNode node, char code) {
    if (node == null) {
      return false;
    }
    boolean held =
        node.member().isPresent()
            && (code == 'D') == node.isDirectory()
            && (code != 'D' || node.image() == image);
    return held || (code == 'N' && node.gap() != TreeNode.Gap.NONE);
  }

  private List<String> gaps(TreeNode.Gap kind) {
    var found = new ArrayList<String>();
    root.walk(
        MemberPath.ROOT,
        (path, node) -> {
          if (node.gap() == kind) {
            found.add(path.latin1());
          }
        });
    return found;
  }

  private static Optional<Entry> entry(MemberPath path, TreeNode node) {
    return node.member().map(member -> new Entry(path, node.image(), member));
  }

  private Optional<TreeNode> find(MemberPath path) {
    return Optional.ofNullable(root.find(path));
  }
}
