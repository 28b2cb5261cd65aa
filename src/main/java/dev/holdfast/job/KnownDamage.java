package dev.holdfast.job;

import dev.holdfast.catalog.ImageRow;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.SourceName;
import dev.holdfast.report.StatusReport.Damage;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What verifies found damaged of the images that are there, and none found whole since.
record KnownDamage(SetReader reader) {

  /// Newest image first, of one image the set's own storage first.
  List<Damage> list() {
    var images = reader.images();
    var needed = needed(images);
    var own = own();
    var copies = reader.catalog().copies().stored();
    return images.stream()
        .flatMap(
            row ->
                Stream.concat(
                        Optional.ofNullable(own.get(row.planned().image())).stream()
                            .map(at -> Map.entry(reader.sources().storage().name(), at)),
                        copies.getOrDefault(row.planned().image(), List.of()).stream()
                            .flatMap(
                                copy ->
                                    copy.damagedAt().stream()
                                        .map(at -> Map.entry(copy.storage(), at))))
                    .map(where -> damage(row, where.getKey(), where.getValue(), needed)))
        .toList();
  }

  private static Damage damage(ImageRow row, String storage, Instant at, Set<ImageId> needed) {
    var image = row.planned().image();
    var source = row.planned().source().source();
    return new Damage(image, source, storage, at, needed.contains(image));
  }

  private Map<ImageId, Instant> own() {
    return reader.catalog().lifetimes().list().stream()
        .filter(row -> row.damagedAt().isPresent())
        .collect(Collectors.toMap(row -> row.image(), row -> row.damagedAt().orElseThrow()));
  }

  /// What the newest restore point of each source rests on.
  private Set<ImageId> needed(List<ImageRow> newestFirst) {
    var needed = new HashSet<ImageId>();
    var seen = new HashSet<SourceName>();
    for (var row : newestFirst) {
      if (seen.add(row.planned().source().source())) {
        reader.catalog().images().chain(row.planned().image()).stream()
            .map(link -> link.planned().image())
            .forEach(needed::add);
      }
    }
    return needed;
  }
}
