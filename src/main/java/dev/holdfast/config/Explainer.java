package dev.holdfast.config;

import java.util.List;

/// Answers where each effective value of a declared object came from.
public final class Explainer {

  private Explainer() {}

  /// Every object of that name (`NAME`, any case, or `KIND/NAME`); empty when there is none.
  public static List<Explanation> explain(LoadResult.Loaded loaded, String name) {
    return loaded.effective().explain(name);
  }
}
