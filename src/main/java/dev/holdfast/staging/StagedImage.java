package dev.holdfast.staging;

import dev.holdfast.image.ImageFolder;
import dev.holdfast.image.Manifest;
import dev.holdfast.image.PartSource;
import dev.holdfast.model.ImageId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.StandardOpenOption;

/// An image that waits in staging: whole, synced, and restorable from there.
///
/// @param bytes what its files take, headers included
public record StagedImage(ImageFolder folder, Manifest manifest, long bytes)
    implements StagingEntry {

  public ImageId id() {
    return manifest.image();
  }

  /// Reads the image from staging.
  public PartSource parts() {
    return new PartSource() {
      @Override
      public SeekableByteChannel open(Manifest.Entry entry) throws IOException {
        return FileChannel.open(folder.file(entry), StandardOpenOption.READ);
      }

      @Override
      public String place(Manifest.Entry entry) {
        return "staging " + folder.file(entry);
      }
    };
  }
}
