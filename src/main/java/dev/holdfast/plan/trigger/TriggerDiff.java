package dev.holdfast.plan.trigger;

import dev.holdfast.model.declared.Declarations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// How what is installed differs from what is declared.
public final class TriggerDiff {
  private static final Pattern SECTION =
      Pattern.compile(
          "(?m)^# Made by 'holdfast schedule render cron'.*\\n(?:.*\\n)*?"
              + CronLines.END
              + "(\\S+)\\n");

  private final String project;

  public TriggerDiff(Declarations declared) {
    this.project = declared.project().name();
  }

  /// One trigger that is declared or installed.
  ///
  /// @param why in words; empty when all is well
  public record Difference(String name, State state, String why) {}

  /// How it stands.
  public enum State {
    SAME,
    MISSING,
    CHANGED,
    ORPHANED
  }

  /// Compares by name. Installed texts without this project's mark are not ours: they are left out,
  /// unless one has the name of a trigger.
  ///
  /// @param installed texts by name
  public List<Difference> compare(List<Trigger> declared, Map<String, String> installed) {
    var differences = new ArrayList<Difference>();
    declared.forEach(
        trigger ->
            differences.add(compared(trigger, Optional.ofNullable(installed.get(trigger.name())))));
    installed.forEach(
        (name, text) -> {
          boolean ours = Mark.in(text).filter(mark -> mark.isOf(project)).isPresent();
          if (ours && declared.stream().noneMatch(trigger -> trigger.name().equals(name))) {
            differences.add(
                new Difference(name, State.ORPHANED, "nothing that is declared starts by it"));
          }
        });
    return differences;
  }

  /// The sections of a crontab by their owner; other lines are not ours.
  public static Map<String, String> sections(String crontab) {
    var sections = new LinkedHashMap<String, String>();
    var found = SECTION.matcher(crontab);
    while (found.find()) {
      sections.put(found.group(1), found.group());
    }
    return sections;
  }

  private Difference compared(Trigger trigger, Optional<String> installed) {
    if (installed.isEmpty()) {
      return new Difference(trigger.name(), State.MISSING, "not installed");
    }
    var text = installed.get();
    return text.equals(trigger.text())
        ? new Difference(trigger.name(), State.SAME, "")
        : new Difference(trigger.name(), State.CHANGED, why(trigger, text));
  }

  private String why(Trigger trigger, String text) {
    var mark = Mark.in(text);
    if (mark.filter(found -> found.isOf(project)).isEmpty()) {
      return "made by somebody else";
    }
    return mark.equals(Mark.in(trigger.text()))
        ? "edited by hand, or made with other options"
        : "the declaration has changed since";
  }
}
