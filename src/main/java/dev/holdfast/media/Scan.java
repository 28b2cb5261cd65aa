package dev.holdfast.media;

import dev.holdfast.image.Header;
import dev.holdfast.media.ScanResult.LabelNew;
import dev.holdfast.media.ScanResult.None;
import dev.holdfast.media.ScanResult.Skipped;
import dev.holdfast.media.ScanResult.Use;
import dev.holdfast.media.Sighting.Foreign;
import dev.holdfast.media.Sighting.Labelled;
import dev.holdfast.media.Sighting.Unreadable;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.Label;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Chooses the volume to write, from what was sighted and what is allowed; reads and writes
/// nothing. A volume is appended to until a file does not fit, so a volume of the right set with
/// room comes before a new one. The order only decides among those:
///
/// - `TRADITIONAL`: by name in a circle, beginning with the one written last.
/// - `OLDEST`: what was written longest ago, volumes with only a label last.
/// - `LEXICAL`: as traditional, volumes with only a label last.
public final class Scan {
  private static final Comparator<Labelled> BY_NAME = Comparator.comparing(found -> name(found));
  private static final Comparator<Labelled> BY_AGE =
      Comparator.comparing(
          (Labelled found) -> found.lastWritten().orElse(Instant.MIN), Comparator.naturalOrder());

  private final VolumeRequest request;
  private final Limits limits;
  private final List<Sighting> sightings;

  public Scan(VolumeRequest request, Limits limits, List<Sighting> sightings) {
    this.request = request;
    this.limits = limits;
    this.sightings = List.copyOf(sightings);
  }

  public ScanResult choose() {
    if (limits.headroom() < 0) {
      return new None("the reserve of free space is touched", List.of());
    }
    var skipped = new ArrayList<Skipped>();
    var usable = new ArrayList<Labelled>();
    for (var sighting : sightings) {
      objection(sighting)
          .ifPresentOrElse(
              reason -> skipped.add(new Skipped(sighting.place(), reason)),
              () -> usable.add((Labelled) sighting));
    }
    return inOrder(usable)
        .<ScanResult>map(found -> new Use(found.label(), skipped))
        .findFirst()
        .orElseGet(() -> labelNew(skipped));
  }

  private Optional<String> objection(Sighting sighting) {
    return switch (sighting) {
      case Foreign(_, var looksLike) -> Optional.of("is not a volume of Holdfast: " + looksLike);
      case Unreadable(_, var cause) -> Optional.of("has a label that cannot be read: " + cause);
      case Labelled found ->
          ownership(found.label()).or(() -> identity(found.label())).or(() -> room(found));
    };
  }

  private Optional<String> ownership(VolumeLabel label) {
    if (!label.storage().equals(request.storage())) {
      return Optional.of("belongs to storage '" + label.storage() + "'");
    }
    if (!label.set().equals(request.set())) {
      return Optional.of("belongs to set " + label.set());
    }
    return request.closed().contains(label.name())
        ? Optional.of("is archived, full or in use")
        : Optional.empty();
  }

  private Optional<String> identity(VolumeLabel label) {
    var recorded = request.known().get(label.name());
    if (recorded != null && !recorded.equals(label.uuid())) {
      return Optional.of("is not the volume that the catalog knows by this name");
    }
    long same =
        labelled()
            .filter(
                other ->
                    other.label().name().equals(label.name())
                        || other.label().uuid().equals(label.uuid()))
            .count();
    return same > 1 ? Optional.of("is there twice, one is a copy") : Optional.empty();
  }

  private Optional<String> room(Labelled found) {
    return limits
        .volumeSize()
        .filter(size -> size.bytes() - found.used() < request.wanted())
        .map(
            size ->
                "has %s of %s left, the next file takes %s"
                    .formatted(
                        new ByteSize(Math.max(0, size.bytes() - found.used())).human(),
                        size.human(),
                        new ByteSize(request.wanted()).human()));
  }

  private Stream<Labelled> inOrder(List<Labelled> usable) {
    return switch (request.order()) {
      case TRADITIONAL -> inCircle(usable).stream();
      case OLDEST -> blanksLast(usable.stream().sorted(BY_AGE.thenComparing(BY_NAME)).toList());
      case LEXICAL -> blanksLast(inCircle(usable));
    };
  }

  /// By name, from the volume of this set that was written last, wherever it stands now.
  private List<Labelled> inCircle(List<Labelled> usable) {
    var last =
        labelled()
            .filter(found -> ownership(found.label()).isEmpty())
            .filter(found -> found.lastWritten().isPresent())
            .max(BY_AGE.thenComparing(BY_NAME));
    var sorted = usable.stream().sorted(BY_NAME).toList();
    return last.map(
            from ->
                Stream.concat(
                        sorted.stream().filter(found -> BY_NAME.compare(found, from) >= 0),
                        sorted.stream().filter(found -> BY_NAME.compare(found, from) < 0))
                    .toList())
        .orElse(sorted);
  }

  private static Stream<Labelled> blanksLast(List<Labelled> ordered) {
    return Stream.concat(
        ordered.stream().filter(found -> found.lastWritten().isPresent()),
        ordered.stream().filter(found -> found.lastWritten().isEmpty()));
  }

  private ScanResult labelNew(List<Skipped> skipped) {
    if (limits.volumeSize().filter(size -> size.bytes() < wantedOnEmpty()).isPresent()) {
      var size = limits.volumeSize().orElseThrow();
      return new None(
          "a file of %s does not fit an empty volume of %s"
              .formatted(new ByteSize(request.wanted()).human(), size.human()),
          skipped);
    }
    if (!limits.autoLabel()) {
      return new None("autoLabel is off, so no volume is added", skipped);
    }
    if (limits.volumes() > 0 && sightings.size() >= limits.volumes()) {
      return new None("all %d places for volumes are taken".formatted(limits.volumes()), skipped);
    }
    var name = request.template().next(request.set(), this::isTaken);
    return new LabelNew(name, nextSequence(), skipped);
  }

  private boolean isTaken(Label label) {
    return request.known().containsKey(label)
        || request.taken().contains(label)
        || request.closed().contains(label)
        || sightings.stream().anyMatch(seen -> seen.place().equals(label.value()));
  }

  /// The file and the label before it.
  private long wantedOnEmpty() {
    return request.wanted() + Header.SIZE;
  }

  private long nextSequence() {
    return 1
        + labelled()
            .map(Labelled::label)
            .filter(label -> label.storage().equals(request.storage()))
            .filter(label -> label.set().equals(request.set()))
            .mapToLong(VolumeLabel::sequence)
            .max()
            .orElse(0);
  }

  private Stream<Labelled> labelled() {
    return sightings.stream().filter(Labelled.class::isInstance).map(Labelled.class::cast);
  }

  private static Label name(Labelled found) {
    return found.label().name();
  }
}
