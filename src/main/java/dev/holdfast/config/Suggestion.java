package dev.holdfast.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// The known word that a person probably meant.
public final class Suggestion {
  private static final int LONGEST = 64;
  private static final int MOST_LISTED = 20;

  private Suggestion() {}

  /// `did you mean 'x'? known are x, y, z`, or as much of it as is true.
  public static String among(String word, Collection<String> known, String verb) {
    if (known.isEmpty()) {
      return verb + ": none";
    }
    var shown = known.stream().sorted().limit(MOST_LISTED).toList();
    var rest = known.size() > MOST_LISTED ? " and " + (known.size() - MOST_LISTED) + " more" : "";
    var list = verb + " are " + String.join(", ", shown) + rest;
    return nearest(word, known).map(near -> "did you mean '" + near + "'? " + list).orElse(list);
  }

  /// The nearest word within a third of its length in edits; ties go to the first by name.
  public static Optional<String> nearest(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    var lower = word.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(other -> Math.abs(other.length() - word.length()) <= 1 + word.length() / 3)
        .filter(other -> distance(lower, other.toLowerCase(Locale.ROOT)) <= 1 + word.length() / 4)
        .min(
            Comparator.comparingInt(
                    (String other) -> distance(lower, other.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /// Edits between two words: insert, delete, replace, swap neighbours.
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 ? j : j == 0 ? i : cheapest(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cheapest(int[][] cost, String a, String b, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int best =
        Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + (same ? 0 : 1));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
