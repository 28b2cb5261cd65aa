package dev.holdfast.source.driver.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.fixture.Trees;
import dev.holdfast.io.SinkException;
import dev.holdfast.model.SetName;
import dev.holdfast.model.SourceKey;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.WarningClass;
import dev.holdfast.model.declared.Expect;
import dev.holdfast.model.declared.Filesystem;
import dev.holdfast.model.declared.Tolerate;
import dev.holdfast.source.DumpOutcome;
import dev.holdfast.source.DumpRequest;
import dev.holdfast.source.EstimateRequest;
import dev.holdfast.source.Readiness;
import dev.holdfast.source.ToleranceVerdict;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesystemDriverTests {
  private static final SourceKey KEY = new SourceKey(new SetName("Demo"), new SourceName("Tree"));

  @TempDir Path root;

  @Test
  void dumpsWhatTarExtractsAgain() throws Exception {
    var tree = Trees.fill(root.resolve("tree"), 10, 1000, 1);
    var out = new ByteArrayOutputStream();

    var outcome = driver(tree, List.of()).dump(request("s", Optional.empty()), out);

    assertThat(outcome).isInstanceOf(DumpOutcome.Complete.class);
    var target = Files.createDirectory(root.resolve("target"));
    var extracted =
        driver(tree, List.of()).extract(new ByteArrayInputStream(out.toByteArray()), target);
    assertThat(extracted.complete()).isTrue();
    assertThat(Trees.differences(tree, target.resolve(tree.toString().substring(1)))).isEmpty();
  }

  @Test
  void excludesStayWithinANameUnlessTheySayOtherwise() throws Exception {
    var tree = Trees.fill(root.resolve("tree"), 1, 10, 1);
    for (var name :
        List.of("a.bak", "sub/b.bak", "sub/.cache/x", "top.tmp", "sub/deep.tmp", "k/l/m")) {
      Files.createDirectories(tree.resolve(name).resolveSibling("."));
      Files.writeString(tree.resolve(name), "x");
    }

    var out = new ByteArrayOutputStream();
    driver(tree, List.of("**/*.bak", ".cache", tree + "/*.tmp", tree + "/k/**"))
        .dump(request("s", Optional.empty()), out);

    Files.write(root.resolve("a.tar"), out.toByteArray());
    var names = Trees.output("tar", "-tvf", root.resolve("a.tar").toString());
    assertThat(names).contains("sub/deep.tmp").contains("/k/");
    assertThat(names)
        .doesNotContain("bak")
        .doesNotContain(".cache")
        .doesNotContain("top.tmp")
        .doesNotContain("k/l");
  }

  @Test
  void aVanishedAChangedAndAShrunkFileAreToldApart() throws Exception {
    var tree = Trees.fill(root.resolve("tree"), 1, 10, 1);
    Files.write(tree.resolve("b"), new byte[8 << 20]);
    Files.write(tree.resolve("c"), new byte[8 << 20]);
    Files.write(tree.resolve("d"), new byte[8 << 20]);
    Files.write(tree.resolve("zz"), new byte[10]);
    var sink =
        new Racing(
            () -> {
              Trees.output("truncate", "-s", "100", tree.resolve("c").toString());
              Trees.output("sh", "-c", "echo more >>" + tree.resolve("b"));
              Trees.output("rm", tree.resolve("zz").toString());
            });

    var outcome =
        (DumpOutcome.Complete) driver(tree, List.of()).dump(request("s", Optional.empty()), sink);

    // the directory that lost a name changed too, which tar notices on some kernels only
    assertThat(outcome.warnings().count(WarningClass.CHANGED)).isBetween(1L, 2L);
    assertThat(outcome.warnings().samples())
        .anyMatch(line -> line.endsWith("b: file changed as we read it"));
    assertThat(outcome.warnings().count(WarningClass.VANISHED)).isEqualTo(1);
    assertThat(outcome.verdict()).isInstanceOf(ToleranceVerdict.Good.class);
  }

  @Test
  void aFileThatShrinksWhileItIsReadIsDamagedInTheImage() throws Exception {
    var tree = Files.createDirectory(root.resolve("tree"));
    Files.write(tree.resolve("c"), new byte[32 << 20]);
    Trees.output("sh", "-c", "head -c 33554432 /dev/urandom >" + tree.resolve("c"));
    var sink =
        new Racing(() -> Trees.output("truncate", "-s", "100", tree.resolve("c").toString()));

    var outcome =
        (DumpOutcome.Complete) driver(tree, List.of()).dump(request("s", Optional.empty()), sink);

    assertThat(outcome.warnings().damaged())
        .containsExactly(tree.resolve("c").toString().substring(1));
    assertThat(outcome.verdict())
        .isEqualTo(
            new ToleranceVerdict.Partial("1 file shrank while they were read (tolerated 0)"));
  }

  @Test
  void aFailingSinkIsNotTheSourcesFaultAndEndsTar() {
    var tree = Trees.fill(root.resolve("tree"), 50, 100_000, 1);
    var full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };

    assertThatThrownBy(() -> driver(tree, List.of()).dump(request("s", Optional.empty()), full))
        .isInstanceOf(SinkException.class)
        .hasMessage("No space left on device");
  }

  @Test
  void aSourceThatIsNotThereIsNotReady() throws Exception {
    var gone = driver(root.resolve("gone"), List.of());

    assertThat(gone.probe()).isInstanceOf(Readiness.NotReady.class);
    assertThat(gone.dump(request("s", Optional.empty()), OutputStream.nullOutputStream()))
        .isInstanceOf(DumpOutcome.Failed.class);
  }

  @Test
  void aFileSystemThatIsNotMountedIsAway() throws Exception {
    var folder = Trees.fill(root.resolve("mnt"), 1, 10, 1);

    assertThat(((Readiness.Away) mounted(folder).probe()).problem().text())
        .isEqualTo(
            "source Demo/Tree: %s is not a mount point, so its file system is not there\n"
                    .formatted(folder)
                + "HINT: mount it, or drop expect.mountpoint");
    assertThat(((Readiness.Away) mounted(root.resolve("gone")).probe()).problem().fact())
        .isEqualTo(root.resolve("gone") + " does not exist, so its file system is not there");
    assertThat(
            mounted(folder).dump(request("s", Optional.empty()), OutputStream.nullOutputStream()))
        .isInstanceOf(DumpOutcome.Failed.class);
  }

  @Test
  void anEmptySourceIsNotReady() throws Exception {
    var empty = Files.createDirectory(root.resolve("empty"));

    assertThat(((Readiness.NotReady) driver(empty, List.of()).probe()).problem().text())
        .isEqualTo(
            "source Demo/Tree: there is not a single entry below its paths\n"
                + "HINT: set expect.allowEmpty if so");
  }

  @Test
  void aHostilePathIsAName() throws Exception {
    var tree = Files.createDirectory(root.resolve("--checkpoint-action=exec=touch x"));
    Files.writeString(tree.resolve("f"), "x");

    var outcome =
        driver(tree, List.of())
            .dump(request("s", Optional.empty()), OutputStream.nullOutputStream());

    assertThat(outcome).isInstanceOf(DumpOutcome.Complete.class);
  }

  @Test
  void theBoundIsNotBelowTheMeasure() throws Exception {
    var tree = Trees.fill(root.resolve("tree"), 10, 1000, 1);
    var driver = driver(tree, List.of());

    assertThat(driver.bound().bytes())
        .isGreaterThan(driver.measure(estimate(), Duration.ofMinutes(5)).bytes());
  }

  @Test
  void aFullIsMeasuredAsItIsDumped() throws Exception {
    var tree = Trees.fill(root.resolve("tree"), 300, 20_000, 1);
    Files.createDirectories(tree.resolve("deep/er"));
    Files.createLink(tree.resolve("deep/er/hard"), tree.resolve("file1.bin"));
    Trees.output("truncate", "-s", "1G", tree.resolve("sparse").toString());
    var driver = driver(tree, List.of("file2.bin"));
    var dumped = new ByteArrayOutputStream();

    driver.dump(request("s", Optional.empty()), dumped);

    assertThat(driver.measure(estimate(), Duration.ofMinutes(5)).bytes())
        .isCloseTo((long) dumped.size(), Percentage.withPercentage(2));
  }

  @Test
  void aLinkIsNotWhatItPointsTo() throws Exception {
    var tree = Trees.fill(root.resolve("tree"), 1, 10, 1);
    var link = Files.createSymbolicLink(root.resolve("link"), tree);

    assertThat(((Readiness.NotReady) driver(link, List.of()).probe()).problem().text())
        .isEqualTo(
            "source Demo/Tree: "
                + link
                + " is a symbolic link, and a dump would hold nothing but the link\n"
                + "HINT: name in 'paths' what it points to: "
                + tree);
  }

  @Test
  void aFullWithoutAMemberIsNoGoodDump() {
    var driver = driver(root, List.of());

    assertThat(driver.missing(0).map(problem -> problem.fact()))
        .contains("the dump holds not a single member");
    assertThat(driver.missing(1)).isEmpty();
  }

  @Test
  void aFullWithFewerMembersThanExpectedIsNoGoodDump() {
    var expect = new Expect(false, List.of(), Optional.of(100L), false);
    var driver =
        new FilesystemDriver(
            KEY,
            new Filesystem(List.of(root.toString()), List.of(), true, expect, Tolerate.defaults()));

    assertThat(driver.missing(99).map(problem -> problem.fact()))
        .contains("the full holds 99 members, expect.minFiles is 100");
    assertThat(driver.missing(100)).isEmpty();
  }

  private EstimateRequest estimate() {
    return new EstimateRequest(Optional.empty(), root);
  }

  private DumpRequest request(String snapshot, Optional<Path> base) {
    return new DumpRequest(base, root.resolve(snapshot), Duration.ofSeconds(20));
  }

  private static FilesystemDriver driver(Path tree, List<String> exclude) {
    return new FilesystemDriver(
        KEY,
        new Filesystem(
            List.of(tree.toString()), exclude, true, Expect.nothing(), Tolerate.defaults()));
  }

  private static FilesystemDriver mounted(Path point) {
    return new FilesystemDriver(
        KEY,
        new Filesystem(
            List.of(point.toString()),
            List.of(),
            true,
            new Expect(true, List.of(), Optional.empty(), false),
            Tolerate.defaults()));
  }

  /// Does something to the source once its first bytes have arrived; tar waits meanwhile.
  private static final class Racing extends OutputStream {
    private final Runnable deed;
    private boolean done;

    Racing(Runnable deed) {
      this.deed = deed;
    }

    @Override
    public void write(int b) {
      throw new IllegalStateException("the pump writes blocks");
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      if (!done) {
        done = true;
        deed.run();
      }
    }
  }
}
