package dev.holdfast.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// Makes a tree to measure with, the same one for the same number of files: `DIR FILES`. 57,000
/// files come to about 670 MB. Nine in ten are below 10 KB, one in a hundred reaches 1 MB; two
/// thirds hold text that compresses, the rest bytes that do not. Run from its source by
/// `scripts/bench --make-tree`.
public final class SyntheticTree {
  private static final String[] WORDS =
      ("backup set source level image part volume label slot drive storage staging flush copy prune"
              + " recycle catalog chain import public final class return throw static void")
          .split(" ");

  private final Random random = new Random(20_261_124);
  private final Path folder;

  private SyntheticTree(Path folder) {
    this.folder = folder;
  }

  /// Makes the tree; the folder must not be there yet.
  public static void main(String... arguments) throws IOException {
    var tree = new SyntheticTree(Path.of(arguments[0]));
    Files.createDirectory(tree.folder);
    int files = Integer.parseInt(arguments[1]);
    for (int n = 0; n < files; n++) {
      tree.file(n);
    }
  }

  private void file(int n) throws IOException {
    var parent = folder.resolve("d" + n / 2000).resolve("e" + n / 50);
    Files.createDirectories(parent);
    var content = n % 3 == 0 ? noise(size()) : text(size());
    Files.write(parent.resolve("file" + n + (n % 3 == 0 ? ".bin" : ".txt")), content);
  }

  private int size() {
    int of100 = random.nextInt(100);
    return random.nextInt(of100 == 0 ? 1_000_000 : of100 < 10 ? 50_000 : 10_000);
  }

  private byte[] noise(int size) {
    var bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] text(int size) {
    var text = new StringBuilder(size + 80);
    while (text.length() < size) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(' ').append(random.nextInt(1000));
      text.append(random.nextInt(8) == 0 ? '\n' : ' ');
    }
    return text.substring(0, size).getBytes(StandardCharsets.US_ASCII);
  }
}
