package dev.holdfast.config;

import dev.holdfast.model.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// One spelling for equal values: keys sorted, texts quoted, origins left out.
final class Canonical {
  private static final List<String> ABOUT = List.of("description", "comments", "owners");

  private Canonical() {}

  static String text(Value value) {
    return switch (value) {
      case Value.Text(var text, var core, _) ->
          core == Value.Core.STRING ? "'" + text.replace("'", "''") + "'" : text;
      case Value.Items(var items, _) ->
          items.stream().map(Canonical::text).collect(Collectors.joining(",", "[", "]"));
      case Value.Fields fields ->
          new TreeMap<>(fields.fields())
              .entrySet().stream()
                  .map(entry -> "'" + entry.getKey() + "':" + text(entry.getValue().value()))
                  .collect(Collectors.joining(",", "{", "}"));
    };
  }

  /// SHA-256 over documents in the order given, without what people only say about them.
  static Digest digest(List<Value.Fields> documents) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      documents.forEach(
          document ->
              digest.update(
                  (text(document.without(ABOUT)) + "\n").getBytes(StandardCharsets.UTF_8)));
      return new Digest(HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
