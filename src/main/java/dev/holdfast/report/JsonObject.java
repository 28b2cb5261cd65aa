package dev.holdfast.report;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/// A JSON object under construction, keys in the order of their coming. Bytes and counts are
/// integers, instants and durations are ISO 8601, absence is `null`. Not thread-safe.
public final class JsonObject {
  private static final JsonFactory FACTORY = new JsonFactory();
  private final Map<String, Object> values = new LinkedHashMap<>();

  public JsonObject put(String key, String text) {
    return set(key, text);
  }

  public JsonObject put(String key, long number) {
    return set(key, number);
  }

  public JsonObject put(String key, boolean flag) {
    return set(key, flag);
  }

  public JsonObject put(String key, Instant instant) {
    return set(key, instant.toString());
  }

  public JsonObject put(String key, Duration duration) {
    return set(key, duration.toString());
  }

  public JsonObject put(String key, JsonObject object) {
    return set(key, object);
  }

  /// A constant, as `UNREADABLE`.
  public JsonObject put(String key, Enum<?> constant) {
    return set(key, constant.name());
  }

  /// `null` when absent; instants become text.
  public JsonObject put(String key, Optional<?> value) {
    return set(key, value.<Object>map(JsonObject::plain).orElse(Null.NULL));
  }

  public JsonObject texts(String key, List<?> texts) {
    return set(key, texts.stream().map(Object::toString).toList());
  }

  public <T> JsonObject objects(String key, List<T> items, Function<T, JsonObject> render) {
    return set(key, items.stream().map(render).toList());
  }

  /// The code, its name, and whether the same command again continues.
  public JsonObject put(ExitCode exit) {
    put("outcome", exit.name().toLowerCase(Locale.ROOT));
    return put(
        "exit",
        new JsonObject()
            .put("code", exit.code())
            .put("name", exit)
            .put("resumable", exit.resumable()));
  }

  public static JsonObject of(Problem problem) {
    return new JsonObject()
        .put("place", problem.place())
        .put("fact", problem.fact())
        .put("hint", problem.hint());
  }

  /// On one line, without a line end.
  public String line() {
    return text(ObjectWriteContext.empty());
  }

  /// Indented, with a line end.
  public String document() {
    return text(new Indented()) + "\n";
  }

  private JsonObject set(String key, Object value) {
    values.put(key, value);
    return this;
  }

  private static Object plain(Object value) {
    return switch (value) {
      case JsonObject object -> object;
      case Number number -> number.longValue();
      case Boolean flag -> flag;
      default -> value.toString();
    };
  }

  private String text(ObjectWriteContext context) {
    var text = new StringWriter();
    try (var json = FACTORY.createGenerator(context, text)) {
      write(json, this);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Object value) {
    switch (value) {
      case JsonObject object -> {
        json.writeStartObject();
        object.values.forEach(
            (key, inner) -> {
              json.writeName(key);
              write(json, inner);
            });
        json.writeEndObject();
      }
      case List<?> list -> {
        json.writeStartArray();
        list.forEach(inner -> write(json, inner));
        json.writeEndArray();
      }
      case Long number -> json.writeNumber(number);
      case Boolean flag -> json.writeBoolean(flag);
      case Null _ -> json.writeNull();
      default -> json.writeString(value.toString());
    }
  }

  private enum Null {
    NULL
  }

  /// Two spaces, `\n` on every system.
  private static final class Indented extends ObjectWriteContext.Base {
    @Override
    public PrettyPrinter getPrettyPrinter() {
      var indenter = new DefaultIndenter("  ", "\n");
      var separators =
          Separators.createDefaultInstance()
              .withObjectNameValueSpacing(Separators.Spacing.AFTER)
              .withObjectEmptySeparator("")
              .withArrayEmptySeparator("");
      return new DefaultPrettyPrinter(separators)
          .withObjectIndenter(indenter)
          .withArrayIndenter(indenter);
    }

    @Override
    public boolean hasPrettyPrinter() {
      return true;
    }
  }
}
