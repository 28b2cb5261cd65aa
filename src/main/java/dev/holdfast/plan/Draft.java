package dev.holdfast.plan;

import dev.holdfast.model.Level;
import dev.holdfast.model.OneShot;
import dev.holdfast.model.SourceName;
import java.util.Optional;

/// A source on its way through the planner: what it gets as things stand. Used by one thread.
final class Draft {
  private final SourceInput source;
  private final int due;
  private final boolean forced;
  private final Optional<OneShot> obeys;
  private final Optional<Choice> full;
  private Standing standing;

  /// @param full the full that it could have; empty when it may have none, or none was estimated
  Draft(SourceInput source, int due, Opening opening, Optional<Choice> full) {
    this.source = source;
    this.due = due;
    this.forced = opening.forced();
    this.obeys = opening.obeys();
    this.full = full;
    this.standing = new Standing(Optional.of(opening.choice()), opening.degraded());
  }

  /// What the source gets before anyone asks whether there is room.
  record Opening(Choice choice, Degraded degraded, boolean forced, Optional<OneShot> obeys) {}

  /// What it gets now, and what instead.
  ///
  /// @param choice empty when there is no room for it
  record Standing(Optional<Choice> choice, Degraded degraded) {
    long cost() {
      return choice.map(dump -> dump.estimate().cost()).orElse(0L);
    }

    boolean isFull() {
      return choice.filter(dump -> dump.level().isFull()).isPresent();
    }
  }

  SourceInput source() {
    return source;
  }

  SourceName name() {
    return source.name();
  }

  int due() {
    return due;
  }

  boolean isForced() {
    return forced;
  }

  /// Priority and days overdue: what is most in need of a full comes first.
  int urgency() {
    return source.terms().priority().days() - due + (forced ? 1 : 0);
  }

  Standing standing() {
    return standing;
  }

  void stand(Standing other) {
    standing = other;
  }

  long cost() {
    return standing.cost();
  }

  boolean isFull() {
    return standing.isFull();
  }

  /// The full that would come before its time; empty when it must not.
  Optional<Choice> early() {
    return isFull() || standing.choice().isEmpty() ? Optional.empty() : full;
  }

  /// Why it gets no dump; empty when it gets one.
  Optional<LeftOut> refusal() {
    return standing.choice().isPresent()
        ? Optional.empty()
        : switch (standing.degraded()) {
          case Degraded.Refused(var reason) -> Optional.of(new LeftOut(name(), reason, false));
          case Degraded.Instead _ ->
              throw new IllegalStateException(name() + " has a smaller dump and gets none");
        };
  }

  /// Stored bytes of its next full, else of its last one; 0 for neither.
  long fullBytes() {
    return source
        .estimate(Level.FULL)
        .map(LevelEstimate::storedBytes)
        .or(() -> source.history().newestFull().map(PastImage::storedBytes))
        .orElse(0L);
  }

  /// Makes a full of the incremental, which stays as what is dumped when there is no room.
  void promote(String why) {
    var early = early().orElseThrow();
    var reason = early.reason() + ", " + why;
    standing =
        new Standing(
            Optional.of(new Choice(early.level(), early.parent(), early.estimate(), reason)),
            smaller(standing.choice().orElseThrow(), early));
  }

  private static Degraded smaller(Choice incremental, Choice full) {
    return incremental.estimate().cost() < full.estimate().cost()
        ? new Degraded.Instead(incremental)
        : new Degraded.Refused("its incremental would be as large");
  }

  /// The one-shot command that the standing obeys.
  Optional<OneShot> obeys() {
    return obeys.filter(command -> !command.isFull() || isFull());
  }
}
