package dev.holdfast.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Which full comes early next: sources of one host that are due on one day stand in one group, so
/// that thousands of them are compared by group. Used by one thread.
final class DueDays {
  private final List<Group> groups;
  private final Map<Integer, int[]> onDay = new HashMap<>();

  DueDays(List<Draft> drafts) {
    var tonight = new HashMap<String, int[]>();
    var onHost = new HashMap<HostDay, int[]>();
    Map<Key, Group> byKey =
        new TreeMap<>(
            Comparator.comparing(Key::host).thenComparingInt(Key::due).thenComparingInt(Key::cycle));
    for (var draft : drafts.stream().sorted(Comparator.comparing(Draft::name)).toList()) {
      var host = draft.source().terms().host();
      var here = tonight.computeIfAbsent(host, _ -> new int[1]);
      if (draft.isFull()) {
        here[0]++;
      } else if (draft.source().getsFulls() && draft.due() > 0) {
        var there = onHost.computeIfAbsent(new HostDay(host, draft.due()), _ -> new int[1]);
        there[0]++;
        onDay.computeIfAbsent(draft.due(), _ -> new int[1])[0]++;
        if (draft.early().isPresent()) {
          var key = new Key(host, draft.due(), draft.source().cycle());
          byKey.computeIfAbsent(key, _ -> new Group(key, here, there)).members.add(draft);
        }
      }
    }
    this.groups = new ArrayList<>(byKey.values());
  }

  /// Whether a draft may come early.
  enum Rank {
    GOOD,
    /// Only as the first full of the night.
    ALONE,
    NEVER
  }

  private record HostDay(String host, int due) {}

  private record Key(String host, int due, int cycle) {}

  /// Candidates of one host, due day and cycle, by name.
  private static final class Group {
    private final Key key;
    private final int[] here;
    private final int[] there;
    private final Deque<Draft> members = new ArrayDeque<>();
    private final Deque<Draft> alone = new ArrayDeque<>();

    Group(Key key, int[] here, int[] there) {
      this.key = key;
      this.here = here;
      this.there = there;
    }

    /// Many fulls of one host on one day first, then those that are due soonest.
    long score() {
      long others = here[0] == 0 && there[0] > 1 ? there[0] + 1L : there[0];
      long square = (long) here[0] * here[0];
      long soon = (long) key.cycle() - key.due();
      return others >= square ? (others - square) * (others - square) + soon : soon - square;
    }
  }

  /// Takes the best candidate out; it counts as one of tonight's from then on. What there is no
  /// room for now there will be none for later: the night only gets fuller.
  ///
  /// @param others whether the night has fulls already
  Optional<Draft> best(boolean others, Function<Draft, Rank> rank) {
    for (var group : groups) {
      sift(group, rank);
    }
    groups.removeIf(group -> group.members.isEmpty() && group.alone.isEmpty());
    var good = pick(others, group -> group.members);
    return good.isPresent() || others ? good : pick(false, group -> group.alone);
  }

  private static void sift(Group group, Function<Draft, Rank> rank) {
    while (!group.members.isEmpty() && rank.apply(group.members.peek()) != Rank.GOOD) {
      var draft = group.members.remove();
      if (rank.apply(draft) == Rank.ALONE) {
        group.alone.add(draft);
      }
    }
  }

  private Optional<Draft> pick(boolean others, Function<Group, Deque<Draft>> line) {
    Group best = null;
    for (var group : groups) {
      boolean candidate =
          !line.apply(group).isEmpty()
              && (others || onDay.getOrDefault(group.key.due(), new int[1])[0] > 1);
      if (candidate && (best == null || isBetter(group, best, line))) {
        best = group;
      }
    }
    return Optional.ofNullable(best).map(group -> take(group, line.apply(group)));
  }

  private static boolean isBetter(Group group, Group best, Function<Group, Deque<Draft>> line) {
    int order = Long.compare(group.score(), best.score());
    return order > 0
        || (order == 0
            && line.apply(group)
                    .element()
                    .name()
                    .compareTo(line.apply(best).element().name())
                < 0);
  }

  private Draft take(Group group, Deque<Draft> line) {
    group.here[0]++;
    group.there[0]--;
    onDay.getOrDefault(group.key.due(), new int[1])[0]--;
    return line.remove();
  }
}
