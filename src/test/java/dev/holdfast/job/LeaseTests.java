package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.io.ProcessMark;
import dev.holdfast.job.Lease.Result.Away;
import dev.holdfast.job.Lease.Result.Broken;
import dev.holdfast.job.Lease.Result.Granted;
import dev.holdfast.job.Lease.Result.Refused;
import dev.holdfast.media.Shelf;
import dev.holdfast.media.driver.disk.DiskStorage;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.Disk;
import dev.holdfast.model.declared.Threshold;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The record on the storage as two state directories, `a` and `b`, see it.
class LeaseTests {
  private static final SetName DEMO = new SetName("Demo");
  private static final String NAME = "Demo/lease";
  private static final Duration OFTEN = Duration.ofMillis(40);

  /// No kernel has this boot id, so nothing is known of its processes.
  private static final ProcessMark ELSEWHERE =
      new ProcessMark("far", "00000000-0000-4000-8000-000000000000", "pid:[1]", 4711, 1);

  @TempDir Path root;
  private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void mounted() throws IOException {
    Files.createDirectory(vault());
  }

  @Test
  void theFirstIsGrantedAndTheSecondRefusedUntilItIsGivenBack() throws Exception {
    try (var first = lease("a", OFTEN)) {
      assertThat(first.acquire(Duration.ZERO)).isInstanceOf(Granted.class);
      first.run(new RunId("run1"));
      try (var second = lease("b", OFTEN)) {
        var refused = (Refused) second.acquire(Duration.ZERO);
        assertThat(refused.problem().fact())
            .startsWith("another run holds its storage: run run1 on host ")
            .contains("(process " + ProcessHandle.current().pid() + ") since ")
            .endsWith("; nothing was written");
        assertThat(first.check()).isInstanceOf(Granted.class);
      }
    }
    try (var second = lease("b", OFTEN)) {
      assertThat(second.acquire(Duration.ZERO)).isInstanceOf(Granted.class);
    }
    assertThat(record().generation()).isEqualTo(2);
    assertThat(notes).isEmpty();
  }

  @Test
  void oneStateDirectoryAloneIsToldThatNobodyElseWrote() throws Exception {
    assertThat(grantedOnce("a")).isEqualTo(new Granted(false));
    assertThat(grantedOnce("a")).isEqualTo(new Granted(true));
    assertThat(grantedOnce("b")).isEqualTo(new Granted(false));
    assertThat(grantedOnce("a")).isEqualTo(new Granted(false));
    assertThat(grantedOnce("a")).isEqualTo(new Granted(true));
  }

