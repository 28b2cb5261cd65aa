package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.HoldfastProcess;
import dev.holdfast.fixture.MountedDisk;
import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A source of `/`: the real command in a small root directory of its own, a file system in memory
/// in which the machine's programs, the configuration and the storage are mounted. Needs root.
@Execution(ExecutionMode.CONCURRENT)
class WholeMachineIntegrationTests {
  private static final int LARGE = 700_000;

  @TempDir Path folder;
  private MountedDisk disk;
  private HoldfastProcess holdfast;

  @BeforeEach
  void aSmallMachine() throws IOException {
    disk = MountedDisk.at(folder.resolve("machine"), "64m");
    write("srv/www/page", "as it was");
    Files.write(at("srv/www/large"), new byte[LARGE]);
    write("srv/www/tmp/upload", "left out by a path");
    write("srv/cache/kept", "the pattern names another folder");
    write("cache/gone", "left out by a path at the top");
    write("home/ada/.cache/thumb", "left out by a name");
    write("home/ada/letter", "kept");
    write("top", "a file of the root directory itself");
    Files.createLink(at("home/ada/top-too"), at("top"));
    Files.createSymbolicLink(at("srv/link"), Path.of("/srv/www/page"));
    var work = folder.resolve("work");
    var repository =
        Repository.in(work)
            .source(
                "Machine",
                Path.of("/"),
                "exclude: [/srv/www/tmp, /cache/**, .cache, %s]".formatted(folder))
            .set(List.of("Machine"), "");
    holdfast =
        new HoldfastProcess(repository.folder(), work.resolve("state"))
            .copiedTo(work.resolve("program"))
            .through(
                "unshare",
                "--mount",
                "sh",
                "-ec",
                ENTER,
                disk.point().toString(),
                work.toString(),
                System.getProperty("java.home"));
  }

  /// Mounts what a program needs, and starts it with the small machine's root directory.
  private static final String ENTER =
      """
      machine=$0 work=$1 java=$2; shift 2
      for shown in /usr /bin /lib /lib64 /etc /dev /proc "$java" "$work"; do
        [ -e "$shown" ] || continue
        mkdir -p "$machine$shown"
        mount --rbind "$shown" "$machine$shown"
      done
      mkdir -p "$machine/tmp"
      exec chroot "$machine" "$@"
      """;

  @AfterEach
  void goes() {
    disk.close();
  }

  /// A directory that moved is dumped anew, everything else that is in its place is not.
  @Test
  void anIncrementalHoldsWhatChangedAndTheMachineComesBackWithoutWhatIsExcluded()
      throws IOException {
    holdfast.run("run", "Demo").expect(0);
    write("srv/www/page", "as it is");
    Files.delete(at("home/ada/letter"));
    Files.move(at("srv/cache"), at("srv/kept"));
    holdfast.run("run", "Demo", "--level", "1").expect(0);

    var images = json("list", "images").at("/images");
    assertThat(images.at("/1/raw").asLong()).as("of the full").isGreaterThan(LARGE);
    assertThat(images.at("/0/level").asInt()).isEqualTo(1);
    assertThat(images.at("/0/raw").asLong()).as("of the level 1").isLessThan(LARGE / 2);
    var back = folder.resolve("work/back");
    holdfast.run("restore", "Demo", "--to", back.toString()).expect(0);
    assertThat(differences(back)).isEmpty();
  }

  /// Beside what is excluded: what the JVM keeps open in `/tmp`, and the mode of a mount point.
  private String differences(Path back) {
    return Trees.output(
        "rsync",
        "-nrlHpgoic",
        "--delete",
        "--one-file-system",
        "--exclude=/srv/www/tmp",
        "--exclude=/cache/*",
        "--exclude=.cache",
        "--exclude=/proc",
        "--exclude=/tmp/hsperfdata_*",
        "--exclude=" + folder,
        disk.point() + "/",
        back + "/");
  }

  private JsonNode json(String... words) {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("-o", "json"));
    return JsonMapper.shared().readTree(holdfast.run(all.toArray(String[]::new)).expect(0).out());
  }

  private void write(String path, String text) throws IOException {
    Files.createDirectories(at(path).getParent());
    Files.writeString(at(path), text);
  }

  private Path at(String path) {
    return disk.point().resolve(path);
  }
}
