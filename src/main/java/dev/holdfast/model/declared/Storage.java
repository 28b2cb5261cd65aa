package dev.holdfast.model.declared;

import java.util.Optional;

/// A declared destination.
///
/// @param archived true: its volumes are out of rotation, nothing on them is ever pruned
public record Storage(
    String name,
    About about,
    StorageSpec spec,
    Taperscan taperscan,
    boolean archived,
    Optional<String> site,
    Optional<MediaClass> mediaClass) {

  public enum MediaClass {
    DISK,
    TAPE,
    OBJECT
  }
}
