package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.HoldfastProcess;
import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A user who is not root backs up what may be read, and is told what could not be.
class UnprivilegedIntegrationTests {
  private static final String NOBODY = "65534";

  @TempDir Path root;
  Path data;
  HoldfastProcess holdfast;

  @BeforeEach
  void aUserWithAStateDirectory() throws IOException {
    data = Trees.fill(root.resolve("data"), 12, 5000, 1);
    Files.writeString(data.resolve("secret"), "for root only");
    Files.createDirectories(data.resolve("closed/inner"));
    Files.writeString(data.resolve("closed/inner/file"), "inner");
    Trees.output("chmod", "600", data.resolve("secret").toString());
    Trees.output("chmod", "700", data.resolve("closed").toString());
    var repository = Repository.in(root).source("Web", data).set(List.of("Web"), "");
    for (var own : List.of("home", "home/state", "vault", "scratch")) {
      Files.createDirectories(root.resolve(own));
    }
    holdfast =
        new HoldfastProcess(repository.folder(), root.resolve("home/state"))
            .copiedTo(root.resolve("program"))
            .through("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--");
    Trees.output(
        "sh",
        "-ec",
        "cd \"$1\"; chmod 755 .; chmod 700 scratch; chmod -R a+rX config program; chown -R $2:$2 home vault scratch",
        "sh",
        root.toString(),
        NOBODY);
  }

  @Test
  void whatCannotBeReadIsNamedAndTheRestComesBack() {
    var run = holdfast.run("run", "Demo").expect(3).out();
    assertThat(run).contains("unreadable").contains("/secret").contains("/closed");

    var back = root.resolve("home/back");
    var restore = holdfast.run("restore", "Demo", "--to", back.toString()).expect(50).out();

    assertThat(restore)
        .contains("owners were not restored: that needs root")
        .contains(data + "/secret: vanished or was unreadable while it was dumped");
    var differences =
        Trees.output(
            "rsync",
            "-nrltpic",
            "--delete",
            "--exclude=/secret",
            "--exclude=/closed",
            data + "/",
            back.resolve(data.toString().substring(1)) + "/");
    assertThat(differences).isEmpty();
  }

  @Test
  void aTreeThatCanBeReadIsWholeAndIncrementalsFollow() throws IOException {
    Trees.output("rm", "-r", data.resolve("secret").toString(), data.resolve("closed").toString());
    holdfast.run("run", "Demo").expect(0);
    Files.move(data.resolve("sub0"), data.resolve("moved"));
    holdfast.run("run", "Demo", "--level", "1").expect(0);

    var back = root.resolve("home/back");
    holdfast.run("restore", "Demo", "--to", back.toString()).expect(0);
    holdfast.run("verify", "Demo").expect(0);
    holdfast.run("catalog", "check", "Demo").expect(0);

    assertThat(
            Trees.output(
                "rsync",
                "-nrltpic",
                "--delete",
                data + "/",
                back.resolve(data.toString().substring(1)) + "/"))
        .isEmpty();
  }
}
