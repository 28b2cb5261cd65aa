package dev.holdfast.config;

import dev.holdfast.model.declared.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/// Reads the documents of one file into values with places. Bounded in depth, aliases and number
/// of values, so that no file of the allowed size costs more than a moment.
final class YamlReader {
  private static final int DEEPEST = 30;
  private static final int MOST_ALIASES = 100;
  private static final int MOST_VALUES = 60_000;
  private static final Tag UNTAGGED = new Tag("tag:holdfast.dev,untagged");

  private final String file;
  private final Findings findings;
  private int values;

  YamlReader(String file, Findings findings) {
    this.file = file;
    this.findings = findings;
  }

  /// The documents before the first syntax error; empty documents are left out.
  List<Value> documents(String text) {
    var options = options();
    var parser = new MarkedParser(new ParserImpl(new StreamReader(text), options));
    var composer = new Composer(parser, new Untyped(), options);
    var documents = new ArrayList<Value>();
    try {
      while (composer.checkNode()) {
        documents.add(value(composer.getNode(), 0));
      }
    } catch (MarkedYAMLException broken) {
      syntax(broken.getProblemMark(), String.valueOf(broken.getProblem()));
    } catch (YAMLException limit) {
      syntax(parser.last(), String.valueOf(limit.getMessage()));
    } catch (IllegalArgumentException codePoint) {
      syntax(parser.last(), "an escape stands for no character");
    }
    return documents.stream().filter(document -> !isNull(document)).toList();
  }

  private static LoaderOptions options() {
    var options = new LoaderOptions();
    options.setNestingDepthLimit(DEEPEST);
    options.setMaxAliasesForCollections(MOST_ALIASES);
    options.setCodePointLimit(Integer.MAX_VALUE);
    options.setProcessComments(false);
    options.setTagInspector(tag -> true);
    return options;
  }

  private static boolean isNull(Value value) {
    return value instanceof Value.Text scalar && scalar.core() == Value.Core.NULL;
  }

  private void syntax(@Nullable Mark mark, String problem) {
    findings.error(
        mark == null ? new Place(file, 1, 1) : placeOf(mark),
        "",
        "not YAML: " + printable(problem.toLowerCase(Locale.ROOT)),
        hintFor(problem));
    findings.loseNames();
  }

  private static String hintFor(String problem) {
    if (problem.contains("TAB") || problem.contains("\\t")) {
      return "indent with spaces, not with tabs";
    }
    if (problem.contains("mapping values are not allowed")) {
      return "indent keys of one object alike, and quote a text that contains ': '";
    }
    if (problem.contains("expected ',' or")) {
      return "close the bracket, or quote a text that holds braces, as \"${state}/storage\"";
    }
    if (problem.contains("alias")) {
      return "write the value out; anchors hold inside one file only, and few of them";
    }
    if (problem.toLowerCase(Locale.ROOT).contains("nesting depth")) {
      return "nothing here is nested deeper than " + DEEPEST + " levels";
    }
    return "look at this line and the one before: indentation, quotes, brackets";
  }

  private Value value(Node node, int depth) {
    var place = placeOf(node.getStartMark());
    if (++values > MOST_VALUES || depth > DEEPEST) {
      throw new MarkedLimit(
          "more than " + MOST_VALUES + " values, or an alias inside itself", node.getStartMark());
    }
    if (!node.getTag().equals(UNTAGGED)) {
      findings.error(
          place,
          "",
          "the tag '" + printable(node.getTag().getValue()) + "' is not allowed",
          "remove it; the key decides the type");
    }
    var origin = Origin.at(place);
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar, origin);
      case SequenceNode sequence ->
          new Value.Items(
              sequence.getValue().stream().map(item -> value(item, depth + 1)).toList(), origin);
      case MappingNode mapping -> new Value.Fields(fields(mapping, depth), origin);
      default -> throw new YAMLException("unknown node " + node.getNodeId());
    };
  }

  private Value scalar(ScalarNode node, Origin origin) {
    var text = node.getValue();
    if (hasForbidden(text)) {
      findings.error(
          origin.place(),
          "",
          "the text holds a control character or half a character",
          "remove the escape; names, hosts and paths are plain text");
    }
    var core =
        node.getScalarStyle() == ScalarStyle.PLAIN ? CoreSchema.resolve(text) : Value.Core.STRING;
    return new Value.Text(text, core, origin);
  }

  private static boolean hasForbidden(String text) {
    return text.codePoints()
        .anyMatch(
            c ->
                (c < 0x20 && c != '\n' && c != '\t')
                    || c == 0x7f
                    || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
  }

  private Map<String, Value.Field> fields(MappingNode mapping, int depth) {
    var fields = new LinkedHashMap<String, Value.Field>();
    for (NodeTuple tuple : mapping.getValue()) {
      var place = placeOf(tuple.getKeyNode().getStartMark());
      if (!(value(tuple.getKeyNode(), depth + 1) instanceof Value.Text key)) {
        findings.error(place, "", "a key is a list or an object", "write the key as plain text");
        continue;
      }
      var field = new Value.Field(place, value(tuple.getValueNode(), depth + 1));
      if (accepts(key, fields)) {
        fields.put(key.text(), field);
      }
    }
    return fields;
  }

  private boolean accepts(Value.Text key, Map<String, Value.Field> before) {
    var name = printable(key.text());
    if (key.text().equals("<<")) {
      findings.error(
          key.place(),
          "",
          "the merge key '<<' is not allowed",
          "give the common part to a document with 'abstract: true', and name it in 'extends'");
      return false;
    }
    if (key.core() != Value.Core.STRING) {
      findings.error(key.place(), "", "the key '" + name + "' is not a text", "write it in quotes");
      return false;
    }
    var first = before.get(key.text());
    if (first != null) {
      findings.error(
          key.place(),
          "",
          "the key '" + name + "' stands here twice, first in line " + first.key().line(),
          "keep one of them");
      return false;
    }
    return true;
  }

  private Place placeOf(Mark mark) {
    return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  /// Text from a file, fit for one line of a terminal.
  static String printable(String text) {
    var line = new StringBuilder();
    text.codePoints()
        .limit(120)
        .forEach(
            c -> {
              boolean odd =
                  Character.isISOControl(c)
                      || Character.getType(c) == Character.FORMAT
                      || Character.getType(c) == Character.SURROGATE;
              if (odd) {
                line.append(String.format("\\u%04x", c));
              } else {
                line.appendCodePoint(c);
              }
            });
    return line.toString();
  }

  /// Every node stays untyped; what is not, carries a tag of its own.
  private static final class Untyped extends Resolver {
    @Override
    protected void addImplicitResolvers() {}

    @Override
    public Tag resolve(NodeId kind, @Nullable String value, boolean implicit) {
      return UNTAGGED;
    }
  }

  private static final class MarkedLimit extends MarkedYAMLException {
    private static final long serialVersionUID = 1L;

    MarkedLimit(String problem, Mark mark) {
      super(null, null, problem, mark);
    }
  }
}
