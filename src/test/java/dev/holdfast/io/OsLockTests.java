package dev.holdfast.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OsLockTests {
  @TempDir Path root;

  @Test
  void askingForALockThatThisProcessHoldsDoesNotGiveItAway() throws Exception {
    var file = root.resolve("lock");
    try (var lock = OsLock.tryAcquire(file, "first").orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(OsLock.tryAcquire(file, "second")).isEmpty();
      assertThat(OsLock.holder(file)).isEqualTo("first");

      assertThat(isLockedForOthers(file)).isTrue();
    }
    assertThat(isLockedForOthers(file)).isFalse();
    OsLock.tryAcquire(file, "third").orElseThrow().close();
    assertThat(OsLock.holder(file)).isEqualTo("third");
  }

  /// As the kernel lists it. To open the file here, and close it, would itself give the lock away.
  private static boolean isLockedForOthers(Path file) throws IOException {
    var inode = ":" + Files.getAttribute(file, "unix:ino") + " ";
    return new String(Files.readAllBytes(Path.of("/proc/locks")), StandardCharsets.UTF_8)
        .lines()
        .anyMatch(line -> line.contains(inode));
  }
}
