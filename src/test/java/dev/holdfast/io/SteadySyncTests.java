package dev.holdfast.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SteadySyncTests {
  private static final int ENOUGH_FOR_A_SYNC = 16 << 20;

  @TempDir Path root;

  @Test
  void whatIsWrittenWhileEarlierBytesAreSyncedIsThereInTheEnd() throws IOException {
    var file = root.resolve("file");
    var bytes = new byte[ENOUGH_FOR_A_SYNC / 4 + 1];
    try (var channel = opened(file)) {
      var sync = new SteadySync(channel);
      for (int round = 0; round < 20; round++) {
        sync.written(channel.write(ByteBuffer.wrap(bytes)));
      }

      sync.complete();
    }

    assertThat(Files.size(file)).isEqualTo(20L * bytes.length);
  }

  /// The kernel tells of bytes that it lost once: a later sync of the same file is good again.
  @Test
  void aSyncThatFailedInBetweenFailsTheFile() throws IOException {
    var channel = opened(root.resolve("file"));
    var sync = new SteadySync(channel);
    channel.close();

    sync.written(ENOUGH_FOR_A_SYNC);

    Awaitility.await()
        .atMost(Duration.ofSeconds(100))
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> sync.written(ENOUGH_FOR_A_SYNC))
                    .isInstanceOf(ClosedChannelException.class));
  }

  private static FileChannel opened(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }
}
