package dev.holdfast.image;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The files of an image in its own folder.
///
/// @param name what to call the folder when speaking to people
public record FolderSource(ImageFolder folder, String name) implements PartSource {

  @Override
  public SeekableByteChannel open(Manifest.Entry entry) throws IOException {
    return FileChannel.open(folder.file(entry), StandardOpenOption.READ);
  }

  @Override
  public Optional<Path> local(Manifest.Entry entry) {
    return Optional.of(folder.file(entry));
  }

  @Override
  public String place(Manifest.Entry entry) {
    return name + " " + folder.file(entry);
  }
}
