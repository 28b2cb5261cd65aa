package dev.holdfast.media.driver.disk;

import dev.holdfast.image.Digests;
import dev.holdfast.image.Header;
import dev.holdfast.image.MalformedStreamException;
import dev.holdfast.image.StoredHeader;
import dev.holdfast.io.DurableFiles;
import dev.holdfast.io.Mounts;
import dev.holdfast.io.SteadySync;
import dev.holdfast.model.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/// Brings a staged file into a volume under a name that is not its final one, synced: as a second
/// name of the same bytes where both are on one file system, else as a checked copy.
final class FileTransfer {
  private static final int BUFFER = 1 << 20;

  private FileTransfer() {}

  /// False when the file system cannot do it; then nothing was made.
  static boolean link(Path staged, Path target) throws IOException {
    var folder = target.toAbsolutePath().getParent();
    if (folder == null || Mounts.device(staged) != Mounts.device(folder)) {
      return false;
    }
    // before the link: a name must never stand on media for bytes that are not durable
    DurableFiles.sync(staged);
    try {
      Files.createLink(target, staged);
      return true;
    } catch (FileAlreadyExistsException leftover) {
      throw leftover;
    } catch (IOException | UnsupportedOperationException cannotLink) {
      return false;
    }
  }

  /// @throws MalformedStreamException when what was read is not what the header says
  static void copy(Path staged, Path target, StoredHeader header) throws IOException {
    try (var in = FileChannel.open(staged, StandardOpenOption.READ);
        var out =
            FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      var digest = Digests.sha256();
      var sync = new SteadySync(out);
      var buffer = ByteBuffer.allocate(BUFFER);
      long copied = 0;
      while (read(in, buffer.clear()) >= 0) {
        buffer.flip();
        int inHeader = (int) Math.min(buffer.limit(), Math.max(0, Header.SIZE - copied));
        digest.update(buffer.array(), inHeader, buffer.limit() - inHeader);
        copied += buffer.limit();
        while (buffer.hasRemaining()) {
          sync.written(out.write(buffer));
        }
      }
      var found = Digests.finish(digest);
      if (copied != header.fileSize() || !found.equals(header.digest())) {
        throw new MalformedStreamException(
            "has SHA-256 %s, was written with %s".formatted(found, header.digest()));
      }
      sync.complete();
    }
  }

  /// The file system, or the user's quota on it, is at its end.
  static boolean isFull(IOException failed) {
    var text = String.valueOf(failed.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("no space left") || text.contains("quota exceeded");
  }

  /// A staged file that cannot be read is damage of the file, not a fault of the volume.
  private static int read(FileChannel in, ByteBuffer buffer) throws IOException {
    try {
      return in.read(buffer);
    } catch (IOException unreadable) {
      throw new MalformedStreamException("cannot be read: " + Reason.of(unreadable));
    }
  }
}
