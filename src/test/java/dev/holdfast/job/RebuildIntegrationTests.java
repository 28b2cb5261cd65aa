package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.HoldfastProcess;
import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The state directory is lost with all that is in it; the volumes are not.
class RebuildIntegrationTests {
  @TempDir Path root;

  @Test
  void aRebuiltCatalogRestoresEveryPointAndTheNextIncrementalContinuesTheChain()
      throws IOException {
    var data = Trees.fill(root.resolve("data"), 40, 60_000, 1);
    var repository = Repository.in(root).volumesOf("2MiB");
    repository.source("Web", data).set(List.of("Web"), "");
    var holdfast = new HoldfastProcess(repository.folder(), root.resolve("state"));
    holdfast.run("run", "Demo", "-q", "--level", "0").expect(0);
    var full = copy(data, "full");
    Files.move(data.resolve("sub0"), data.resolve("renamed"));
    Files.delete(data.resolve("file1.bin"));
    holdfast.run("run", "Demo", "-q", "--level", "1").expect(0);
    var images = images(holdfast);
    Trees.output("rm", "-r", root.resolve("state").toString(), root.resolve("scratch").toString());

    assertThat(holdfast.run("ls", "Demo/Web").expect(0).err())
        .contains("catalog refilled from the snapshot of run ");
    assertThat(images(holdfast)).isEqualTo(images);
    holdfast.run("catalog", "rebuild", "Demo").expect(0);

    assertThat(images(holdfast)).isEqualTo(images);
    holdfast.run("catalog", "check", "Demo").expect(0);
    holdfast.run("verify", "Demo").expect(0);
    assertThat(restored(holdfast, data, images.getLast(), full)).isEmpty();
    assertThat(restored(holdfast, data, images.getFirst(), data)).isEmpty();

    Files.writeString(data.resolve("later"), "later");
    var run = holdfast.run("run", "Demo", "-o", "json", "--level", "1").expect(0).out();
    assertThat(run).contains("\"level\": 1");
    var continued = images(holdfast);
    assertThat(continued).hasSize(3).endsWith(images.toArray(String[]::new));
    var report =
        holdfast.run("restore", "Demo", "--to", root.resolve("new").toString()).expect(0).out();
    assertThat(report)
        .contains("level 0 image " + images.getLast())
        .contains("level 1 image " + continued.getFirst())
        .doesNotContain(images.getFirst());
    assertThat(Trees.differences(data, root.resolve("new").resolve(data.toString().substring(1))))
        .isEmpty();
  }

  private String restored(HoldfastProcess holdfast, Path data, String image, Path expected) {
    var back = root.resolve("back-" + image);
    holdfast.run("restore", "Demo", "--image", image, "--to", back.toString()).expect(0);
    return Trees.differences(expected, back.resolve(data.toString().substring(1)));
  }

  private Path copy(Path data, String name) {
    Trees.output("cp", "-a", data.toString(), root.resolve(name).toString());
    return root.resolve(name);
  }

  /// Newest first.
  private static List<String> images(HoldfastProcess holdfast) {
    return holdfast
        .run("list", "images", "Demo", "-o", "jsonl")
        .expect(0)
        .out()
        .lines()
        .filter(line -> line.contains("\"type\":\"row\""))
        .map(line -> line.replaceFirst(".*?\"image\":\"([^\"]+)\".*", "$1"))
        .toList();
  }
}
