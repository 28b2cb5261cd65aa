package dev.holdfast.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReasonTests {
  @TempDir Path root;

  @Test
  void saysWhatAFileSystemLeavesToTheNameOfAClass() throws IOException {
    var file = Files.createFile(root.resolve("file"));
    var gone = root.resolve("gone");

    assertThat(Reason.of(catchThrowable(() -> Files.size(gone))))
        .isEqualTo(gone + ": no such file or directory");
    assertThat(Reason.of(catchThrowable(() -> Files.createFile(file))))
        .isEqualTo(file + ": exists already");
    assertThat(Reason.of(catchThrowable(() -> Files.delete(root))))
        .isEqualTo(root + ": is not empty");
    assertThat(Reason.of(new FileSystemException("/srv", null, "Stale file handle")))
        .isEqualTo("/srv: Stale file handle");
  }

  @Test
  void keepsAMessageThatSaysIt() {
    assertThat(Reason.of(new IOException("No space left on device")))
        .isEqualTo("No space left on device");
    assertThat(Reason.of(new UncheckedIOException(new IOException("Connection reset"))))
        .isEqualTo("Connection reset");
    assertThat(Reason.of(new IllegalStateException())).isEqualTo("IllegalStateException");
  }
}
