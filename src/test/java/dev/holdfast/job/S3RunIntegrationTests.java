package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.HoldfastProcess;
import dev.holdfast.fixture.S3Server;
import dev.holdfast.fixture.Scene;
import dev.holdfast.fixture.Trees;
import dev.holdfast.fixture.WrongAnswers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The real command with its volumes in a bucket, over S3Proxy.
@Execution(ExecutionMode.CONCURRENT)
class S3RunIntegrationTests {
  private static final int KILLED = 137;
  private static final String CLOSED = "http://127.0.0.1:9";

  @TempDir Path root;
  private final S3Server server = S3Server.inMemory();
  private final String bucket = server.newBucket();
  private Scene scene;

  @BeforeEach
  void declare() throws IOException {
    scene = Scene.in(root);
    scene
        .repository()
        .file(
            "jobs/project.yaml",
            """
            kind: Project
            name: Test
            timezone: UTC
            policies: { allowPlainHttp: ["127.0.0.1"] }
            """);
    secret("access", S3Server.KEY);
    secret("secret", S3Server.SECRET);
    at(server.endpoint());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whatWasBackedUpComesBackFromTheBucketAlone() throws IOException {
    var holdfast = scene.holdfast();
    var first = holdfast.start(Map.of(), "run", "Demo", "--level", "0");
    var seen = commandLine(first);
    first.await().expect(0);
    scene.change(2);
    var second = holdfast.run("run", "Demo", "--level", "1", "-vv", "-o", "json").expect(0);
    var images = holdfast.run("list", "images", "Demo", "-o", "jsonl").expect(0).out();
    var check = holdfast.run("storage", "check", "Vault", "-o", "json");
    assertThat(seen).doesNotContain(S3Server.SECRET);
    assertThat(second.out() + second.err() + check.out() + check.err())
        .doesNotContain(S3Server.SECRET);
    assertThat(filesWith(S3Server.SECRET, root.resolve("state"))).isEmpty();
    Trees.output("rm", "-r", root.resolve("state").toString(), root.resolve("scratch").toString());

    holdfast.run("catalog", "rebuild", "Demo").expect(0);

    assertThat(holdfast.run("list", "images", "Demo", "-o", "jsonl").expect(0).out())
        .isEqualTo(images);
    holdfast.run("catalog", "check", "Demo").expect(0);
    holdfast.run("verify", "Demo").expect(0);
    assertRestored(holdfast, "back");
    scene.change(3);
    assertThat(holdfast.run("run", "Demo", "-o", "json", "--level", "2").expect(0).out())
        .contains("\"level\": 2");
    assertRestored(holdfast, "again");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "label-written",
        "media-part-synced:2",
        "media-part-recorded",
        "volume-changed",
        "manifest-synced",
        "toc-written"
      })
  void aRunThatIsKilledIsContinuedAndLeavesNothing(String point) {
    var holdfast = scene.holdfast();
    holdfast.crashAt(point, "run", "Demo").expect(KILLED);
    scene.change(2);

    holdfast.run("run", "Demo").expect(0);

    holdfast.run("catalog", "check", "Demo").expect(0);
    holdfast.run("verify", "Demo").expect(0);
    holdfast.run("run", "Demo", "--level", "0").expect(0);
    assertRestored(holdfast, "back");
  }

  @Test
  void aBucketThatIsAwayLeavesEverythingInStagingUntilItIsBack() {
    var holdfast = scene.holdfast();
    holdfast.run("run", "Demo").expect(0);
    scene.change(2);
    at(CLOSED);

    assertThat(holdfast.run("run", "Demo").expect(75).out())
        .contains("cannot be reached to list prod/")
        .contains("images wait in staging");
    assertRestoredFromStaging(holdfast);
    assertThat(holdfast.run("storage", "check").expect(75).out()).contains("cannot be reached");
    at(server.endpoint());
    holdfast.run("flush", "Demo").expect(0);
    assertThat(holdfast.run("list", "images", "Demo").expect(0).out())
        .contains("STORED")
        .doesNotContain("STAGED");
    holdfast.run("verify", "Demo").expect(0);
  }

  /// Whoever looks after the first one is told at once: nothing but the first look is repeated.
  @Test
  void aRunWaitsOnceForABucketThatIsAwayHoweverOftenItLooks() {
    try (var away = WrongAnswers.before(URI.create(server.endpoint()).getPort()).down()) {
      scene.holdfast().run("run", "Demo").expect(0);
      scene.change(2);
      at(away.endpoint());

      scene.holdfast().run("run", "Demo").expect(75);

      assertThat(away.triedAgain()).isEqualTo(1);
    }
  }

