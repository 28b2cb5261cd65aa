package dev.holdfast.media;

import dev.holdfast.model.Label;
import dev.holdfast.model.SetName;
import java.time.Instant;
import java.util.UUID;

/// What file 0 of a volume says: which volume this is and whose.
///
/// @param storage name of the declared storage that it was labelled for
/// @param set the backup set whose images it holds; a volume never holds two sets' images
/// @param generation how often the volume was labelled, from 1; a writer that expects another
///     generation stops
/// @param sequence the how many-th volume of the set in this storage, from 1
public record VolumeLabel(
    Label name,
    UUID uuid,
    String storage,
    SetName set,
    int generation,
    Instant labelledAt,
    long sequence) {

  public VolumeLabel {
    if (generation < 1 || sequence < 1) {
      throw new IllegalArgumentException(
          "generation and sequence start at 1, were " + generation + " and " + sequence);
    }
  }
}
