package dev.holdfast.config;

import dev.holdfast.model.declared.Key;
import dev.holdfast.model.declared.TextRule;
import java.util.List;
import java.util.Optional;

/// A document of kind SourceGroup, as written: one source for each host.
record SourceGroupDocument(
    @Flat Header header,
    @Key("the hosts, and how their sources are named") Members members,
    @Key("what every member has, as in a Source") @PartOf(Kind.SOURCE) Value template) {

  /// The hosts of a group.
  record Members(
      @Key(value = "short or full names", min = 1, text = TextRule.HOST) List<String> hosts,
      @Key(value = "put behind every host name", text = TextRule.HOST) Optional<String> domain,
      @Key(
              value = "names of the sources, with ${host}, or ${index:2} counted from 1",
              initially = "${host}",
              text = TextRule.NAME_TEMPLATE)
          String nameTemplate) {}
}