  @Test
  void aSecretWithoutAValueIsToldBeforeAnythingIsDumped() throws IOException {
    Files.delete(root.resolve("secret"));

    var run = scene.holdfast().run("run", "Demo").expect(12);

    assertThat(run.err())
        .contains("secret from file " + root.resolve("secret") + ": cannot be read")
        .contains("no such file");
    secret("secret", S3Server.SECRET);
    assertThat(scene.holdfast().run("list", "images", "Demo").exit()).isEqualTo(4);
  }

  /// On a new machine, where a storage that cannot be read also hides what was backed up before.
  @Test
  void aFirstRunWithAWrongKeyOrBucketSaysWhatToCorrect() throws IOException {
    secret("secret", "another-than-the-server-knows");

    assertThat(scene.holdfast().run("run", "Demo").expect(31).err())
        .contains("the credentials are not accepted (SignatureDoesNotMatch)")
        .contains("HINT: renew them where s3.credentials points to")
        .doesNotContain("\\n");
    secret("secret", S3Server.SECRET);
    at(server.endpoint(), "another-bucket");
    assertThat(scene.holdfast().run("run", "Demo").expect(31).err())
        .contains("there is no such bucket")
        .contains("HINT: create it, or correct s3.bucket");
    assertThat(scene.holdfast().run("list", "images").expect(31).err())
        .contains("HINT: create it, or correct s3.bucket");
    at(server.endpoint());
    scene.holdfast().run("run", "Demo").expect(0);
  }

  @Test
  void plainHttpToAHostThatNoPolicyNamesIsRefused() {
    scene.repository().file("jobs/project.yaml", "kind: Project\nname: Test\ntimezone: UTC\n");

    assertThat(scene.holdfast().run("validate").expect(11).out())
        .contains("data would travel to 127.0.0.1 without TLS, which no policy allows");
    scene.holdfast().run("run", "Demo").expect(11);
  }

  @Test
  void usageTellsWhatIsUsedAndWhatItCosts() {
    scene.holdfast().run("run", "Demo").expect(0);

    assertThat(scene.holdfast().run("storage", "usage", "Vault", "-o", "json").expect(0).out())
        .contains("\"storage\": \"Vault\"")
        .contains("\"currency\": \"EUR\"");
  }

  private void at(String endpoint) {
    at(endpoint, bucket);
  }

  private void at(String endpoint, String bucket) {
    scene
        .repository()
        .file(
            "storage/vault.yaml",
            """
            kind: Storage
            name: Vault
            type: s3
            s3:
              endpoint: %s
              tls: false
              bucket: %s
              prefix: prod
              retryFor: 3s
              idleTimeout: 2s
              vtapes: { size: 3MiB }
              prices: { currency: EUR, gbMonth: "0.02" }
              credentials:
                accessKey: { secretRef: { file: %s } }
                secretKey: { secretRef: { file: %s } }
            """
                .formatted(endpoint, bucket, root.resolve("access"), root.resolve("secret")));
  }

  private void secret(String name, String value) throws IOException {
    var file = Files.writeString(root.resolve(name), value + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private void assertRestored(HoldfastProcess holdfast, String name) {
    var back = root.resolve(name);
    holdfast.run("restore", "Demo", "--to", back.toString()).expect(0);
    assertThat(Trees.differences(scene.tree(), back.resolve(scene.tree().toString().substring(1))))
        .isEmpty();
  }

  private void assertRestoredFromStaging(HoldfastProcess holdfast) {
    var waiting = scene.set().images().getFirst();
    assertThat(waiting.state()).isEqualTo("STAGED");
    if (waiting.level().value() == 0) {
      assertRestored(holdfast, "from-staging");
    }
  }

  private static String commandLine(HoldfastProcess.Running running) {
    var seen = new StringBuilder();
    for (int look = 0; look < 10 && running.process().isAlive(); look++) {
      running
          .process()
          .toHandle()
          .info()
          .arguments()
          .ifPresent(words -> seen.append(String.join(" ", words)));
      Thread.onSpinWait();
    }
    return seen.toString();
  }

  private static List<Path> filesWith(String text, Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(file -> holds(file, text)).toList();
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
