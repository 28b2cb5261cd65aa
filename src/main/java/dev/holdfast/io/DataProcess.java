package dev.holdfast.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program whose standard output or input is data. The pump is our own: an error of the other end
/// reaches the caller as such and ends the program with everything it started, so that a full disk
/// is never booked as a trouble of the source. Arguments go to the program as they are; there is no
/// shell. Used by one thread; an interrupt of that thread ends the program.
public final class DataProcess {
  private static final int BUFFER = 256 * 1024;
  private static final int MOST_LINES = 10_000;
  private static final int LONGEST_LINE = 4096;
  private static final long WATCH_MILLIS = 100;
  private static final long GRACE_SECONDS = 10;
  private static final Map<String, String> ENVIRONMENT = Map.of("LC_ALL", "C");

  /// What would change the program's mind behind our back: GNU tar takes options from TAR_OPTIONS,
  /// and an `--exclude=*` there makes an empty backup that looks like a good one.
  private static final List<String> NOT_PASSED_ON =
      List.of("TAR_OPTIONS", "TAPE", "POSIXLY_CORRECT");

  private final List<String> command;
  private final Duration idle;

  /// @param command program and arguments
  /// @param idle longest time without a byte, then the program is ended
  public DataProcess(List<String> command, Duration idle) {
    this.command = List.copyOf(command);
    this.idle = idle;
  }

  /// How the program ended and what it said.
  ///
  /// @param exit its status; 128 + n when signal n ended it
  /// @param lines of its standard error, the first ones, cut when very long
  /// @param unread lines of its standard error beyond those
  /// @param stalled it was ended because no byte came for too long
  public record Ended(int exit, List<String> lines, long unread, long bytes, boolean stalled) {
    public Ended {
      lines = List.copyOf(lines);
    }
  }

  /// Runs the program and gives everything it prints to the sink.
  ///
  /// @throws SinkException when the sink failed; the program is gone then
  /// @throws InterruptedException when the calling thread was interrupted; the program is gone
  public Ended run(OutputStream sink) throws IOException, InterruptedException {
    var process = start();
    process.getOutputStream().close();
    try (var watch = new Watch(process)) {
      long bytes = pump(process.getInputStream(), sink, watch);
      return end(process, watch, bytes);
    }
  }

  /// Runs the program and gives everything from the source to its standard input.
  ///
  /// @throws IOException of the source; the program is gone then
  public Ended feed(InputStream source) throws IOException, InterruptedException {
    var process = start();
    try (var watch = new Watch(process)) {
      Thread.startVirtualThread(() -> discard(process.getInputStream()));
      long bytes = push(source, process.getOutputStream(), watch);
      return end(process, watch, bytes);
    }
  }

  /// Runs a short program and gives what it printed.
  public static byte[] output(String... command) throws IOException, InterruptedException {
    var out = new ByteArrayOutputStream();
    var ended = new DataProcess(List.of(command), Duration.ofMinutes(5)).run(out);
    if (ended.exit() != 0) {
      throw new IOException(
          command[0] + " ended with " + ended.exit() + ": " + String.join("; ", ended.lines()));
    }
    return out.toByteArray();
  }

  private Process start() throws IOException {
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeAll(NOT_PASSED_ON);
    builder.environment().putAll(ENVIRONMENT);
    return builder.start();
  }

  private static long pump(InputStream from, OutputStream sink, Watch watch)
      throws InterruptedException, SinkException {
    var buffer = new byte[BUFFER];
    long bytes = 0;
    while (true) {
      int got = read(from, buffer, watch);
      if (got < 0) {
        return bytes;
      }
      watch.sinking();
      try {
        sink.write(buffer, 0, got);
      } catch (IOException failed) {
        throw new SinkException(failed);
      }
      bytes += got;
      watch.alive();
    }
  }

  /// A pipe that broke because the program is gone reads as its end; why is in its exit status.
  private static int read(InputStream from, byte[] buffer, Watch watch)
      throws InterruptedException {
    try {
      return from.read(buffer);
    } catch (IOException broken) {
      watch.checkInterrupt();
      return -1;
    }
  }

