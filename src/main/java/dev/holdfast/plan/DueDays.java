package dev.holdfast.plan;

import dev.holdfast.model.SourceName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// Which full comes early next: sources of one host that are due on one day stand in one group, so
/// that thousands of them are compared by group. Used by one thread.
final class DueDays {
  private final List<Group> groups;
  private final PriorityQueue<Standing> queue = new PriorityQueue<>();
  private final Map<Integer, int[]> onDay = new HashMap<>();

  DueDays(List<Draft> drafts) {
    var tonight = new HashMap<String, int[]>();
    var onHost = new HashMap<HostDay, int[]>();
    Map<Key, Group> byKey =
        new TreeMap<>(
            Comparator.comparing(Key::host)
                .thenComparingInt(Key::due)
                .thenComparingInt(Key::cycle));
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
    return others ? next(rank) : first(rank);
  }

  /// The first full of a night may be larger than the share, and is never the only one of its day.
  private Optional<Draft> first(Function<Draft, Rank> rank) {
    groups.forEach(group -> sift(group, rank));
    return pick(group -> group.members).or(() -> pick(group -> group.alone));
  }

  /// A group's score never rises while the night fills up: one that still stands where it stood in
  /// the queue is the best.
  private Optional<Draft> next(Function<Draft, Rank> rank) {
    if (queue.isEmpty()) {
      groups.stream().flatMap(Standing::of).forEach(queue::add);
      groups.clear();
    }
    while (!queue.isEmpty()) {
      var standing = queue.remove();
      sift(standing.group(), rank);
      var now = Standing.of(standing.group()).findFirst();
      if (now.isPresent() && now.get().equals(standing)) {
        var draft = take(standing.group(), standing.group().members);
        Standing.of(standing.group()).forEach(queue::add);
        return Optional.of(draft);
      }
      now.ifPresent(queue::add);
    }
    return Optional.empty();
  }

  /// Where a group stands: by score, then by the name of its first candidate.
  private record Standing(Group group, long score, SourceName first)
      implements Comparable<Standing> {
    static Stream<Standing> of(Group group) {
      return group.members.stream()
          .limit(1)
          .map(draft -> new Standing(group, group.score(), draft.name()));
    }

    @Override
    public int compareTo(Standing other) {
      int order = Long.compare(other.score, score);
      return order == 0 ? first.compareTo(other.first) : order;
    }
  }

  private static void sift(Group group, Function<Draft, Rank> rank) {
    while (!group.members.isEmpty() && rank.apply(group.members.peek()) != Rank.GOOD) {
      var draft = group.members.remove();
      if (rank.apply(draft) == Rank.ALONE) {
        group.alone.add(draft);
      }
    }
  }

  private Optional<Draft> pick(Function<Group, Deque<Draft>> line) {
    return groups.stream()
        .filter(group -> !line.apply(group).isEmpty())
        .filter(group -> onDay.getOrDefault(group.key.due(), new int[1])[0] > 1)
        .min(
            Comparator.comparingLong((Group group) -> -group.score())
                .thenComparing(group -> line.apply(group).element().name()))
        .map(group -> take(group, line.apply(group)));
  }

  private Draft take(Group group, Deque<Draft> line) {
    group.here[0]++;
    group.there[0]--;
    onDay.getOrDefault(group.key.due(), new int[1])[0]--;
    return line.remove();
  }
}
