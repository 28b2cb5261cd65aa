package dev.holdfast.job;

import dev.holdfast.image.MemberPath;
import dev.holdfast.image.PointInTimeView;
import dev.holdfast.report.Printable;
import java.util.stream.Stream;

/// What a path means that a person typed. Names are bytes and a command line is text, so a path is
/// first read as lists show it, `\xe9` for a byte; where nothing has that path, as it stands.
final class TypedPath {

  private TypedPath() {}

  /// The path that is meant; it need not exist.
  static MemberPath in(PointInTimeView view, String text) {
    var asItStands = MemberPath.ofText(text);
    if (!text.contains("\\")) {
      return asItStands;
    }
    return Printable.parse(text)
        .map(MemberPath::ofTyped)
        .filter(path -> !view.entries(path).isEmpty())
        .orElse(asItStands);
  }

  /// Every path that may be meant, as long as nobody has looked.
  static Stream<MemberPath> readings(String text) {
    var asItStands = Stream.of(MemberPath.ofText(text));
    return text.contains("\\")
        ? Stream.concat(Printable.parse(text).map(MemberPath::ofTyped).stream(), asItStands)
        : asItStands;
  }
}
