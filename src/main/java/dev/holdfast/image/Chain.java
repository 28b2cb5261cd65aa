package dev.holdfast.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The tree at the end of a chain, read from the checked indexes of its images, with the frames of
/// each, the full first.
public record Chain(PointInTimeView view, List<List<Frame>> frames) {
  public Chain {
    frames = List.copyOf(frames);
  }

  /// Reads a part of the tree where that gives the same as the whole: a directory may have been
  /// renamed into what is wanted, and a hard link may need any other member. Then all is read.
  ///
  /// @param images the full first, each building on the one before
  public static Chain read(List<StoredFiles> images, Wanted wanted) throws IOException {
    var view = new PointInTimeView();
    var frames = new ArrayList<List<Frame>>();
    for (var image : images) {
      var part = IndexReader.read(image, wanted);
      if (!part.isEnough()) {
        return read(images, Wanted.everything());
      }
      view.add(image.manifest(), part);
      frames.add(part.frames());
    }
    return new Chain(view, frames);
  }
}
