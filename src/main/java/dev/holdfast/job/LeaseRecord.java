package dev.holdfast.job;

import dev.holdfast.io.ProcessMark;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a lease says on the storage: lines that a person can read.
///
/// @param generation grows with every holder, and never goes back
/// @param holder empty when the last one has given it back
/// @param beats how often the holder has renewed it: what changes tells others that it lives
/// @param renewal how often it is renewed, as its holder promises
record LeaseRecord(long generation, Optional<Holder> holder, long beats, Duration renewal) {
  private static final String FIRST_LINE = "HOLDFAST/1 LEASE";

  /// Who runs the set.
  ///
  /// @param run empty before it has a name
  /// @param since by its own clock, for people
  record Holder(ProcessMark process, String run, Instant since) {

    /// For messages: host, process and since when.
    String text() {
      return "%s on host %s (process %d) since %s"
          .formatted(run.isEmpty() ? "a run" : "run " + run, process.host(), process.pid(), since);
    }
  }

  LeaseRecord {
    if (holder.isPresent() && !renewal.isPositive()) {
      throw new IllegalArgumentException("a lease that is never renewed");
    }
  }

  static LeaseRecord free(long generation) {
    return new LeaseRecord(generation, Optional.empty(), 0, Duration.ZERO);
  }

  LeaseRecord beat() {
    return new LeaseRecord(generation, holder, beats + 1, renewal);
  }

  byte[] bytes() {
    var lines = new StringBuilder(FIRST_LINE + "\nGeneration: " + generation + "\n");
    holder.ifPresent(
        held ->
            lines
                .append("Host: " + held.process().host() + "\n")
                .append("Boot: " + held.process().boot() + "\n")
                .append("Space: " + held.process().space() + "\n")
                .append("Process: " + held.process().pid() + "\n")
                .append("Started: " + held.process().started() + "\n")
                .append("Run: " + held.run() + "\n")
                .append("Since: " + held.since() + "\n")
                .append("Renewal: " + renewal + "\n")
                .append("Beats: " + beats + "\n"));
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// Empty when the bytes are no lease that this release understands.
  static Optional<LeaseRecord> parse(byte[] bytes) {
    var text = new String(bytes, StandardCharsets.UTF_8);
    if (!text.startsWith(FIRST_LINE + "\n")) {
      return Optional.empty();
    }
    var fields = new HashMap<String, String>();
    for (var line : text.split("\n", -1)) {
      var sides = line.split(": ?", 2);
      if (sides.length == 2) {
        fields.put(sides[0], sides[1]);
      }
    }
    try {
      return Optional.of(parse(fields));
    } catch (IllegalArgumentException | DateTimeException malformed) {
      return Optional.empty();
    }
  }

  private static LeaseRecord parse(Map<String, String> fields) {
    long generation = Long.parseLong(field(fields, "Generation"));
    if (!fields.containsKey("Host")) {
      return free(generation);
    }
    var process =
        new ProcessMark(
            field(fields, "Host"),
            field(fields, "Boot"),
            field(fields, "Space"),
            Long.parseLong(field(fields, "Process")),
            Long.parseLong(field(fields, "Started")));
    return new LeaseRecord(
        generation,
        Optional.of(
            new Holder(process, field(fields, "Run"), Instant.parse(field(fields, "Since")))),
        Long.parseLong(field(fields, "Beats")),
        Duration.parse(field(fields, "Renewal")));
  }

  private static String field(Map<String, String> fields, String name) {
    return Optional.ofNullable(fields.get(name))
        .orElseThrow(() -> new IllegalArgumentException("there is no " + name));
  }
}
