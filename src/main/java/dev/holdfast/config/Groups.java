package dev.holdfast.config;

import dev.holdfast.model.declared.TextRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns a SourceGroup into one Source document for each of its hosts.
final class Groups {
  private static final Pattern INDEX = Pattern.compile("\\$\\{index(?::([1-9]))?\\}");

  private Groups() {}

  /// The members as documents of kind Source, in the order of the hosts.
  static List<Document> members(Bound<SourceGroupDocument> group) {
    var members = group.body().members();
    var documents = new ArrayList<Document>();
    for (int i = 0; i < members.hosts().size(); i++) {
      var place = group.placeOf("members", "hosts");
      var origin = new Origin(place, "member of " + group.name());
      documents.add(member(group, members.hosts().get(i), i + 1, origin));
    }
    return documents;
  }

  private static Document member(
      Bound<SourceGroupDocument> group, String host, int index, Origin origin) {
    var members = group.body().members();
    var name = name(members.nameTemplate(), host, index);
    var fields = template(group);
    for (var key : List.of("labels", "owners")) {
      var shared = group.values().get(key);
      if (shared.isPresent()) {
        fields = Layers.over(Value.Fields.empty(origin).with(key, shared.get()), fields);
      }
    }
    var fullHost = members.domain().map(domain -> host + "." + domain).orElse(host);
    var own =
        Value.Fields.empty(origin)
            .with("apiVersion", text(Types.API_VERSION, origin))
            .with("kind", text(Kind.SOURCE.spelling(), origin))
            .with("name", text(name, origin))
            .with("host", text(fullHost, origin));
    return new Document(Kind.SOURCE, name, Layers.over(fields, own), TextRule.NAME.allows(name));
  }

  private static Value.Fields template(Bound<SourceGroupDocument> group) {
    return Optional.of(group.body().template())
        .filter(Value.Fields.class::isInstance)
        .map(Value.Fields.class::cast)
        .orElseGet(() -> Value.Fields.empty(group.values().origin()))
        .layered("template of " + group.name());
  }

  private static Value.Text text(String text, Origin origin) {
    return new Value.Text(text, Value.Core.STRING, origin);
  }

  private static String name(String template, String host, int index) {
    return INDEX
        .matcher(template.replace("${host}", host))
        .replaceAll(use -> Matcher.quoteReplacement(number(use, index)));
  }

  private static String number(MatchResult use, int index) {
    var width = Optional.ofNullable(use.group(1)).orElse("1");
    return String.format("%0" + width + "d", index);
  }
}
