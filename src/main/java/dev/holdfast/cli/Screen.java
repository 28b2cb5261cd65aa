package dev.holdfast.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where a command's words go: the result to standard output, everything else to standard error,
/// both in UTF-8. A reader that went away or a full disk never ends the command: what cannot be
/// written is dropped, and `lost` says so at the end. Thread-safe.
final class Screen {
  private final OutputStream out;
  private final OutputStream err;
  private final boolean outIsTerminal;
  private final boolean errIsTerminal;
  private Optional<IOException> lost = Optional.empty();
  private boolean errLost;

  Screen(OutputStream out, OutputStream err, boolean outIsTerminal, boolean errIsTerminal) {
    this.out = out;
    this.err = err;
    this.outIsTerminal = outIsTerminal;
    this.errIsTerminal = errIsTerminal;
  }

  static Screen ofProcess() {
    return new Screen(
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        isTerminal(1),
        isTerminal(2));
  }

  synchronized void out(String text) {
    if (lost.isPresent()) {
      return;
    }
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException failed) {
      lost = Optional.of(failed);
    }
  }

  synchronized void err(String text) {
    if (errLost) {
      return;
    }
    try {
      err.write(text.getBytes(StandardCharsets.UTF_8));
      err.flush();
    } catch (IOException nobodyReads) {
      errLost = true;
    }
  }

  /// Standard output for bytes; its write errors reach the writer.
  OutputStream bytes() {
    return out;
  }

  boolean outIsTerminal() {
    return outIsTerminal;
  }

  boolean errIsTerminal() {
    return errIsTerminal;
  }

  /// Why the result did not reach its reader; a reader that closed the pipe had enough and counts
  /// as reached.
  synchronized Optional<String> lost() {
    return lost.map(failed -> String.valueOf(failed.getMessage()))
        .filter(message -> !message.contains("Broken pipe"));
  }

  /// Java's own console tells only of input and output together, and loads much to do so.
  private static boolean isTerminal(int descriptor) {
    try {
      var target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException unknown) {
      return false;
    }
  }
}
