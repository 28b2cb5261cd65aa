package dev.holdfast.model.declared;

/// The order in which volumes are looked at for one that can be written.
public enum Taperscan {
  /// Oldest first as recorded, else the slots from the one after the last used, in a circle.
  TRADITIONAL,
  /// Whatever was written longest ago, blanks last.
  OLDEST,
  /// By label, from the last one written, in a circle; blanks last.
  LEXICAL
}
