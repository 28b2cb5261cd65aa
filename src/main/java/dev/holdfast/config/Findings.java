package dev.holdfast.config;

import dev.holdfast.model.declared.Place;
import java.util.ArrayList;
import java.util.List;

/// Collects what is found, so that nobody has to fix problems one at a time. Not thread-safe.
final class Findings {
  private static final int MOST_SHOWN = 300;

  private final List<Finding> all = new ArrayList<>();
  private int errors;
  private int unmet;
  private boolean namesLost;

  void error(Place place, String path, String message, String hint) {
    errors++;
    add(Finding.error(place, path, message, hint));
  }

  /// Refuses the configuration as an error does; the exit code tells them apart.
  void policy(Place place, String path, String message, String hint) {
    errors++;
    add(Finding.policy(place, path, message, hint));
  }

  /// A policy that what is declared does not meet: nothing new is begun with it, and what was
  /// stored under it before can still be read.
  void unmet(Place place, String path, String message, String hint) {
    unmet++;
    add(Finding.policy(place, path, message, hint));
  }

  void warning(Place place, String path, String message, String hint) {
    add(Finding.warning(place, path, message, hint));
  }

  /// True when further findings would not be shown: time to stop looking for them.
  boolean isFull() {
    return all.size() >= MOST_SHOWN;
  }

  /// How many errors were found so far, shown or not.
  int errors() {
    return errors;
  }

  boolean hasUnmet() {
    return unmet > 0;
  }

  boolean hasErrors() {
    return errors > 0;
  }

  /// Remembers that something could not be read to its end, so that names may be missing.
  void loseNames() {
    namesLost = true;
  }

  boolean namesLost() {
    return namesLost;
  }

  /// Sorted by place, each once; the flood of a broken file is cut after the first hundreds.
  List<Finding> sorted() {
    return all.stream().distinct().sorted().toList();
  }

  private void add(Finding finding) {
    if (all.size() < MOST_SHOWN) {
      all.add(finding);
    }
  }
}
