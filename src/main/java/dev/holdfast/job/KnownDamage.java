package dev.holdfast.job;

import dev.holdfast.catalog.ImageRow;
import dev.holdfast.catalog.LifeRow;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.SourceName;
import dev.holdfast.report.StatusReport.Damage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What verifies found damaged of the images that are there, and none found whole since.
record KnownDamage(SetReader reader) {

  /// One home of an image that is damaged.
  private record Place(ImageRow row, String storage, Instant foundAt) {}

  /// Newest image first, of one image the set's own storage first.
  List<Damage> list() {
    var places = places();
    if (places.isEmpty()) {
      return List.of();
    }
    var needed = needed();
    return places.stream()
        .map(
            place ->
                new Damage(
                    place.row().planned().image(),
                    place.row().planned().source().source(),
                    place.storage(),
                    place.foundAt(),
                    needed.contains(place.row().planned().image())))
        .toList();
  }

  private List<Place> places() {
    var own = own();
    var copies = reader.catalog().copies().stored();
    var places = new ArrayList<Place>();
    for (var row : reader.images()) {
      var image = row.planned().image();
      Optional.ofNullable(own.get(image))
          .ifPresent(at -> places.add(new Place(row, reader.sources().storage().name(), at)));
      for (var copy : copies.getOrDefault(image, List.of())) {
        copy.damagedAt().ifPresent(at -> places.add(new Place(row, copy.storage(), at)));
      }
    }
    return places;
  }

  private Map<ImageId, Instant> own() {
    return reader.catalog().lifetimes().list().stream()
        .filter(row -> row.damagedAt().isPresent())
        .collect(Collectors.toMap(LifeRow::image, row -> row.damagedAt().orElseThrow()));
  }

  /// What the newest restore point of each source rests on.
  private Set<ImageId> needed() {
    var needed = new HashSet<ImageId>();
    var seen = new HashSet<SourceName>();
    for (var row : reader.images()) {
      if (seen.add(row.planned().source().source())) {
        reader.catalog().images().chain(row.planned().image()).stream()
            .map(link -> link.planned().image())
            .forEach(needed::add);
      }
    }
    return needed;
  }
}
