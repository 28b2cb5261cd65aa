package dev.holdfast.source.driver.filesystem;

import dev.holdfast.io.DataProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The snapshot that an incremental starts from: its base's, without the directories that tar must
/// dump anew with all below them. These are the ones that are not where they were, and the ones
/// that hold another name of a hard-linked file in such a directory: a tar stream can link only to
/// what it holds itself, and a file that stays where it was is not dumped when a directory with its
/// other name moves.
///
/// @param paths absolute, of the source
/// @param scope options of `find` that keep it where tar goes
/// @param patience how long `find` may say nothing
record BaseSnapshot(List<String> paths, List<String> scope, Duration patience) {

  /// Writes the snapshot to `target`, which may change from now on.
  void copy(Path base, Path target) throws IOException, InterruptedException {
    var inodes = SnapshotFile.inodes(find("-type", "d"), TarNames.of(paths));
    var left = SnapshotFile.copyUnmoved(base, target, inodes);
    var anew = new HashSet<String>();
    inodes.forEach(
        (name, inode) -> {
          if (left.contains(inode)) {
            anew.add(name);
          }
        });
    if (anew.isEmpty()) {
      return;
    }
    var linked =
        groups(SnapshotFile.inodes(find("!", "-type", "d", "-links", "+1"), TarNames.of(paths)));
    if (spread(linked, anew)) {
      inodes.keySet().removeAll(anew);
      SnapshotFile.copyUnmoved(base, target, inodes);
    }
  }

  /// The directories of each file that has several names.
  private static List<Set<String>> groups(Map<String, String> inodes) {
    var groups = new HashMap<String, Set<String>>();
    inodes.forEach(
        (name, inode) ->
            groups.computeIfAbsent(inode, _ -> new HashSet<>()).add(TarNames.parent(name)));
    return groups.values().stream().filter(group -> group.size() > 1).toList();
  }

  /// Adds every directory that shares a file with one that is dumped anew, until none is left.
  private static boolean spread(List<Set<String>> groups, Set<String> anew) {
    int before = anew.size();
    var left = new ArrayList<>(groups);
    boolean grew = true;
    while (grew) {
      grew = false;
      for (var group = left.iterator(); group.hasNext(); ) {
        var directories = group.next();
        if (directories.stream().anyMatch(directory -> isAnew(directory, anew))) {
          grew |= anew.addAll(directories);
          group.remove();
        }
      }
    }
    return anew.size() > before;
  }

  /// tar dumps a directory anew when it dumps one above it anew.
  private static boolean isAnew(String directory, Set<String> anew) {
    for (var at = directory; !at.isEmpty(); at = TarNames.parent(at)) {
      if (anew.contains(at)) {
        return true;
      }
    }
    return false;
  }

  private byte[] find(String... tests) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("find"));
    command.addAll(paths);
    command.addAll(scope);
    command.addAll(List.of(tests));
    command.addAll(List.of("-printf", "%i %p\\0"));
    var found = new ByteArrayOutputStream();
    new DataProcess(command, patience).run(found);
    return found.toByteArray();
  }
}
