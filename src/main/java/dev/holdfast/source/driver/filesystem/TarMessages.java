package dev.holdfast.source.driver.filesystem;

import dev.holdfast.io.DisplayText;
import dev.holdfast.model.DumpWarnings;
import dev.holdfast.model.WarningClass;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// GNU tar's messages by meaning, in the C locale. Its exit status is not enough: 1 is a changed
/// file, a vanished one, and one that was padded with zeros (tar 1.34, tried).
final class TarMessages {
  private static final int MOST_SAMPLES = 20;
  private static final Pattern SHRANK =
      Pattern.compile("tar: (.*): File shrank by \\d+ bytes; padding with zeros");

  /// Said at the end, or about things that are not wrong.
  private static final Pattern HARMLESS =
      Pattern.compile(
          "tar: Exiting with failure status due to previous errors"
              + "|tar: .*: Directory is new"
              + "|tar: .*: Directory has been renamed.*"
              + "|tar: .*: (file|directory) is on a different filesystem; not dumped"
              + "|tar: Removing leading .* from (member names|hard link targets)"
              + "|Total bytes written: .*");

  private static final Map<WarningClass, Pattern> CLASSES = classes();

  private final Map<WarningClass, Long> counts = new EnumMap<>(WarningClass.class);
  private final List<String> samples = new ArrayList<>();
  private final List<String> damaged = new ArrayList<>();
  private boolean fatal;

  /// @param unread lines beyond `lines` that nobody saw: each counts as another message
  static TarMessages of(List<String> lines, long unread) {
    var messages = new TarMessages();
    lines.forEach(messages::add);
    if (unread > 0) {
      messages.counts.merge(WarningClass.OTHER, unread, Long::sum);
    }
    return messages;
  }

  DumpWarnings warnings() {
    return new DumpWarnings(counts, samples, damaged);
  }

  /// The program said that it gave up.
  boolean fatal() {
    return fatal;
  }

  /// Some message explains a failure status.
  boolean explainsFailure() {
    return counts.keySet().stream()
        .anyMatch(kind -> kind == WarningClass.UNREADABLE || kind == WarningClass.VANISHED);
  }

  private void add(String line) {
    if (line.isEmpty() || HARMLESS.matcher(line).matches()) {
      return;
    }
    if (line.contains("Error is not recoverable")) {
      fatal = true;
    }
    var shrank = SHRANK.matcher(line);
    if (shrank.matches()) {
      damaged.add(DisplayText.of(shrank.group(1)));
    }
    counts.merge(kind(line), 1L, Long::sum);
    if (samples.size() < MOST_SAMPLES) {
      samples.add(DisplayText.of(line));
    }
  }

  private static WarningClass kind(String line) {
    return CLASSES.entrySet().stream()
        .filter(entry -> entry.getValue().matcher(line).matches())
        .findFirst()
        .map(Map.Entry::getKey)
        .orElse(WarningClass.OTHER);
  }

  private static Map<WarningClass, Pattern> classes() {
    var patterns = new EnumMap<WarningClass, Pattern>(WarningClass.class);
    patterns.put(
        WarningClass.VANISHED,
        Pattern.compile(
            "tar: .*: File removed before we read it"
                + "|tar: (.*: )?(Warning: )?Cannot (stat|open|readlink|savedir): No such file or directory"
                + "|tar: .*: (Warning: )?Cannot (stat|open|readlink|savedir): No such file or directory"));
    patterns.put(WarningClass.CHANGED, Pattern.compile("tar: .*: file changed as we read it"));
    patterns.put(WarningClass.SHRANK, SHRANK);
    patterns.put(
        WarningClass.UNREADABLE,
        Pattern.compile(
            "tar: .*: (Warning: )?(Cannot (open|stat|readlink|savedir|read|opendir)|Read error at byte .*): .*"));
    patterns.put(
        WarningClass.SKIPPED,
        Pattern.compile("tar: .*: (socket ignored|door ignored|Unknown file type; file ignored)"));
    return patterns;
  }

  /// What went wrong, for a person, when the program failed.
  Optional<String> firstSample() {
    return samples.stream().findFirst();
  }
}
