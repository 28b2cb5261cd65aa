package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.fixture.HoldfastProcess;
import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.S3Requests;
import dev.holdfast.fixture.S3Server;
import dev.holdfast.fixture.TarGate;
import dev.holdfast.fixture.Trees;
import dev.holdfast.fixture.WrongAnswers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The real command, whose first part is in the bucket before the dump has written the second.
@Execution(ExecutionMode.CONCURRENT)
class SendingAheadIntegrationTests {
  private static final int KILLED = 137;
  private static final int FILES = 2;
  private static final int BYTES = 36_000_000;

  /// By far enough: frames that are under way when the gate closes are not yet in a part.
  private static final int IN_THE_SECOND_PART = 65_000_000;

  @TempDir Path root;
  private final S3Server server = S3Server.inMemory();
  private final String bucket = server.newBucket();
  private final S3Requests requests =
      S3Requests.with(server.endpoint(), S3Server.KEY, S3Server.SECRET);
  private Repository repository;
  private HoldfastProcess holdfast;
  private Path tree;

  @BeforeEach
  void declare() throws IOException {
    tree = root.resolve("tree");
    repository = Repository.in(root).source("Tree", tree);
    staged("{ ref: Scratch, mode: auto }");
    repository.file(
        "jobs/project.yaml",
        "kind: Project\nname: Test\ntimezone: UTC\npolicies: { allowPlainHttp: [\"127.0.0.1\"] }\n");
    holdfast = new HoldfastProcess(repository.folder(), root.resolve("state"));
    at(server.endpoint());
    change(1);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aPartIsInTheBucketWhileItsDumpStillRuns() throws IOException {
    var gate = TarGate.behind(IN_THE_SECOND_PART, root.resolve("gate"));
    var run = holdfast.start(gate.environment(), "run", "Demo");

    awaitFirstPart();

    assertThat(holdfast.run("list", "images", "Demo", "-o", "jsonl").out())
        .doesNotContain("STORED")
        .doesNotContain("STAGED");
    await()
        .atMost(100, TimeUnit.SECONDS)
        .until(() -> holdfast.run("catalog", "check", "Demo").exit() == 0);
    gate.open();
    run.await().expect(0);
    holdfast.run("verify", "Demo").expect(0);
    isWhole("back");
    assertThat(keys("p0001")).hasSize(1);
  }

  @Test
  void aDirectDumpSendsItsPartsWhileTheyAreFormed() throws IOException {
    staged("{ mode: never }");
    var gate = TarGate.behind(IN_THE_SECOND_PART, root.resolve("gate"));
    var run = holdfast.start(gate.environment(), "run", "Demo");

    awaitFirstPart();

    gate.open();
    run.await().expect(0);
    isWhole("back");
  }

  @ParameterizedTest
  @ValueSource(strings = {"piece-sent-ahead", "media-part-synced", "media-part-recorded"})
  void aRunThatIsKilledMeanwhileIsContinuedAndLeavesNothing(String point) throws IOException {
    var gate = TarGate.behind(IN_THE_SECOND_PART, root.resolve("gate"));
    var killed = new HashMap<>(gate.environment());
    killed.put("HOLDFAST_CRASH_AT", point);
    holdfast.start(killed, "run", "Demo").await().expect(KILLED);
    gate.open();
    change(2);

    holdfast.run("run", "Demo").expect(0);

    isWhole("back");
    assertThat(keys("p0001")).hasSize(1);
    assertThat(uploads()).isZero();
  }

  @Test
  void whatWasSentOfADumpThatFailedIsNoPartOfTheNextAttempt() throws IOException {
    var gate = TarGate.behind(IN_THE_SECOND_PART, root.resolve("gate"));
    var run = holdfast.start(gate.environment(), "run", "Demo");
    awaitFirstPart();
    var first = ProcessHandle.of(gate.waiting().getFirst()).orElseThrow();
    change(2);
    gate.open();
    first.descendants().forEach(ProcessHandle::destroyForcibly);
    first.destroyForcibly();

    run.await().expect(0);

    isWhole("back");
    holdfast.run("run", "Demo", "--level", "0").expect(0);
    isWhole("again");
    assertThat(keys("p0001")).hasSize(2);
    assertThat(uploads()).isZero();
  }

  @Test
  void aBucketThatGoesAwayMeanwhileLeavesTheImageInStaging() throws IOException {
    try (var failing = WrongAnswers.before(URI.create(server.endpoint()).getPort())) {
      at(failing.endpoint());
      failing.next(10_000, "PUT", "partNumber", WrongAnswers.error(503, "SlowDown"));

      holdfast.run("run", "Demo").expect(75);

      assertThat(holdfast.run("list", "images", "Demo", "-o", "jsonl").expect(0).out())
          .contains("STAGED");
    }
    at(server.endpoint());
    holdfast.run("flush", "Demo").expect(0);
    isWhole("back");
    assertThat(uploads()).isZero();
  }

  private void staged(String use) {
    repository.file(
        "backupsets/demo.yaml",
        """
        kind: BackupSet
        name: Demo
        what: { sources: [Tree] }
        where: { storage: Vault }
        media: { partSize: 33MiB }
        staging: { use: %s }
        """
            .formatted(use));
  }

  private void awaitFirstPart() {
    await().atMost(100, TimeUnit.SECONDS).until(() -> !keys("p0001").isEmpty());
  }

  private void isWhole(String name) throws IOException {
    holdfast.run("catalog", "check", "Demo").expect(0);
    var back = root.resolve(name);
    holdfast.run("restore", "Demo", "--to", back.toString()).expect(0);
    assertThat(Trees.differences(tree, back.resolve(tree.toString().substring(1)))).isEmpty();
  }

  private List<String> keys(String end) {
    return requests.keys(bucket).stream().filter(key -> key.endsWith(end)).toList();
  }

  private int uploads() {
    return requests.client().listMultipartUploads(list -> list.bucket(bucket)).uploads().size();
  }

  private void change(long seed) throws IOException {
    Files.createDirectories(tree);
    var random = new Random(seed);
    for (int file = 0; file < FILES; file++) {
      var content = new byte[BYTES];
      random.nextBytes(content);
      Files.write(tree.resolve("file" + file), content);
    }
  }

  private void at(String endpoint) {
    repository.file(
        "storage/vault.yaml",
        """
        kind: Storage
        name: Vault
        type: s3
        s3:
          endpoint: %s
          tls: false
          bucket: %s
          retryFor: 3s
          credentials:
            accessKey: { secretRef: { file: %s } }
            secretKey: { secretRef: { file: %s } }
        """
            .formatted(
                endpoint,
                bucket,
                repository.secret("access", S3Server.KEY),
                repository.secret("secret", S3Server.SECRET)));
  }
}
