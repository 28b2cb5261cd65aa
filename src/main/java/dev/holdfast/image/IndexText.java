package dev.holdfast.image;

import dev.holdfast.model.Digest;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;

/// The lines of an INDEX (src/docs/format.md): `M` a member, `D` the dumpdir of the member before,
/// `F` a frame, `E` the end with both counts. Tab-separated; names are bytes with control
/// characters, blanks at the ends and `%` percent-encoded.
final class IndexText {
  static final String FIRST_LINE = "HOLDFAST-INDEX 1";

  private IndexText() {}

  static String member(Member member) {
    return String.join(
        "\t",
        "M",
        String.valueOf(member.type().code()),
        Integer.toOctalString(member.mode()),
        Long.toString(member.uid()),
        Long.toString(member.gid()),
        Long.toString(member.size()),
        member.mtimeSeconds() + "." + nineDigits(member.mtimeNanos()),
        Long.toString(member.offset()),
        Long.toString(member.length()),
        encode(member.path().latin1()),
        member.link().map(link -> encode(link.latin1())).orElse(""));
  }

  /// A format string for each of a million members would cost seconds.
  private static String nineDigits(int nanos) {
    return Integer.toString(1_000_000_000 + nanos).substring(1);
  }

  static String dumpdir(Member.Dumpdir dumpdir) {
    var line = new StringBuilder("D");
    for (var entry : dumpdir.entries()) {
      line.append('\t').append(entry.code()).append(encode(entry.name().latin1()));
    }
    return line.toString();
  }

  static String frame(Frame frame) {
    return String.join(
        "\t",
        "F",
        Integer.toString(frame.part()),
        Long.toString(frame.partOffset()),
        Long.toString(frame.storedLength()),
        Long.toString(frame.rawOffset()),
        Long.toString(frame.rawLength()),
        frame.digest().hex());
  }

  static Member member(IndexLine line, MemberPath path, Optional<Member.Dumpdir> dumpdir) {
    var type = Member.Type.of(line.text(1).charAt(0));
    var time = line.text(6);
    int dot = time.indexOf('.');
    boolean linked = type == Member.Type.HARD_LINK || type == Member.Type.SYMBOLIC_LINK;
    return new Member(
        path,
        type,
        line.integer(2, 8),
        line.number(3),
        line.number(4),
        line.number(5),
        Long.parseLong(time, 0, dot, 10),
        Integer.parseInt(time, dot + 1, time.length(), 10),
        linked ? Optional.of(new MemberPath(decode(line.text(10)))) : Optional.empty(),
        line.number(7),
        line.number(8),
        dumpdir);
  }

  static MemberPath path(IndexLine line) {
    return new MemberPath(decode(line.text(9)));
  }

  /// True when the dumpdir on this line tells of a directory's new name.
  static boolean isRenaming(String dumpdir) {
    return dumpdir.contains("\tR") || dumpdir.contains("\tT");
  }

  static Member.Dumpdir dumpdir(IndexLine line) {
    var entries = new ArrayList<Member.Dumpdir.Entry>();
    for (int i = 1; i < line.count(); i++) {
      var cell = line.text(i);
      entries.add(
          new Member.Dumpdir.Entry(cell.charAt(0), new MemberPath(decode(cell.substring(1)))));
    }
    return new Member.Dumpdir(entries);
  }

  static Frame frame(IndexLine line) {
    return new Frame(
        line.integer(1, 10),
        line.number(2),
        line.number(3),
        line.number(4),
        line.number(5),
        new Digest(line.text(6)));
  }

  static String encode(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (mustEncode(name.charAt(i))) {
        return encodeFrom(name, i);
      }
    }
    return name;
  }

  private static String encodeFrom(String name, int first) {
    var out = new StringBuilder(name.substring(0, first));
    for (int i = first; i < name.length(); i++) {
      char c = name.charAt(i);
      if (mustEncode(c)) {
        out.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    var out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        out.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static boolean mustEncode(char c) {
    return c < 0x20 || c == 0x7f || c == '%' || c == 0x85;
  }
}
