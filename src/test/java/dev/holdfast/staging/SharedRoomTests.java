package dev.holdfast.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.io.OsLock;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.declared.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two sets with folders of their own share the limit of one Staging.
class SharedRoomTests {
  private static final ImageId IMAGE = new ImageId("image");
  private static final ByteSize LIMIT = new ByteSize(100);

  @TempDir Path root;

  @Test
  void whatOneSetWasPromisedIsNotPromisedToAnother() throws Exception {
    try (var web = SharedRoom.join(root.resolve("rooms"), "Web");
        var mail = SharedRoom.join(root.resolve("rooms"), "Mail")) {
      var first = open("Web", web);
      var second = open("Mail", mail);

      assertThat(first.reserve(IMAGE, 70)).isInstanceOf(ReserveResult.Granted.class);

      assertThat(second.figures().available()).isEqualTo(30);
      assertThat(second.reserve(IMAGE, 40)).isEqualTo(new ReserveResult.NoRoom(30));
      assertThat(second.reserve(IMAGE, 30)).isInstanceOf(ReserveResult.Granted.class);
    }
  }

  @Test
  void aSetIsJoinedByOneProcessAtATime() throws Exception {
    var rooms = Files.createDirectories(root.resolve("rooms"));
    try (var other = OsLock.tryAcquire(rooms.resolve("Web.lock"), "process 4711").orElseThrow()) {
      assertThat(other).isNotNull();
      assertThatThrownBy(() -> SharedRoom.join(rooms, "Web"))
          .isInstanceOf(HoldfastException.class)
          .hasMessageContaining("are in use for set Web by process 4711");
    }
    SharedRoom.join(rooms, "Web").close();
  }

  @Test
  void aDumpGrowsOnlyIntoRoomThatNoOtherSetHas() throws Exception {
    try (var web = SharedRoom.join(root.resolve("rooms"), "Web");
        var mail = SharedRoom.join(root.resolve("rooms"), "Mail")) {
      var granted = (ReserveResult.Granted) open("Web", web).reserve(IMAGE, 10);
      open("Mail", mail).reserve(IMAGE, 60);

      assertThat(granted.reservation().grow(40)).isTrue();
      assertThat(granted.reservation().grow(1)).isFalse();
    }
  }

  @Test
  void theQuotaOfASetBindsItAlone() throws Exception {
    try (var web = SharedRoom.join(root.resolve("rooms"), "Web")) {
      var area = StagingArea.open(staging("Web", Optional.of(new ByteSize(20))), web);

      assertThat(area.reserve(IMAGE, 21)).isEqualTo(new ReserveResult.TooLarge(20));
      assertThat(area.reserve(IMAGE, 20)).isInstanceOf(ReserveResult.Granted.class);
    }
  }

  @Test
  void promisesOfADeadRunDoNotCount() throws Exception {
    try (var web = SharedRoom.join(root.resolve("rooms"), "Web")) {
      open("Web", web).reserve(IMAGE, 70);
    }
    try (var mail = SharedRoom.join(root.resolve("rooms"), "Mail")) {
      assertThat(open("Mail", mail).figures().available()).isEqualTo(100);
    }
  }

  @Test
  void aSetTellsTheOthersWhetherItsImagesLeave() throws Exception {
    try (var web = SharedRoom.join(root.resolve("rooms"), "Web");
        var mail = SharedRoom.join(root.resolve("rooms"), "Mail")) {
      var first = open("Web", web);
      var second = open("Mail", mail);

      first.draining(true);
      assertThat(second.othersDrain()).isTrue();
      first.draining(false);
      assertThat(second.othersDrain()).isFalse();
    }
  }

  private StagingArea open(String set, SharedRoom shared) throws IOException {
    return StagingArea.open(staging(set, Optional.empty()), shared);
  }

  private Staging staging(String set, Optional<ByteSize> quota) {
    return new Staging("Scratch", root.resolve(set), Optional.of(LIMIT), quota, new ByteSize(0));
  }
}
