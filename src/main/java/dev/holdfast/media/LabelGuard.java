package dev.holdfast.media;

import dev.holdfast.media.Sighting.Foreign;
import dev.holdfast.media.Sighting.Labelled;
import dev.holdfast.media.Sighting.Unreadable;
import dev.holdfast.model.Problem;
import java.util.Optional;

/// Decides whether a writer may have a volume, from the label just read from the medium and from
/// nothing that was remembered. Every driver asks here, in the call that opens for writing.
public final class LabelGuard {

  private LabelGuard() {}

  /// Empty when the volume is exactly the one that was claimed and may be written.
  public static Optional<Problem> objection(WriteClaim claim, Sighting seen) {
    return switch (seen) {
      case Foreign(var place, var looksLike) ->
          refusal(place, "is not a volume of Holdfast: " + looksLike);
      case Unreadable(var place, var cause) ->
          refusal(place, "has a label that cannot be read: " + cause);
      case Labelled found -> objection(claim, found.label());
    };
  }

  private static Optional<Problem> objection(WriteClaim claim, VolumeLabel found) {
    var place = found.name().value();
    if (claim.closed().contains(found.name())) {
      return refusal(place, "is archived or closed");
    }
    if (!found.set().equals(claim.set())) {
      return refusal(place, "belongs to set " + found.set() + ", not to " + claim.set());
    }
    if (!found.storage().equals(claim.storage())) {
      return refusal(place, "was labelled for storage '" + found.storage() + "'");
    }
    return sameVolume(claim.expected(), found) ? Optional.empty() : another(claim, found);
  }

  private static boolean sameVolume(VolumeLabel expected, VolumeLabel found) {
    return expected.name().equals(found.name())
        && expected.uuid().equals(found.uuid())
        && expected.generation() == found.generation()
        && expected.set().equals(found.set())
        && expected.storage().equals(found.storage());
  }

  private static Optional<Problem> another(WriteClaim claim, VolumeLabel found) {
    return refusal(
        found.name().value(),
        "is volume %s generation %d, expected was %s %s generation %d"
            .formatted(
                found.uuid(),
                found.generation(),
                claim.expected().name(),
                claim.expected().uuid(),
                claim.expected().generation()));
  }

  private static Optional<Problem> refusal(String place, String fact) {
    return Optional.of(
        new Problem(
            "volume " + place,
            fact + "; nothing was written to it",
            "compare it with what is known: holdfast list volumes"));
  }
}
