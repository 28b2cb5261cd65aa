package dev.holdfast.model;

/// One thing a person must know: where, what happened and what it means for the data, what to do.
///
/// @param place file:line:column, host, volume or source; empty when the fact says it
/// @param fact lower case, no full stop, with values and limits
/// @param hint the next action; empty only when there is none
public record Problem(String place, String fact, String hint) {

  /// The form every output uses: `place: fact` and a `HINT:` line.
  public String text() {
    var first = place.isEmpty() ? fact : place + ": " + fact;
    return hint.isEmpty() ? first : first + "\nHINT: " + hint;
  }

  /// The same for a note, which is one line.
  public String line() {
    return text().replace("\nHINT: ", "; ");
  }
}
