package dev.holdfast.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// A process, told apart from every other one, also of other hosts and containers and of those that
/// get its number after it.
///
/// @param boot of its kernel
/// @param space the process numbers that it is counted in: containers on one host have their own
/// @param started in ticks after the boot
public record ProcessMark(String host, String boot, String space, long pid, long started) {
  private static final int STATE = 0;
  private static final int STARTED = 19;

  /// Ended, and nobody has asked how yet.
  private static final String ZOMBIE = "Z";

  /// Of this process.
  public static ProcessMark own() throws IOException {
    long pid = ProcessHandle.current().pid();
    return new ProcessMark(
        read("/proc/sys/kernel/hostname"),
        read("/proc/sys/kernel/random/boot_id"),
        Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString(),
        pid,
        started(pid).orElseThrow(() -> new IOException("this process is not in /proc")));
  }

  /// True when it can be seen from here that it has ended. False says nothing about a process that
  /// another kernel, or another container, counts.
  public boolean isGone() throws IOException {
    var here = own();
    return boot.equals(here.boot)
        && space.equals(here.space)
        && started(pid).filter(found -> found == started).isEmpty();
  }

  /// The name of a program may hold anything, so fields are counted from the last parenthesis.
  private static Optional<Long> started(long pid) throws IOException {
    try {
      var stat = read("/proc/" + pid + "/stat");
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return fields[STATE].equals(ZOMBIE)
          ? Optional.empty()
          : Optional.of(Long.valueOf(fields[STARTED]));
    } catch (NoSuchFileException ended) {
      return Optional.empty();
    }
  }

  private static String read(String file) throws IOException {
    return new String(Files.readAllBytes(Path.of(file)), StandardCharsets.UTF_8).strip();
  }
}
