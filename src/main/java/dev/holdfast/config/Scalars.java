package dev.holdfast.config;

import dev.holdfast.model.ByteSize;
import dev.holdfast.model.declared.CalendarDays;
import dev.holdfast.model.declared.Compress.Amount;
import dev.holdfast.model.declared.Days;
import dev.holdfast.model.declared.Key;
import dev.holdfast.model.declared.Project;
import dev.holdfast.model.declared.TextRule;
import dev.holdfast.model.declared.Threshold;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The scalar types: how each is written, read and described.
final class Scalars {
  private static final String DAY = "(?:mon|tue|wed|thu|fri|sat|sun)";
  private static final String SIZE = "\\d{1,15}(?:\\.\\d{1,3})? ?(?:B|[kKMGT]B|[KMGT]iB)";
  private static final String PERCENT = "(?:100|[1-9]?[0-9])%";
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(s|m|h|d)");
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,18}");
  private static final String SIZE_HINT = "write a number with its unit, as 512MiB or 500GB";
  private static final String PERCENT_HINT = "write a share as 20%";
  private static final Map<String, Integer> SECONDS =
      Map.of("s", 1, "m", 60, "h", 3600, "d", 86_400);

  /// Longest text of any form but prose. Regular expressions with groups recurse by character, so a
  /// longer text would end in a stack overflow instead of an answer.
  static final int LONGEST = 4096;

  private Scalars() {}

  /// The scalar type of a Java class; empty when the class is not one.
  static Optional<Type.Scalar> of(Class<?> type, Key key) {
    if (type.isEnum()) {
      return Optional.of(choice(type));
    }
    return Optional.ofNullable(
        switch (type.getName()) {
          case "java.lang.String" -> text(key.text());
          case "int", "java.lang.Integer" -> whole(key, number -> (int) number.longValue());
          case "long", "java.lang.Long" -> whole(key, number -> number);
          case "boolean", "java.lang.Boolean" -> bool();
          case "dev.holdfast.model.ByteSize" -> size(key);
          case "java.time.Duration" -> duration(key);
          case "dev.holdfast.model.declared.Threshold" -> threshold();
          case "dev.holdfast.model.declared.Threshold$Percent" ->
              pattern("a percentage", PERCENT_HINT, PERCENT, Scalars::percent);
          case "java.time.LocalTime" ->
              pattern(
                  "a time of day",
                  "write it in quotes, as \"22:00\"",
                  "(?:[01][0-9]|2[0-3]):[0-5][0-9]",
                  text -> Optional.of(LocalTime.parse(text)));
          case "java.time.LocalDate" ->
              pattern(
                  "a date",
                  "write it in quotes, as \"2026-12-31\"",
                  "[0-9]{4}-[0-9]{2}-[0-9]{2}",
                  Scalars::date);
          case "java.time.ZoneId" ->
              pattern(
                  "a time zone",
                  "write it as Europe/London or UTC",
                  "UTC|GMT|Z|[A-Z][A-Za-z_]*/[A-Za-z0-9_+/-]+",
                  Scalars::zone);
          case "dev.holdfast.model.declared.Days" ->
              pattern(
                  "days of the week",
                  "write them as mon..fri or sat,sun",
                  DAY + "(?:\\.\\." + DAY + ")?(?:, ?" + DAY + "(?:\\.\\." + DAY + ")?)*",
                  Days::parse);
          case "dev.holdfast.model.declared.CalendarDays" ->
              pattern(
                  "days of a calendar",
                  "write them as mon..fri, second sunday of month, day 1 of month, last day of"
                      + " month, 24 december or every day",
                  CalendarDays.PATTERN,
                  CalendarDays::parse);
          case "dev.holdfast.model.declared.Compress$Amount" -> amount();
          default -> null;
        });
  }

  /// A text that must be one given word.
  static Type.Scalar constant(String word) {
    return new Type.Scalar(
        "'" + word + "'",
        "write " + word,
        Map.of("type", "string", "const", word),
        scalar ->
            isText(scalar) && scalar.text().equals(word) ? Optional.of(word) : Optional.empty());
  }

  static Type.Scalar text(TextRule rule) {
    if (rule == TextRule.PROSE) {
      return prose(rule);
    }
    return pattern(
        rule.words(),
        rule.hint(),
        rule.pattern(),
        text -> rule.allows(text) ? Optional.of(text) : Optional.empty());
  }

  /// The scalar type that a variable of the Project promises.
  static Type.Scalar variable(Project.Type type) {
    return switch (type) {
      case TEXT -> text(TextRule.LINE);
      case EMAIL -> text(TextRule.EMAIL);
      case PATH -> text(TextRule.PATH);
      case HOST -> text(TextRule.HOST);
      case SIZE -> pattern("a size", SIZE_HINT, SIZE, ByteSize::parse);
      case DURATION ->
          pattern("a duration", "write it as 30s or 7d", DURATION.pattern(), Scalars::duration);
    };
  }

  /// How YAML spells a constant: `FIRST_FIT` is `firstFit`.
  static String spelling(Enum<?> constant) {
    var words = constant.name().split("_", -1);
    var text = new StringBuilder(words[0].toLowerCase(Locale.ROOT));
    for (var word : Arrays.copyOfRange(words, 1, words.length)) {
      text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }

  private static Type.Scalar choice(Class<?> type) {
    Map<String, Object> spellings = new LinkedHashMap<>();
    for (var constant : type.getEnumConstants()) {
      spellings.put(spelling((Enum<?>) constant), constant);
    }
    var all = String.join(", ", spellings.keySet());
    return new Type.Scalar(
        "one of its values",
        "write one of " + all,
        Map.of("type", "string", "enum", List.copyOf(spellings.keySet())),
        scalar ->
            isText(scalar) ? Optional.ofNullable(spellings.get(scalar.text())) : Optional.empty());
  }

  private static Type.Scalar pattern(
      String words, String hint, String regex, Function<String, Optional<? extends Object>> read) {
    var pattern = Pattern.compile(regex);
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "string");
    schema.put("maxLength", LONGEST);
    schema.put("pattern", "^(?:" + regex + "|[\\s\\S]*\\$\\{var\\.[\\s\\S]*)(?![\\s\\S])");
    return new Type.Scalar(
        words,
        hint,
        schema,
        scalar ->
            isShort(scalar) && pattern.matcher(scalar.text()).matches()
                ? read.apply(scalar.text()).map(Function.identity())
                : Optional.empty());
  }

  private static Type.Scalar prose(TextRule rule) {
    return new Type.Scalar(
        rule.words(),
        rule.hint(),
        Map.of("type", "string"),
        scalar -> isText(scalar) ? Optional.of(scalar.text()) : Optional.empty());
  }

  private static boolean isShort(Value.Text scalar) {
    return isText(scalar) && scalar.text().length() <= LONGEST;
  }

  private static boolean isText(Value.Text scalar) {
    return scalar.core() == Value.Core.STRING;
  }

  private static Type.Scalar whole(Key key, Function<Long, Object> convert) {
    long max = Math.min(key.max(), Integer.MAX_VALUE);
    var range = max == Integer.MAX_VALUE ? "from " + key.min() : key.min() + ".." + max;
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "integer");
    schema.put("minimum", key.min());
    schema.put("maximum", max);
    return new Type.Scalar(
        "a whole number " + range,
        "write digits only, without quotes",
        schema,
        scalar -> {
          if (scalar.core() != Value.Core.INTEGER || !WHOLE.matcher(scalar.text()).matches()) {
            return Optional.empty();
          }
          long number = Long.parseLong(scalar.text());
          boolean inside = number >= key.min() && number <= max;
          return inside ? Optional.of(convert.apply(number)) : Optional.empty();
        });
  }

  private static Type.Scalar bool() {
    return new Type.Scalar(
        "true or false",
        "write true or false; yes, no, on and off are plain words in YAML 1.2",
        Map.of("type", "boolean"),
        scalar ->
            scalar.core() == Value.Core.BOOLEAN
                ? Optional.of(Boolean.parseBoolean(scalar.text()))
                : Optional.empty());
  }

  private static Type.Scalar size(Key key) {
    boolean bounded = key.min() > 0 || key.max() < Long.MAX_VALUE;
    var limits =
        key.max() < Long.MAX_VALUE
            ? " of " + new ByteSize(key.min()).human() + ".." + new ByteSize(key.max()).human()
            : bounded ? " above zero" : "";
    return pattern(
        "a size" + limits,
        SIZE_HINT,
        SIZE,
        text ->
            ByteSize.parse(text)
                .filter(size -> size.bytes() >= key.min() && size.bytes() <= key.max()));
  }

  private static Type.Scalar duration(Key key) {
    return pattern(
        key.min() > 0 ? "a duration above zero" : "a duration",
        "write a number with its unit, as 30s, 15m, 4h or 7d",
        DURATION.pattern(),
        text -> duration(text).filter(length -> length.toSeconds() >= key.min()));
  }

  private static Optional<Duration> duration(String text) {
    var match = DURATION.matcher(text);
    return match.matches()
        ? Optional.of(
            Duration.ofSeconds(
                Long.parseLong(match.group(1)) * SECONDS.getOrDefault(match.group(2), 1)))
        : Optional.empty();
  }

  private static Type.Scalar threshold() {
    return pattern(
        "a size or a percentage",
        SIZE_HINT + ", or " + PERCENT_HINT,
        "(?:" + SIZE + "|" + PERCENT + ")",
        text ->
            text.endsWith("%") ? percent(text) : ByteSize.parse(text).map(Threshold.Bytes::new));
  }

  private static Optional<Threshold.Percent> percent(String text) {
    return Optional.of(
        new Threshold.Percent(Integer.parseInt(text.substring(0, text.length() - 1))));
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  private static Optional<ZoneId> zone(String text) {
    try {
      return Optional.of(ZoneId.of(text));
    } catch (DateTimeException noSuchZone) {
      return Optional.empty();
    }
  }

  private static Type.Scalar amount() {
    var words = List.of("fast", "best", "custom");
    return new Type.Scalar(
        "a compression level",
        "write fast, best, custom, or a zstd level 1..19",
        Map.of(
            "anyOf",
            List.of(
                Map.of("type", "string", "enum", words),
                Map.of("type", "integer", "minimum", 1, "maximum", 19))),
        Scalars::amount);
  }

  private static Optional<Object> amount(Value.Text scalar) {
    if (scalar.core() == Value.Core.INTEGER) {
      return WHOLE.matcher(scalar.text()).matches()
          ? Optional.of(Long.parseLong(scalar.text()))
              .filter(level -> level >= 1 && level <= 19)
              .map(level -> new Amount.Zstd(level.intValue()))
          : Optional.empty();
    }
    return switch (isText(scalar) ? scalar.text() : "") {
      case "fast" -> Optional.of(new Amount.Fast());
      case "best" -> Optional.of(new Amount.Best());
      case "custom" -> Optional.of(new Amount.Custom());
      default -> Optional.empty();
    };
  }
}
