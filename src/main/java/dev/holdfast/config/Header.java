package dev.holdfast.config;

import dev.holdfast.model.declared.About;
import dev.holdfast.model.declared.Key;
import dev.holdfast.model.declared.Later;
import dev.holdfast.model.declared.Moved;
import dev.holdfast.model.declared.Place;
import dev.holdfast.model.declared.TextRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys that every document has.
record Header(
    @Key(value = "the version of this language: holdfast/v1") String apiVersion,
    @Key(value = "the kind of this document") String kind,
    @Key(value = "its name, unique among its kind whatever the case") String name,
    @Key(value = "one line about it", initially = "") Optional<String> description,
    @Key(value = "more about it, shown in reports", text = TextRule.PROSE)
        Optional<String> comments,
    @Key(value = "label: value, to select by", text = TextRule.LINE) Map<String, String> labels,
    @Key(value = "who answers for it", text = TextRule.LINE) List<String> owners,
    @Key(value = "true: only for others to extend", name = "abstract", initially = "false")
        boolean isAbstract,
    @Key(value = "an abstract document of the same kind", name = "extends", text = TextRule.NAME)
        Optional<String> parent,
    @Key(value = "the name it had before") @Later Optional<Moved> moved) {

  About about(Place place) {
    return new About(place, description.orElse(""), comments.orElse(""), labels, owners);
  }
}
