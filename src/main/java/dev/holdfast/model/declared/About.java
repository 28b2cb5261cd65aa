package dev.holdfast.model.declared;

import java.util.List;
import java.util.Map;

/// What people say about a declared object. Nothing here changes what a run does, except that
/// `labels` are what `what.select` and `runsOn` choose by.
public record About(
    Place place,
    String description,
    String comments,
    Map<String, String> labels,
    List<String> owners) {

  public About {
    labels = Map.copyOf(labels);
    owners = List.copyOf(owners);
  }
}
