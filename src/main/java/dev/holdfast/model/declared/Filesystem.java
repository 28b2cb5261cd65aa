package dev.holdfast.model.declared;

import java.util.List;

/// Files and directories of one host.
///
/// @param paths absolute, at least one, none inside another
/// @param exclude shell patterns with `**`, matched against absolute member paths
/// @param oneFileSystem true: mount points below a path are not entered
public record Filesystem(
    List<String> paths,
    List<String> exclude,
    boolean oneFileSystem,
    Expect expect,
    Tolerate tolerate)
    implements SourceSpec {

  public Filesystem {
    paths = List.copyOf(paths);
    exclude = List.copyOf(exclude);
  }
}
