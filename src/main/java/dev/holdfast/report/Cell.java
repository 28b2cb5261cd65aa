package dev.holdfast.report;

import dev.holdfast.image.MemberPath;
import java.time.Instant;
import java.util.List;

/// One value of a row: shown in its own way in text, exact in JSON.
public sealed interface Cell {

  /// Escaped when shown.
  record Text(String text) implements Cell {}

  /// In order; each escaped when shown.
  record Texts(List<String> texts) implements Cell {
    public Texts {
      texts = List.copyOf(texts);
    }
  }

  record Flag(boolean on) implements Cell {}

  record Count(long count) implements Cell {}

  record Bytes(long bytes) implements Cell {}

  record At(Instant instant) implements Cell {}

  /// A path as the file system gave it; JSON has its exact bytes too where they are not UTF-8.
  record Path(MemberPath path) implements Cell {}

  /// Nothing to say; `-` in a table, `null` in JSON.
  record Empty() implements Cell {}
}