  private static long push(InputStream source, OutputStream stdin, Watch watch)
      throws IOException, InterruptedException {
    var buffer = new byte[BUFFER];
    long bytes = 0;
    for (int got = source.read(buffer); got >= 0; got = source.read(buffer)) {
      watch.checkInterrupt();
      try {
        stdin.write(buffer, 0, got);
      } catch (IOException programGone) {
        return bytes;
      }
      bytes += got;
      watch.alive();
    }
    try {
      stdin.close();
    } catch (IOException programGone) {
      return bytes;
    }
    return bytes;
  }

  private static Ended end(Process process, Watch watch, long bytes) throws InterruptedException {
    watch.checkInterrupt();
    int exit = process.waitFor();
    watch.checkInterrupt();
    watch.awaitLines();
    return new Ended(exit, watch.lines(), watch.unread(), bytes, watch.stalled());
  }

  private static void discard(InputStream output) {
    try (output) {
      output.transferTo(OutputStream.nullOutputStream());
    } catch (IOException gone) {
      Thread.currentThread().interrupt();
    }
  }

  /// Reads the program's errors, and ends it when it stalls, when the caller is interrupted, or
  /// when the caller leaves while it still runs.
  private final class Watch implements AutoCloseable {
    private final Process process;
    private final Thread caller = Thread.currentThread();
    private final Thread reader;
    private final List<String> lines = new ArrayList<>();
    private volatile long lastByte = System.nanoTime();
    private volatile boolean sinking;
    private volatile boolean stalled;
    private volatile boolean interrupted;
    private long unread;

    Watch(Process process) {
      this.process = process;
      this.reader = Thread.ofVirtual().start(this::readLines);
      Thread.ofVirtual().start(this::watch);
    }

    void alive() throws InterruptedException {
      lastByte = System.nanoTime();
      sinking = false;
      checkInterrupt();
    }

    /// A byte came and is on its way: a sink that waits for room is no stall of the program.
    void sinking() {
      sinking = true;
    }

    void checkInterrupt() throws InterruptedException {
      if (interrupted || Thread.interrupted()) {
        kill();
        throw new InterruptedException("stopped while " + command.getFirst() + " ran");
      }
    }

    boolean stalled() {
      return stalled;
    }

    /// A child of the program may keep the pipe open for ever: wait a little, then go on.
    void awaitLines() throws InterruptedException {
      if (!reader.join(Duration.ofSeconds(GRACE_SECONDS))) {
        kill();
      }
    }

    synchronized List<String> lines() {
      return List.copyOf(lines);
    }

    synchronized long unread() {
      return unread;
    }

    @Override
    public void close() {
      kill();
    }

    private void watch() {
      try {
        while (!process.waitFor(WATCH_MILLIS, TimeUnit.MILLISECONDS)) {
          if (caller.isInterrupted()) {
            interrupted = true;
            kill();
          } else if (!sinking && System.nanoTime() - lastByte > idle.toNanos()) {
            stalled = true;
            kill();
          }
        }
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
    }

    /// The program before its children: a shell that lost a child would go on and start the next,
    /// which nobody would find afterwards. One that has ended has none that could be found, and to
    /// look for them reads all of /proc.
    private void kill() {
      if (!process.isAlive()) {
        return;
      }
      var children = process.descendants().toList();
      process.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
    }

    private void readLines() {
      var line = new StringBuilder();
      try (var errors = process.getErrorStream()) {
        var buffer = new byte[BUFFER / 16];
        for (int got = errors.read(buffer); got >= 0; got = errors.read(buffer)) {
          for (int i = 0; i < got; i++) {
            take((char) (buffer[i] & 0xff), line);
          }
        }
      } catch (IOException broken) {
        line.append(" (its standard error broke: ").append(broken.getMessage()).append(')');
      }
      if (!line.isEmpty()) {
        keep(line);
      }
    }

    private void take(char c, StringBuilder line) {
      if (c == '\n') {
        keep(line);
        line.setLength(0);
      } else if (line.length() < LONGEST_LINE) {
        line.append(c);
      }
    }

    private synchronized void keep(StringBuilder line) {
      if (lines.size() < MOST_LINES) {
        var bytes = line.toString().getBytes(StandardCharsets.ISO_8859_1);
        lines.add(new String(bytes, StandardCharsets.UTF_8));
      } else {
        unread++;
      }
    }
  }
}
