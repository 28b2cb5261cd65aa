package dev.holdfast.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the dumps fit the storage: first what can never fit, then fulls are put off, least urgent
/// first, then sources are left out, most recently saved first; at last everything that fits after
/// all comes back. One full always stays, else a set too big for its storage would never make one.
final class Fit {
  private static final Comparator<Draft> BY_NAME = Comparator.comparing(Draft::name);
  private static final Comparator<Draft> LEAST_URGENT_FULL =
      Comparator.comparing(Draft::isForced)
          .thenComparingInt(Draft::urgency)
          .thenComparing(Draft::cost, Comparator.reverseOrder())
          .thenComparing(BY_NAME.reversed());

  private final List<Draft> drafts;
  private final Room room;
  private final Today today;
  private final List<Change> changes = new ArrayList<>();
  private long total;

  Fit(List<Draft> drafts, Room room, Today today) {
    this.drafts = List.copyOf(drafts);
    this.room = room;
    this.today = today;
    this.total = drafts.stream().mapToLong(Draft::cost).sum();
  }

  /// What was done to a draft, and how it stood before.
  private record Change(Draft draft, Draft.Standing before, Decision decision) {}

  /// Changes the drafts until they fit.
  List<Decision> fit() {
    long wanted = total;
    drafts.forEach(this::refuseOversize);
    if (room.forDumps().isPresent()) {
      putOffFulls(wanted);
      leaveOut(wanted);
      reinstate();
    }
    return changes.stream().map(Change::decision).toList();
  }

  private void refuseOversize(Draft draft) {
    var why = tooLarge(draft.cost());
    if (why.isEmpty()) {
      return;
    }
    var numbers = Map.of("needs", draft.cost());
    switch (draft.standing().degraded()) {
      case Degraded.Instead(var choice) when tooLarge(choice.estimate().cost()).isEmpty() ->
          put(draft, choice, new Told(Decision.Kind.DEGRADE, why.get(), numbers));
      case Degraded.Instead _ -> drop(draft, new Told(Decision.Kind.DROP, why.get(), numbers));
      case Degraded.Refused(var reason) ->
          drop(draft, new Told(Decision.Kind.DROP, why.get() + "; " + reason, numbers));
    }
  }

  private Optional<String> tooLarge(long cost) {
    if (room.forDumps().isPresent() && cost > room.forDumps().getAsLong()) {
      return Optional.of(
          "needs " + Words.size(cost) + " alone, and " + left(room.forDumps().getAsLong()));
    }
    return room.refuses(cost)
        ? Optional.of(
            "needs "
                + Words.size(cost)
                + ", must go through staging, and that holds at most "
                + Words.size(room.staging().orElseThrow()))
        : Optional.empty();
  }

  private void putOffFulls(long wanted) {
    var fulls = drafts.stream().filter(Draft::isFull).sorted(LEAST_URGENT_FULL).toList();
    for (var draft : fulls.stream().limit(Math.max(0, fulls.size() - 1)).toList()) {
      if (fits()) {
        return;
      }
      var numbers = Map.of("needs", draft.cost(), "allNeed", wanted, "room", limit());
      var why = Words.size(draft.cost()) + ": " + allNeed(wanted);
      switch (draft.standing().degraded()) {
        case Degraded.Instead(var choice) when choice.estimate().cost() < draft.cost() ->
            put(
                draft,
                choice,
                new Told(Decision.Kind.DELAY, "no room for its full of " + why, numbers));
        case Degraded.Instead _ ->
            drop(draft, new Told(Decision.Kind.DROP, "no room for its full of " + why, numbers));
        case Degraded.Refused(var reason) ->
            drop(
                draft,
                new Told(
                    Decision.Kind.DROP, "no room for its full of " + why + "; " + reason, numbers));
      }
    }
  }

  private void leaveOut(long wanted) {
    var victims =
        drafts.stream()
            .filter(draft -> draft.standing().choice().isPresent() && !draft.isFull())
            .sorted(
                Comparator.comparingInt(this::need)
                    .thenComparing(Draft::cost, Comparator.reverseOrder())
                    .thenComparing(BY_NAME.reversed()))
            .toList();
    for (var draft : victims) {
      if (fits()) {
        return;
      }
      drop(
          draft,
          new Told(
              Decision.Kind.DROP,
              "no room for its incremental of " + Words.size(draft.cost()) + ": " + allNeed(wanted),
              Map.of("needs", draft.cost(), "allNeed", wanted, "room", limit())));
    }
  }

  /// Priority, and days without any image: whoever was left out last time is the last one now.
  private int need(Draft draft) {
    int age =
        draft.source().history().images().stream()
            .findFirst()
            .map(image -> today.daysSince(image.at()))
            .orElse(0);
    return draft.source().terms().priority().days() + age;
  }

  private void reinstate() {
    for (int i = changes.size() - 1; i >= 0; i--) {
      var change = changes.get(i);
      long with = total - change.draft().cost() + change.before().cost();
      boolean possible = with <= limit() && tooLarge(change.before().cost()).isEmpty();
      if (possible) {
        total = with;
        change.draft().stand(change.before());
        changes.set(i, new Change(change.draft(), change.before(), fitsAfterAll(change)));
      }
    }
  }

  private static Decision fitsAfterAll(Change change) {
    return new Decision(
        change.draft().name(),
        Decision.Kind.REINSTATE,
        "fits after all with " + Words.size(change.before().cost()) + ", once others were put off",
        change.decision().numbers());
  }

  /// Why a draft is changed.
  private record Told(Decision.Kind kind, String reason, Map<String, Long> numbers) {
    Decision of(Draft draft) {
      return new Decision(draft.name(), kind, reason, numbers);
    }
  }

  private void put(Draft draft, Choice choice, Told told) {
    var reason = choice.reason() + ", but " + told.reason();
    change(
        draft,
        new Draft.Standing(
            Optional.of(new Choice(choice.level(), choice.parent(), choice.estimate(), reason)),
            new Degraded.Refused("it is put off to an incremental already")),
        told);
  }

  private void drop(Draft draft, Told told) {
    change(draft, new Draft.Standing(Optional.empty(), new Degraded.Refused(told.reason())), told);
  }

  private void change(Draft draft, Draft.Standing standing, Told told) {
    changes.add(new Change(draft, draft.standing(), told.of(draft)));
    total += standing.cost() - draft.cost();
    draft.stand(standing);
  }

  private boolean fits() {
    return total <= limit();
  }

  private long limit() {
    return room.forDumps().orElse(Long.MAX_VALUE);
  }

  private String allNeed(long wanted) {
    return "all dumps need " + Words.size(wanted) + ", and " + left(limit());
  }

  private String left(long bytes) {
    var backlog = room.backlog() > 0 ? " beside " + Words.size(room.backlog()) + " staged" : "";
    return "the storage has room for " + Words.size(bytes) + backlog;
  }
}
