package dev.holdfast.job;

import dev.holdfast.image.Damage;
import dev.holdfast.image.Detours;
import dev.holdfast.model.ImageId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Remembers, in order, what was not whole at its nearest home and where it came from instead.
/// Thread-safe.
final class TakenDetours implements Detours {
  private static final int MOST_FILES = 5;

  private final Map<Way, List<Damage>> taken = new LinkedHashMap<>();

  /// From an image's nearest home, to the volume that had the bytes.
  private record Way(ImageId image, String instead) {}

  @Override
  public synchronized void taken(Damage found, String instead) {
    var known =
        taken.computeIfAbsent(new Way(found.image(), volume(instead)), _ -> new ArrayList<>());
    if (known.stream().noneMatch(one -> one.file().equals(found.file()))) {
      known.add(found);
    }
  }

  synchronized boolean isEmpty() {
    return taken.isEmpty();
  }

  /// One line for each image and each volume that helped out.
  synchronized List<String> notes() {
    return taken.entrySet().stream().map(way -> note(way.getKey(), way.getValue())).toList();
  }

  private static String note(Way way, List<Damage> taken) {
    var found = taken.stream().sorted(Comparator.comparing(Damage::file)).toList();
    var files =
        found.stream().limit(MOST_FILES).map(Damage::file).collect(Collectors.joining(", "))
            + (found.size() > MOST_FILES ? " and " + (found.size() - MOST_FILES) + " more" : "");
    var first = found.getFirst();
    return "image %s: %s came from %s, because %s %s"
        .formatted(way.image(), files, way.instead(), first.place(), first.what());
  }

  /// A place without the number of the file on the volume.
  private static String volume(String place) {
    return place.replaceFirst(" file \\d+$", "");
  }
}
