package dev.holdfast.image;

import dev.holdfast.model.StreamFacts;
import java.util.List;

/// What an image turned out to be: the streams, and its files but the manifest.
public record WrittenImage(StreamFacts stream, List<Manifest.Entry> files) {
  public WrittenImage {
    files = List.copyOf(files);
  }
}
