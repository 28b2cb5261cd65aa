package dev.holdfast.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;

/// New headers for a member that is restored under another name: everything that was recorded of
/// it stays, only the name and the target of a hard link change.
final class TarHeads {
  private static final int NAME_LENGTH = 100;

  private TarHeads() {}

  static byte[] renamed(
      TarBlock block, PaxRecords records, MemberPath path, Optional<MemberPath> link) {
    var changes = new LinkedHashMap<String, String>();
    changes.put(
        records.find("GNU.sparse.name").isPresent() ? "GNU.sparse.name" : "path", path.latin1());
    link.ifPresent(target -> changes.put("linkpath", target.latin1()));
    var payload = records.without("GNU.dumpdir").with(changes).bytes();
    var out = new byte[TarBlock.SIZE + padded(payload.length) + TarBlock.SIZE];
    System.arraycopy(extension(payload.length), 0, out, 0, TarBlock.SIZE);
    System.arraycopy(payload, 0, out, TarBlock.SIZE, payload.length);
    System.arraycopy(block.bytes(), 0, out, out.length - TarBlock.SIZE, TarBlock.SIZE);
    return out;
  }

  private static byte[] extension(int size) {
    var block = new byte[TarBlock.SIZE];
    put(block, 0, "PaxHeaders/holdfast", NAME_LENGTH);
    put(block, 100, "0000644\0", 8);
    put(block, 108, "0000000\0", 8);
    put(block, 116, "0000000\0", 8);
    put(block, 124, String.format(Locale.ROOT, "%011o\0", size), 12);
    put(block, 136, "00000000000\0", 12);
    put(block, 148, "        ", 8);
    block[156] = 'x';
    put(block, 257, "ustar\0" + "00", 8);
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    put(block, 148, String.format(Locale.ROOT, "%06o\0 ", sum), 8);
    return block;
  }

  private static void put(byte[] block, int at, String text, int length) {
    var bytes = Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), length);
    System.arraycopy(bytes, 0, block, at, length);
  }

  private static int padded(int size) {
    return (size + TarBlock.SIZE - 1) / TarBlock.SIZE * TarBlock.SIZE;
  }
}
