package dev.holdfast.image;

import dev.holdfast.model.PartFile;
import java.io.IOException;
import java.nio.file.Path;

/// Told of each part as soon as its file is complete and synced; blocks the stream meanwhile, so
/// an image that does not fit beside itself can leave part by part.
public interface PartSink {

  void completed(PartFile part, Path file) throws IOException;

  /// Told before so many more stored bytes are written; may wait until there is room for them.
  ///
  /// @throws IOException when there will be none, which ends the image
  default void growing(long bytes) throws IOException {}

  /// Told after more of a part was written.
  default void grown(PartGrowth growth) throws IOException {}

  /// For images whose parts stay where they are formed.
  static PartSink keep() {
    return (_, _) -> {};
  }
}
