package dev.holdfast.media;

import dev.holdfast.model.Label;
import dev.holdfast.model.SetName;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// How new volumes of a set are named: `${set}` is the set, `${n:3}` the volume's number with at
/// least three digits. A name that was ever given is not given again.
public record LabelTemplate(String text) {
  private static final Pattern NUMBER = Pattern.compile("\\$\\{n(?::([1-9]))?\\}");

  public LabelTemplate {
    if (!NUMBER.matcher(text).find()) {
      throw new IllegalArgumentException("a label template has a number, '" + text + "' has none");
    }
  }

  /// The first name, counting from 1, that is not taken.
  public Label next(SetName set, Predicate<Label> taken) {
    for (int number = 1; ; number++) {
      var label = label(set, number);
      if (!taken.test(label)) {
        return label;
      }
    }
  }

  private Label label(SetName set, int number) {
    var named = text.replace("${set}", set.value());
    return new Label(
        NUMBER
            .matcher(named)
            .replaceAll(found -> number(found.group(1) == null ? "1" : found.group(1), number)));
  }

  private static String number(String digits, int number) {
    return String.format(Locale.ROOT, "%0" + digits + "d", number);
  }
}
