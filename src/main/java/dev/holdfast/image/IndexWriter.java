package dev.holdfast.image;

import com.github.luben.zstd.ZstdOutputStream;
import dev.holdfast.model.PartFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Writes an INDEX while its image passes: members as they come, never held in memory, then the
/// frames. Used by one thread.
final class IndexWriter implements AutoCloseable {
  private static final int LEVEL = 3;

  private final SealedFile file;
  private final Writer lines;
  private long members;

  IndexWriter(Path path) throws IOException {
    file = new SealedFile(path);
    lines =
        new BufferedWriter(
            new OutputStreamWriter(
                new ZstdOutputStream(file.payload(), LEVEL).setChecksum(true),
                StandardCharsets.ISO_8859_1));
    line(IndexText.FIRST_LINE);
  }

  void member(Member member) throws IOException {
    line(IndexText.member(member));
    if (member.directory().isPresent()) {
      line(IndexText.dumpdir(member.directory().get()));
    }
    members++;
  }

  PartFile complete(List<Frame> frames, ImageSpec spec) throws IOException {
    for (var frame : frames) {
      line(IndexText.frame(frame));
    }
    line("E\t" + members + "\t" + frames.size());
    lines.close();
    return file.complete(FileKind.INDEX, spec.fields(FileKind.INDEX, 1), Recipe.of(spec));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void line(String text) throws IOException {
    lines.write(text);
    lines.write('\n');
  }
}
