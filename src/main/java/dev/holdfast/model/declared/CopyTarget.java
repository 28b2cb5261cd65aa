package dev.holdfast.model.declared;

/// A further storage of a set, and what is copied there, its reference resolved.
public record CopyTarget(Storage storage, Copy terms) {

  /// How new volumes there are named: as a set's own, `${storage}` filled in.
  public String labelTemplate() {
    return terms.labelTemplate().replace("${storage}", storage.name());
  }
}
