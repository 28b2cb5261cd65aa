package dev.holdfast.model.declared;

import dev.holdfast.model.Compression;
import java.util.List;

/// How much a dump is compressed, as declared; `Source.compression` is what follows from it.
public record Compress(
    @Key(value = "who compresses; none stores the plain stream", initially = "client") Where where,
    @Key(value = "fast, best, custom (with a command), or a zstd level 1..19", initially = "fast")
        Amount level,
    @Key(value = "for level custom: a program of your own", text = TextRule.SENTENCE) @Later
        List<String> command) {

  public Compress {
    command = List.copyOf(command);
  }

  public enum Where {
    NONE,
    CLIENT,
    SERVER
  }

  /// `fast`, `best`, `custom`, or a number.
  public sealed interface Amount {
    record Fast() implements Amount {}

    record Best() implements Amount {}

    record Custom() implements Amount {}

    record Zstd(int level) implements Amount {}
  }

  /// Client and server are the same machine for a local source: zstd runs inside Holdfast.
  public Compression compression() {
    if (where == Where.NONE) {
      return Compression.NONE;
    }
    return switch (level) {
      case Amount.Fast() -> Compression.FAST;
      case Amount.Best() -> Compression.BEST;
      case Amount.Zstd(var number) -> new Compression.Zstd(number);
      case Amount.Custom() -> Compression.FAST;
    };
  }
}
