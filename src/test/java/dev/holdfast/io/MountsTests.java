package dev.holdfast.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.MountedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountsTests {
  @TempDir Path root;

  @Test
  void seesAMountPointAppearAndGo() throws IOException {
    var point = root.resolve("a b\\c");
    long before = Mounts.device(root);
    try (var disk = MountedDisk.at(point, "1m")) {
      var inside = Files.createDirectories(point.resolve("x/y"));

      assertThat(Mounts.isPoint(point)).isTrue();
      assertThat(Mounts.isPoint(inside)).isFalse();
      assertThat(Mounts.pointOf(inside)).isEqualTo(point.toRealPath());
      assertThat(Mounts.device(inside)).isNotEqualTo(before);
      assertThat(Mounts.total(point)).isEqualTo(1 << 20);
      disk.pull();
      assertThat(Mounts.isPoint(point)).isFalse();
      assertThat(Mounts.device(point)).isEqualTo(before);
    }
  }

  @Test
  void somethingIsAlwaysMountedAtTheRoot() throws IOException {
    assertThat(Mounts.isPoint(Path.of("/"))).isTrue();
    assertThat(root.toRealPath().startsWith(Mounts.pointOf(root))).isTrue();
  }

  @Test
  void nothingIsFreeWhereNothingIs() {
    assertThat(Mounts.free(root.resolve("absent"))).isZero();
    assertThat(Mounts.total(root.resolve("absent"))).isZero();
  }
}
