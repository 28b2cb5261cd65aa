package dev.holdfast.plan.retention;

import java.util.List;

/// Whether an image stays.
public sealed interface RetentionVerdict {

  /// It stays, for each of these reasons; at least one.
  record Keep(List<KeepReason> reasons) implements RetentionVerdict {
    public Keep {
      reasons = List.copyOf(reasons);
      if (reasons.isEmpty()) {
        throw new IllegalArgumentException("an image is kept for a reason");
      }
    }
  }

  /// Nothing keeps it.
  ///
  /// @param reason for people, as `older than 90 days and in no place of media.keep`
  record Expire(String reason) implements RetentionVerdict {}

  default boolean expires() {
    return this instanceof Expire;
  }
}
