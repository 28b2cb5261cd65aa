package dev.holdfast.job;

import dev.holdfast.job.LeaseRecord.Holder;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.SetName;
import dev.holdfast.model.ToldFailure;
import java.io.IOException;
import java.util.Optional;

/// What a lease tells people when it is not to be had.
///
/// @param name of the record on the storage
/// @param storage in words
record LeaseProblems(SetName set, String name, String storage) {

  Problem heldBy(Holder holder) {
    return new Problem(
        "set " + set,
        "another run holds " + storage + ": " + holder.text() + "; nothing was written",
        "wait for it to end, or give more time with --lock-wait");
  }

  Problem lost(Optional<LeaseRecord> record) {
    var by =
        record
            .flatMap(LeaseRecord::holder)
            .map(holder -> "was taken over by " + holder.text())
            .orElse("was taken over by a run that has ended since");
    return new Problem(
        "set " + set,
        "the lease of this run "
            + by
            + ", because it was not renewed in time; this run writes nothing more to media",
        "what it staged is safe; run again when the other run has ended");
  }

  Problem unreadable() {
    return new Problem(
        "set " + set,
        "the record " + name + " on " + storage + " is not a lease that this release can read",
        "use the newest release; when no run of the set is at work anywhere, remove the record");
  }

  Problem away(IOException away) {
    return new Problem(
        "set " + set,
        "the lease on " + storage + " cannot be read or written: " + Reason.of(away),
        ToldFailure.of(away)
            .map(told -> told.problem().hint())
            .orElse("images wait in staging; see that the storage can be written, then run again"));
  }

  Problem unrenewed(Throwable broken) {
    return new Problem(
        "set " + set,
        "the lease of this run cannot be renewed any more: "
            + Reason.of(broken)
            + "; this run writes nothing more to media",
        "what it staged is safe; repair what it names, then run again");
  }
}
