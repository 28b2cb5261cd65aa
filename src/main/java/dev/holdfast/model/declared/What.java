package dev.holdfast.model.declared;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which sources a set dumps: named, chosen by labels, or both.
public record What(
    @Key(value = "Sources and SourceGroups", text = TextRule.NAME) List<String> sources,
    @Key("every Source that has these labels") Optional<Select> select) {

  public What {
    sources = List.copyOf(sources);
  }

  public record Select(@Key("label: value, all must match") Map<String, String> labels) {
    public Select {
      labels = Map.copyOf(labels);
    }
  }
}
