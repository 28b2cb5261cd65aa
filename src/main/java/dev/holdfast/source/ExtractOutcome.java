package dev.holdfast.source;

import java.util.List;

/// How an extraction ended.
///
/// @param complete everything in the stream was restored
/// @param messages what the program said, escaped for display
public record ExtractOutcome(boolean complete, List<String> messages) {
  public ExtractOutcome {
    messages = List.copyOf(messages);
  }
}
