package dev.holdfast.config;

import dev.holdfast.model.declared.Place;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Turns declared paths into real ones: `${repo}`, `${state}` and `${set}` put in, all absolute.
///
/// @param placeholders what each stands for, without braces
record Folders(Map<String, String> placeholders, Findings findings) {

  Folders {
    placeholders = Map.copyOf(placeholders);
  }

  static Folders of(Path repository, Findings findings) {
    return new Folders(Map.of("repo", repository.toString()), findings);
  }

  /// The same with one more placeholder.
  Folders with(String name, String value) {
    var more = new HashMap<>(placeholders);
    more.put(name, value);
    return new Folders(more, findings);
  }

  /// Empty when the path is not usable; the finding says why.
  Optional<Path> resolve(String declared, Place place, String path) {
    var text = substituted(declared);
    var shown = YamlReader.printable(declared);
    if (text.contains("${")) {
      findings.error(
          place,
          path,
          path + " '" + shown + "' holds a placeholder that is not known here",
          "known are "
              + String.join(
                  ", ",
                  placeholders.keySet().stream().sorted().map(name -> "${" + name + "}").toList()));
      return Optional.empty();
    }
    if (!text.startsWith("/")) {
      findings.error(
          place, path, path + " '" + shown + "' is not absolute here", "start it with '/'");
      return Optional.empty();
    }
    if (hasDots(text)) {
      findings.error(
          place,
          path,
          path + " '" + shown + "' holds '.' or '..'",
          "write the path as it really is");
      return Optional.empty();
    }
    return path(text, place, path);
  }

  private Optional<Path> path(String text, Place place, String path) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException unsayable) {
      findings.error(
          place,
          path,
          path + " cannot be said in this system's encoding",
          "run with LC_ALL=C.UTF-8, or choose another path");
      return Optional.empty();
    }
  }

  /// The text with every known placeholder put in.
  String substituted(String declared) {
    var text = declared;
    for (var placeholder : placeholders.entrySet()) {
      text = text.replace("${" + placeholder.getKey() + "}", placeholder.getValue());
    }
    return text;
  }

  private static boolean hasDots(String text) {
    return Arrays.stream(text.split("/", -1))
        .anyMatch(name -> name.equals(".") || name.equals(".."));
  }

  /// True when `inner` is `outer` or lies below it.
  static boolean isInside(Path inner, Path outer) {
    return inner.startsWith(outer);
  }
}