  @Test
  void aRecordThatIsNotRenewedIsTakenOverAfterSixRenewalsByTheWatchersOwnClock() throws Exception {
    heldElsewhere(Instant.parse("2199-01-01T00:00:00Z"), Duration.ofMillis(50));
    long began = System.nanoTime();

    try (var lease = lease("a", OFTEN)) {
      assertThat(lease.acquire(Duration.ZERO)).isEqualTo(new Granted(false));
    }

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(300));
    assertThat(notes).hasSize(1);
    assertThat(notes.getFirst())
        .startsWith("run far-run on host far (process 4711) since 2199-01-01T00:00:00Z has not")
        .endsWith("while it was watched; it is taken over as generation 8");
    assertThat(record()).isEqualTo(LeaseRecord.free(8));
  }

  @Test
  void aHolderWhoseProcessIsGoneIsTakenOverAtOnce() throws Exception {
    var own = ProcessMark.own();
    var gone = new ProcessMark(own.host(), own.boot(), own.space(), own.pid(), own.started() - 1);
    held(gone, Instant.EPOCH, Duration.ofHours(1));

    try (var lease = lease("a", OFTEN)) {
      assertThat(lease.acquire(Duration.ZERO)).isInstanceOf(Granted.class);
    }

    assertThat(notes).hasSize(1);
    assertThat(notes.getFirst())
        .contains("is gone without giving back its lease; it is taken over as generation 8");
  }

  @Test
  void aProcessOfAnotherContainerIsNeverTakenForGone() throws Exception {
    var own = ProcessMark.own();

    assertThat(own.isGone()).isFalse();
    assertThat(new ProcessMark(own.host(), own.boot(), "pid:[1]", 1, 1).isGone()).isFalse();
    assertThat(ELSEWHERE.isGone()).isFalse();
  }

  @Test
  void whoWasTakenOverIsRefusedAtTheFence() throws Exception {
    try (var lease = lease("a", Duration.ofHours(1))) {
      lease.acquire(Duration.ZERO);
      heldElsewhere(Instant.EPOCH, OFTEN);

      var refused = (Refused) lease.check();

      assertThat(refused.problem().fact())
          .startsWith("the lease of this run was taken over by run far-run on host far")
          .endsWith("this run writes nothing more to media");
      assertThat(lease.isHeld()).isFalse();
      assertThat(lease.check()).isEqualTo(refused);
    }
    assertThat(record().holder().orElseThrow().process()).isEqualTo(ELSEWHERE);
  }

  @Test
  void aRenewalThatFindsAnotherHolderLosesTheLeaseAndTouchesNothing() throws Exception {
    try (var lease = lease("a", OFTEN)) {
      lease.acquire(Duration.ZERO);
      heldElsewhere(Instant.EPOCH, OFTEN);
      var theirs = shelf().read(NAME);

      Awaitility.await().until(() -> !lease.isHeld());

      assertThat(shelf().read(NAME)).isEqualTo(theirs);
      assertThat(notes).anyMatch(note -> note.contains("was taken over by run far-run"));
    }
  }

  @Test
  void aRenewalWhoseAnswerWasLostIsStillOurs() throws Exception {
    try (var lease = lease("a", Duration.ofHours(1))) {
      lease.acquire(Duration.ZERO);
      shelf().put(NAME, record().beat().bytes());

      assertThat(lease.check()).isEqualTo(new Granted(true));
    }
    assertThat(record().holder()).isEmpty();
  }

  @Test
  void whateverEndsTheRenewingIsToldAndStandsAtTheFence() throws Exception {
    var shelf = new BreakingShelf(shelf());
    try (var lease =
        new Lease(
            new Lease.Terms(DEMO, "its storage", shelf, Optional.empty(), OFTEN, notes::add))) {
      lease.acquire(Duration.ZERO);
      assertThat(lease.check()).isInstanceOf(Granted.class);
      shelf.isBroken = true;

      Awaitility.await().until(() -> !lease.isHeld());

      shelf.isBroken = false;
      assertThat(lease.check())
          .isInstanceOfSatisfying(
              Broken.class,
              broken ->
                  assertThat(broken.problem().fact())
                      .isEqualTo(
                          "the lease of this run cannot be renewed any more: the secret is gone;"
                              + " this run writes nothing more to media"));
      assertThat(lease.obstacle().orElseThrow().exit()).isEqualTo(ExitCode.STORAGE);
      assertThat(notes).hasSize(1);
    }
    assertThat(record().holder()).isEmpty();
  }

  @Test
  void aStorageThatIsAwayGivesNoLeaseAndLosesNone() throws Exception {
    var away = root.resolve("away");
    try (var lease = lease("a", OFTEN)) {
      lease.acquire(Duration.ZERO);
      Files.move(vault(), away);
      Files.createFile(vault());
      assertThat(lease.check()).isInstanceOf(Away.class);
      Files.delete(vault());
      assertThat(lease.check()).isInstanceOf(Away.class);
      Files.move(away, vault());
      assertThat(lease.check()).isEqualTo(new Granted(true));
    }
  }

  @Test
  void whatIsNoLeaseIsNeverOverwritten() throws Exception {
    for (var text : List.of("", "HOLDFAST/1 LEASE\n", "HOLDFAST/1 LEASE\nGeneration: x\n", "hi")) {
      shelf().put(NAME, text.getBytes(StandardCharsets.UTF_8));
      try (var lease = lease("a", OFTEN)) {
        assertThat(lease.acquire(Duration.ZERO)).isInstanceOf(Refused.class);
      }
      assertThat(shelf().read(NAME).orElseThrow().bytes())
          .isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void theRenewalIsOneToSixtySeconds() {
    assertThat(Lease.renewal(Map.of())).isEqualTo(Duration.ofSeconds(10));
    assertThat(Lease.renewal(Map.of("HOLDFAST_LEASE_RENEWAL", "60")))
        .isEqualTo(Duration.ofMinutes(1));
    for (var wrong : List.of("0", "61", "-1", "1s", "x")) {
      assertThatThrownBy(() -> Lease.renewal(Map.of("HOLDFAST_LEASE_RENEWAL", wrong)))
          .isInstanceOf(HoldfastException.class)
          .hasMessageContaining("'" + wrong + "' is not 1 to 60");
    }
  }

  private Lease.Result grantedOnce(String state) throws Exception {
    try (var lease = lease(state, OFTEN)) {
      return lease.acquire(Duration.ZERO);
    }
  }

  private Lease lease(String state, Duration renewal) throws IOException {
    return new Lease(
        new Lease.Terms(
            DEMO, "its storage", shelf(), Optional.of(root.resolve(state)), renewal, notes::add));
  }

  private void heldElsewhere(Instant since, Duration renewal) throws IOException {
    held(ELSEWHERE, since, renewal);
  }

  private void held(ProcessMark process, Instant since, Duration renewal) throws IOException {
    var holder = new LeaseRecord.Holder(process, "far-run", since);
    shelf().put(NAME, new LeaseRecord(7, Optional.of(holder), 3, renewal).bytes());
  }

  private LeaseRecord record() throws IOException {
    return LeaseRecord.parse(shelf().read(NAME).orElseThrow().bytes()).orElseThrow();
  }

  private Shelf shelf() {
    var disk =
        new Disk(
            vault(),
            Optional.empty(),
            false,
            new Threshold.Percent(0),
            Optional.empty(),
            0,
            Optional.empty(),
            true);
    return new DiskStorage("Vault", disk, false).shelf();
  }

  private Path vault() {
    return root.resolve("vault");
  }

  /// Fails as no storage may: with what is neither an answer nor a lost storage.
  private static final class BreakingShelf implements Shelf {
    private final Shelf real;
    private volatile boolean isBroken;

    BreakingShelf(Shelf real) {
      this.real = real;
    }

    @Override
    public Optional<Held> read(String name) throws IOException {
      return whole().read(name);
    }

    @Override
    public Optional<Held> create(String name, byte[] bytes) throws IOException {
      return whole().create(name, bytes);
    }

    @Override
    public Optional<Held> replace(Held expected, byte[] bytes) throws IOException {
      return whole().replace(expected, bytes);
    }

    @Override
    public Held put(String name, byte[] bytes) throws IOException {
      return whole().put(name, bytes);
    }

    @Override
    public void remove(Held expected) throws IOException {
      whole().remove(expected);
    }

    private Shelf whole() {
      if (isBroken) {
        throw new IllegalStateException("the secret is gone");
      }
      return real;
    }
  }
}
