package dev.holdfast.plan;

import dev.holdfast.model.SourceName;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// One thing the planner decided beyond the cycle's own rule, for people to question.
///
/// @param numbers what it was decided by, name -> bytes or days
public record Decision(SourceName source, Kind kind, String reason, Map<String, Long> numbers) {

  public Decision {
    numbers = Collections.unmodifiableMap(new TreeMap<>(numbers));
  }

  public enum Kind {
    /// A source without any image.
    NEW,
    /// A full that is due became an incremental, until there is room.
    DELAY,
    /// A full that can never fit became an incremental.
    DEGRADE,
    /// There is no room for any dump of the source tonight.
    DROP,
    /// What was delayed or dropped fits after all.
    REINSTATE,
    /// A full before it is due, to spread the work, or because the incremental is as large.
    PROMOTE,
    /// The last full gets old.
    EXPIRES
  }
}
