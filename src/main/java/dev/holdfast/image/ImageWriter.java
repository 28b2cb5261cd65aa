package dev.holdfast.image;

import com.github.luben.zstd.ZstdOutputStream;
import dev.holdfast.model.PartFile;
import dev.holdfast.model.StreamFacts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Turns the raw tar stream that is written to it into the files of an image, in one pass: raw
/// digest, member index, frames, parts, stored digest. Closed without `finish` it leaves debris in
/// the folder, for the caller to delete. Used by one thread.
public final class ImageWriter extends OutputStream {
  private final ImageSpec spec;
  private final ImageFolder folder;
  private final IndexWriter index;
  private final TarTap tap;
  private final PartCutter parts;
  private final FrameCutter frames;
  private final List<Manifest.Entry> others = new ArrayList<>();
  private long rawBytes;

  private ImageWriter(ImageSpec spec, ImageFolder folder, FrameWorkers workers, PartSink sink)
      throws IOException {
    this.spec = spec;
    this.folder = folder;
    this.index = new IndexWriter(folder.index());
    this.tap = new TarTap(index::member);
    this.parts = new PartCutter(spec, folder, sink);
    this.frames = new FrameCutter(spec.compression(), workers, parts::accept);
  }

  /// Begins an image.
  ///
  /// @param folder exists and is empty
  public static ImageWriter open(
      ImageSpec spec, ImageFolder folder, FrameWorkers workers, PartSink sink) throws IOException {
    return new ImageWriter(spec, folder, workers, sink);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    tap.pass(bytes, from, length);
    rawBytes += length;
    frames.write(bytes, from, length);
  }

  /// Adds what the next incremental needs; call it before `finish`.
  public void addState(Path snapshot) throws IOException {
    try (var file = new SealedFile(folder.state())) {
      try (var out = new ZstdOutputStream(file.payload()).setChecksum(true)) {
        Files.copy(snapshot, out);
      }
      others.add(
          entry(
              FileKind.STATE,
              file.complete(FileKind.STATE, spec.fields(FileKind.STATE, 1), Recipe.of(spec))));
    }
  }

  /// Completes and syncs every file but the manifest.
  ///
  /// @throws MalformedStreamException when the stream was not one whole tar archive
  public WrittenImage finish() throws IOException {
    tap.end();
    frames.finish();
    parts.finish();
    var files =
        new ArrayList<>(parts.parts().stream().map(part -> entry(FileKind.PART, part)).toList());
    files.add(entry(FileKind.INDEX, index.complete(parts.frames(), spec)));
    files.addAll(others);
    var stream =
        new StreamFacts(
            rawBytes, frames.rawDigest(), parts.storedBytes(), parts.storedDigest(), tap.members());
    return new WrittenImage(stream, files);
  }

  @Override
  public void close() throws IOException {
    frames.close();
    index.close();
    parts.close();
  }

  private static Manifest.Entry entry(FileKind kind, PartFile file) {
    return new Manifest.Entry(kind, file, Optional.empty());
  }
}
