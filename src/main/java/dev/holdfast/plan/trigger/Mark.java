package dev.holdfast.plan.trigger;

import dev.holdfast.image.Digests;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.plan.calendar.Timetable;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// The comment lines by which a rendered trigger is known again: whose it is, and what was declared
/// when it was made.
///
/// @param owner project and set, or the project alone where a file serves all sets
/// @param declaration SHA-256 of what the trigger was made of, in hex
record Mark(String owner, String declaration) {
  private static final String OWNER = "# holdfast-owner: ";
  private static final String DECLARATION = "# holdfast-declaration: sha256:";
  private static final Pattern LINES =
      Pattern.compile("(?m)^" + OWNER + "(\\S+)\\n" + DECLARATION + "([0-9a-f]{64})$");

  static Mark of(Declarations declared, BackupSet set, Timetable timetable) {
    var declaration =
        set.name()
            + "\n"
            + set.when()
            + "\n"
            + timetable.schedule().name()
            + "\n"
            + timetable.zone()
            + "\n"
            + timetable.schedule().timing();
    return new Mark(declared.project().name() + "/" + set.name(), digest(declaration));
  }

  /// One mark for a file that serves several sets.
  static Mark of(Declarations declared, Iterable<Mark> marks) {
    return new Mark(declared.project().name(), digest(marks.toString()));
  }

  /// The mark in a text; empty when it has none, and is not ours.
  static Optional<Mark> in(String text) {
    var found = LINES.matcher(text);
    return found.find() ? Optional.of(new Mark(found.group(1), found.group(2))) : Optional.empty();
  }

  /// True when it belongs to that project.
  boolean isOf(String project) {
    return owner.equals(project) || owner.startsWith(project + "/");
  }

  String lines(String form) {
    return "# Made by 'holdfast schedule render %s'; changes here are lost when it is made again.\n"
            .formatted(form)
        + OWNER
        + owner
        + "\n"
        + DECLARATION
        + declaration
        + "\n";
  }

  private static String digest(String text) {
    return Digests.of(text.getBytes(StandardCharsets.UTF_8)).hex();
  }
}
