package dev.holdfast.image;

import dev.holdfast.model.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  static Member member(List<String> cells, Optional<Member.Dumpdir> dumpdir) {
    var type = Member.Type.of(cells.get(1).charAt(0));
    int dot = cells.get(6).indexOf('.');
    boolean linked = type == Member.Type.HARD_LINK || type == Member.Type.SYMBOLIC_LINK;
    return new Member(
        new MemberPath(decode(cells.get(9))),
        type,
        Integer.parseInt(cells.get(2), 8),
        Long.parseLong(cells.get(3)),
        Long.parseLong(cells.get(4)),
        Long.parseLong(cells.get(5)),
        Long.parseLong(cells.get(6).substring(0, dot)),
        Integer.parseInt(cells.get(6).substring(dot + 1)),
        linked ? Optional.of(new MemberPath(decode(cells.get(10)))) : Optional.empty(),
        Long.parseLong(cells.get(7)),
        Long.parseLong(cells.get(8)),
        dumpdir);
  }

  static Member.Dumpdir dumpdir(List<String> cells) {
    var entries = new ArrayList<Member.Dumpdir.Entry>();
    for (var cell : cells.subList(1, cells.size())) {
      entries.add(
          new Member.Dumpdir.Entry(cell.charAt(0), new MemberPath(decode(cell.substring(1)))));
    }
    return new Member.Dumpdir(entries);
  }

  static Frame frame(List<String> cells) {
    return new Frame(
        Integer.parseInt(cells.get(1)),
        Long.parseLong(cells.get(2)),
        Long.parseLong(cells.get(3)),
        Long.parseLong(cells.get(4)),
        Long.parseLong(cells.get(5)),
        new Digest(cells.get(6)));
  }

  static List<String> cells(String line) {
    return Arrays.asList(line.split("\t", -1));
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
