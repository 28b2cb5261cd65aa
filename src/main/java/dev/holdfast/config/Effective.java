package dev.holdfast.config;

import java.util.List;
import java.util.Locale;

/// The effective values of all declared objects, each with its origin.
public final class Effective {
  private final List<Explanation> explanations;

  Effective(List<Explanation> explanations) {
    this.explanations = List.copyOf(explanations);
  }

  /// Names of everything that can be explained, as `KIND/NAME`, sorted.
  public List<String> names() {
    return explanations.stream().map(Effective::fullName).sorted().toList();
  }

  List<Explanation> explain(String wanted) {
    var name = wanted.toLowerCase(Locale.ROOT);
    return explanations.stream()
        .filter(
            one ->
                one.name().toLowerCase(Locale.ROOT).equals(name)
                    || fullName(one).toLowerCase(Locale.ROOT).equals(name))
        .toList();
  }

  private static String fullName(Explanation one) {
    return one.kind().spelling() + "/" + one.name();
  }
}
