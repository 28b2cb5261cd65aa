package dev.holdfast.staging;

import dev.holdfast.image.ImageFolder;
import dev.holdfast.model.ImageId;
import java.io.IOException;

/// Room for one image that is being dumped, and the folder where its files are formed. Without
/// `accept`, `close` removes the folder and gives the room back. Thread-safe for `grow`.
public final class Reservation implements AutoCloseable {
  private final StagingArea area;
  private final ImageId image;
  private final ImageFolder folder;
  private boolean accepted;

  Reservation(StagingArea area, ImageId image, ImageFolder folder) {
    this.area = area;
    this.image = image;
    this.folder = folder;
  }

  /// Empty at first; not visible as an image before `accept`.
  public ImageFolder folder() {
    return folder;
  }

  /// Books bytes before, or as, they are written. False when they have no room: the estimate was
  /// too low and the limit is reached, or the file system is at its reserve.
  public boolean grow(long bytes) {
    return area.grow(image, bytes);
  }

  /// Makes the folder an image, durably: every file its manifest names is there, synced, and the
  /// folder has its final name when this returns.
  ///
  /// @throws IOException when a file is missing or short, or a sync failed; the image is lost then
  public StagedImage accept() throws IOException {
    var staged = area.accept(image, folder);
    accepted = true;
    return staged;
  }

  @Override
  public void close() throws IOException {
    if (!accepted) {
      area.discard(image, folder);
    }
  }
}
