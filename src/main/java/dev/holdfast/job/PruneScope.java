package dev.holdfast.job;

import dev.holdfast.media.MediaStorage;
import dev.holdfast.model.Digest;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.SetName;
import dev.holdfast.plan.retention.AgingImage;
import dev.holdfast.plan.retention.Retention;
import dev.holdfast.plan.retention.RetentionRules;
import dev.holdfast.plan.retention.RetentionVerdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a prune of one set in one storage works with.
///
/// @param lease of that storage, asked before each image that goes; empty for a dry run
/// @param books what the catalog knows of that storage
/// @param agreed digest of all that one command removes from several storages; empty = of what
///     expires in this one
record PruneScope(
    PruneTerms terms,
    MediaStorage storage,
    Optional<Lease> lease,
    Rules rules,
    PruneBooks books,
    Optional<Digest> agreed) {

  /// The same as a part of something larger, which a person agrees to as a whole.
  PruneScope of(Digest whole) {
    return new PruneScope(terms, storage, lease, rules, books, Optional.of(whole));
  }

  /// What is pruned there, and how a person asks for it.
  ///
  /// @param judge who decides which images stay
  record Rules(Judge judge, Commands commands) {

    /// By the rules of retention.
    static Rules of(RetentionRules rules, Commands commands) {
      return new Rules((images, now) -> Retention.decide(images, rules, now), commands);
    }
  }

  /// What a person types to look at the same, and to do it.
  record Commands(String look, String act) {
    static Commands prune(SetName set) {
      return new Commands("prune " + set + " --dry-run", "prune " + set);
    }

    static Commands copies(SetName set, String storage) {
      var act = "prune " + set + " --storage " + storage;
      return new Commands(act + " --dry-run", act);
    }
  }

  /// A verdict for each image, the newest first.
  interface Judge {
    Map<ImageId, RetentionVerdict> judge(List<AgingImage> images, Instant now);
  }
}
