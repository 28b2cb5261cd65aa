package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.Trees;
import dev.holdfast.model.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `prune`, `retire`, `media` and `plan --base`, as typed, inside this process.
class RetentionCommandTests {
  private static final String LATER = "2026-07-03T12:00:00Z";
  private static final String AN_HOUR_LATER = "2026-07-03T13:00:00Z";

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Repository repository;

  @BeforeEach
  void backUpThreeTimes() {
    Trees.fill(folder.resolve("data"), 5, 1000, 1);
    repository =
        Repository.in(folder).source("Web", folder.resolve("data")).set(List.of("Web"), "");
    project("");
    for (int day = 1; day <= 3; day++) {
      run("run", "Demo", "-q", "--level", "full", "--now", "2026-04-0" + day + "T12:00:00Z");
    }
    out.reset();
    err.reset();
  }

  @Test
  void anArchivedVolumeIsNeitherPrunedNorWritten() throws IOException {
    assertThat(run("media", "archive", "demo-001", "--reason", "evidence")).isEqualTo(ExitCode.OK);
    assertThat(text(out)).contains("Demo-001", "archived", "evidence");
    out.reset();

    assertThat(run("prune", "Demo", "--now", LATER)).isEqualTo(ExitCode.OK);
    assertThat(run("run", "Demo", "-q", "--level", "full", "--now", LATER)).isEqualTo(ExitCode.OK);

    assertThat(manifests("Demo-001")).isEqualTo(3);
    assertThat(manifests("Demo-002")).isEqualTo(1);
    out.reset();
    run("media", "show", "Demo-001", "--now", LATER);
    assertThat(text(out)).contains("volume Demo-001 is archived: evidence");
    assertThat(run("catalog", "rebuild", "Demo")).isEqualTo(ExitCode.OK);
    assertThat(run("prune", "Demo", "--now", LATER)).isEqualTo(ExitCode.OK);
    assertThat(manifests("Demo-001")).isEqualTo(3);

    assertThat(run("media", "unarchive", "Demo-001")).isEqualTo(ExitCode.OK);
    assertThat(run("prune", "Demo", "--now", AN_HOUR_LATER)).isEqualTo(ExitCode.OK);
    assertThat(manifests("Demo-001")).isZero();
  }

  @Test
  void aSetThatVanishedIsShownAndUntouchedAndFoundAgain() throws IOException {
    var yaml = repository.folder().resolve("backupsets/demo.yaml");
    Files.move(yaml, folder.resolve("aside"));
    otherSet();

    assertThat(run("plan", "--detailed-exitcode", "--now", LATER)).isEqualTo(ExitCode.DESTRUCTIVE);
    assertThat(text(out))
        .contains(
            "the set is declared no more: its 3 images stay; 'holdfast retire Demo --data retain'"
                + " says that it is meant");
    assertThat(run("retire", "Demo", "--data", "purge", "--now", LATER)).isEqualTo(ExitCode.POLICY);
    assertThat(run("retire", "Demo", "--data", "retain", "--now", LATER)).isEqualTo(ExitCode.OK);
    assertThat(run("plan", "--detailed-exitcode", "--now", LATER)).isEqualTo(ExitCode.CHANGES);
    assertThat(manifests("Demo-001")).isEqualTo(3);

    Files.move(folder.resolve("aside"), yaml);
    out.reset();
    assertThat(run("list", "images", "Demo", "-o", "json")).isEqualTo(ExitCode.OK);
    assertThat(json().at("/images").size()).isEqualTo(3);
    assertThat(run("retire", "Demo", "--data", "retain")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aPurgeNeedsTheProjectsWordTheDayAndTheDigest() throws IOException {
    Files.delete(repository.folder().resolve("backupsets/demo.yaml"));
    otherSet();
    project("retire: [ { set: Demo, data: purge, purgeNotBefore: \"2026-07-01\" } ]");

    assertThat(run("retire", "Demo", "--data", "purge", "--now", "2026-06-30T23:59:00Z"))
        .isEqualTo(ExitCode.POLICY);
    out.reset();
    assertThat(run("retire", "Demo", "--data", "purge", "-o", "json", "--now", LATER))
        .isEqualTo(ExitCode.POLICY);
    var digest = json().at("/digest").asString();
    assertThat(manifests("Demo-001")).isEqualTo(3);
    assertThat(run("retire", "Demo", "--data", "purge", "--approve", digest, "-q", "--now", LATER))
        .isEqualTo(ExitCode.OK);
    assertThat(manifests("Demo-001")).isZero();
    assertThat(folder.resolve("vault/Demo-001/00000.label")).exists();
  }

  @Test
  void aPurgeTakesTheCopiesTooAndWhatIsAwayWhenItIsBack() throws IOException {
    copied();
    Files.delete(repository.folder().resolve("backupsets/demo.yaml"));
    otherSet();
    project("retire: [ { set: Demo, data: purge } ]");
    var away = Files.move(folder.resolve("second"), folder.resolve("away"));
    Files.createDirectory(folder.resolve("second"));
    out.reset();

    assertThat(run("retire", "Demo", "--data", "purge", "-o", "json", "--now", LATER))
        .isEqualTo(ExitCode.POLICY);
    assertThat(json().at("/storages/0/totals/expired/images").asInt()).isEqualTo(3);
    assertThat(json().at("/storages/1/storage").asString()).isEqualTo("Second");
    assertThat(json().at("/storages/1/exit/code").asInt()).isEqualTo(ExitCode.TEMPFAIL.code());
    var digest = json().at("/digest").asString();
    var purge =
        new String[] {"retire", "Demo", "--data", "purge", "--approve", digest, "--now", LATER};
    out.reset();
    assertThat(run(purge)).isEqualTo(ExitCode.TEMPFAIL);
    assertThat(text(out))
        .contains("storage Vault: 3 pruned")
        .contains("; what is there was not purged");
    assertThat(manifests("Demo-001")).isZero();

    Files.delete(folder.resolve("second"));
    Files.move(away, folder.resolve("second"));
    assertThat(copies()).isEqualTo(3);
    assertThat(run(purge)).as("the same digest").isEqualTo(ExitCode.OK);
    assertThat(copies()).isZero();
    out.reset();
    assertThat(run(purge)).isEqualTo(ExitCode.OK);
    assertThat(text(out)).contains("nothing of it is left on any storage");
  }

  @Test
  void whatAPurgeWouldTakeIsAgreedToOnAllStoragesAtOnce() throws IOException {
    copied();
    assertThat(run("media", "archive", "Demo-Second-001")).isEqualTo(ExitCode.OK);
    Files.delete(repository.folder().resolve("backupsets/demo.yaml"));
    otherSet();
    project("retire: [ { set: Demo, data: purge } ]");
    out.reset();
    run("retire", "Demo", "--data", "purge", "-o", "json", "--now", LATER);
    assertThat(json().at("/storages/1/totals/kept/images").asInt()).isEqualTo(3);
    var digest = json().at("/digest").asString();

    assertThat(run("retire", "Demo", "--data", "purge", "--approve", digest, "--now", LATER))
        .isEqualTo(ExitCode.OK);

    assertThat(manifests("Demo-001")).isZero();
    assertThat(copies()).as("on an archived volume").isEqualTo(3);
  }

  @Test
  void aStateDirectoryThatKnowsNothingLearnsWhatAPersonDid() throws IOException {
    assertThat(run("media", "archive", "Demo-001", "--reason", "evidence")).isEqualTo(ExitCode.OK);
    assertThat(fresh("list", "images", "Demo")).isEqualTo(ExitCode.OK);
    assertThat(text(err)).contains("refilled from the snapshot of an archived volume");
    assertThat(run("media", "unarchive", "Demo-001")).isEqualTo(ExitCode.OK);
    err.reset();
    assertThat(fresh("list", "images", "Demo")).isEqualTo(ExitCode.OK);
    assertThat(text(err)).contains("from the snapshot of a volume that is archived no more");

    var yaml = repository.folder().resolve("backupsets/demo.yaml");
    Files.move(yaml, folder.resolve("aside"));
    otherSet();
    assertThat(run("retire", "Demo", "--data", "retain")).isEqualTo(ExitCode.OK);
    Files.move(folder.resolve("aside"), yaml);
    err.reset();
    assertThat(fresh("list", "images", "Demo")).isEqualTo(ExitCode.OK);
    assertThat(text(err)).contains("refilled from the snapshot of a retire");
  }

  /// Every command in a container of its own.
  @Test
  void aSetIsRetiredByRunnersThatNeverSawIt() throws IOException {
    copied();
    Files.delete(repository.folder().resolve("backupsets/demo.yaml"));
    otherSet();
    project("retire: [ { set: Demo, data: purge } ]");
    out.reset();

    assertThat(fresh("retire", "Demo", "--data", "retain", "-o", "json", "--now", LATER))
        .isEqualTo(ExitCode.OK);
    assertThat(json().at("/retired/0/images").asInt()).isEqualTo(3);
    assertThat(text(err)).contains("refilled from the snapshot of run");
    out.reset();
    assertThat(fresh("retire", "Demo", "--data", "purge", "-o", "json", "--now", LATER))
        .isEqualTo(ExitCode.POLICY);
    var digest = json().at("/digest").asString();
    assertThat(fresh("retire", "Demo", "--data", "purge", "--approve", digest, "--now", LATER))
        .isEqualTo(ExitCode.OK);

    assertThat(manifests("Demo-001")).isZero();
    assertThat(copies()).isZero();
    out.reset();
    assertThat(fresh("retire", "Demo", "--data", "purge", "--now", LATER)).isEqualTo(ExitCode.OK);
    assertThat(text(out)).contains("nothing of it is left on any storage");
  }

  @Test
  void aRunnerThatNeverSawASetTellsANameThatIsWrongFromAStorageThatIsAway() throws IOException {
    copied();
    Files.delete(repository.folder().resolve("backupsets/demo.yaml"));
    otherSet();
    assertThat(fresh("retire", "Dmeo", "--data", "retain")).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(text(err)).contains("nor a declared storage knows a set of this name");
    assertThat(folder.resolve("fresh/sets/Dmeo")).doesNotExist();
    var vault = Files.move(folder.resolve("vault"), folder.resolve("vault-away"));
    var second = Files.move(folder.resolve("second"), folder.resolve("second-away"));

    assertThat(fresh("retire", "Demo", "--data", "retain")).isEqualTo(ExitCode.TEMPFAIL);

    Files.move(second, folder.resolve("second"));
    assertThat(fresh("retire", "Demo", "--data", "retain"))
        .as("the copies say it")
        .isEqualTo(ExitCode.OK);
    assertThat(text(err)).contains("on storage 'Second'", "the set's own storage is away");
    Files.move(vault, folder.resolve("vault"));
    assertThat(manifests("Demo-001")).isEqualTo(3);
  }

  @Test
  void aVolumeThatAnotherStateDirectoryHasArchivedIsNotPrunedFromHere() throws IOException {
    copied();
    var state = folder.resolve("state").toString();
    Trees.output("cp", "-r", state, folder.resolve("other-state").toString());
    assertThat(run("media", "archive", "Demo-001")).isEqualTo(ExitCode.OK);
    assertThat(run("media", "archive", "Demo-Second-001")).isEqualTo(ExitCode.OK);

    assertThat(in("other-state", "prune", "Demo", "--now", LATER)).isEqualTo(ExitCode.OK);
    assertThat(in("other-state", "prune", "Demo", "--storage", "Second", "--now", LATER))
        .isEqualTo(ExitCode.OK);

    assertThat(manifests("Demo-001")).isEqualTo(3);
    assertThat(copies()).isEqualTo(3);
  }

  @Test
  void anEditThatShortensRetentionShowsWhatGoesAndWhen() throws IOException {
    commit();
    repository.file(
        "backupsets/demo.yaml",
        """
        kind: BackupSet
        name: Demo
        what: { sources: [Web] }
        where: { storage: Vault }
        staging: { use: { ref: Scratch, mode: auto } }
        media: { cycleDays: 7, retentionDays: 14, partSize: 1MiB }
        """);

    var page = folder.resolve("comment.md");
    var asked = new String[] {"plan", "--base", "HEAD", "--now", "2026-04-15T13:00:00Z"};
    assertThat(run(asked)).isEqualTo(ExitCode.OK);
    assertThat(text(out))
        .contains("DESTRUCTIVE: 1 set changes from", "media.retentionDays: 90 -> 14")
        .contains(
            "oldest restore point: 2026-04-01 12:00:00 UTC before, 2026-04-02 12:00:00 UTC after"
                + " the next prune")
        .contains("2 restore points", "1 with the next prune")
        .contains("2026-04-16 12:00:00 UTC", "2026-06-30 12:00:00 UTC");
    out.reset();
    assertThat(
            run(
                "plan",
                "--base",
                "HEAD",
                "--detailed-exitcode",
                "-o",
                "json",
                "--markdown",
                page.toString(),
                "--now",
                "2026-04-15T13:00:00Z"))
        .isEqualTo(ExitCode.DESTRUCTIVE);
    assertThat(json().at("/sets/0/losses").size()).isEqualTo(2);
    assertThat(Files.readString(page))
        .contains("### Holdfast: DESTRUCTIVE", "| image | source | level |", "| next prune |");
    out.reset();
    assertThat(run("plan", "--base", "HEAD", "--now", "2026-07-02T13:00:00Z"))
        .isEqualTo(ExitCode.OK);
    assertThat(text(out))
        .as("what would go by the old rules too is not there after the next prune either")
        .contains("2026-04-01 12:00:00 UTC before, 2026-04-03 12:00:00 UTC after the next prune");
    assertThat(manifests("Demo-001")).isEqualTo(3);
  }

  @Test
  void anEditThatTouchesNothingEndsWithZeroAndAnUnknownRevisionWithFour() {
    commit();

    assertThat(run("plan", "--base", "HEAD", "--detailed-exitcode")).isEqualTo(ExitCode.OK);
    assertThat(text(out)).contains("no set changes from");
    assertThat(run("plan", "--base", "nowhere")).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(run("plan", "--base=-x")).isEqualTo(ExitCode.NOT_FOUND);
  }

  @Test
  void aSetTakenOutOfTheRepositoryIsDestructiveAndLosesNothing() throws IOException {
    commit();
    Files.delete(repository.folder().resolve("backupsets/demo.yaml"));
    otherSet();

    assertThat(run("plan", "--base", "HEAD", "--detailed-exitcode", "-o", "json"))
        .isEqualTo(ExitCode.DESTRUCTIVE);
    assertThat(json().at("/sets/0/change").asString()).isEqualTo("REMOVED");
    assertThat(json().at("/sets/0/losses").size()).isZero();
  }

  /// Every image has a copy on a second storage.
  private void copied() throws IOException {
    Files.createDirectory(folder.resolve("second"));
    Files.writeString(folder.resolve("second/.holdfast-identity"), "second");
    repository
        .further("Second", folder.resolve("second"), "identity: second")
        .set(List.of("Web"), "copies: [ { to: Second } ]");
    assertThat(run("copy", "Demo", "-q", "--now", "2026-04-04T12:00:00Z")).isEqualTo(ExitCode.OK);
    assertThat(copies()).isEqualTo(3);
  }

  private long copies() throws IOException {
    try (var files = Files.walk(folder.resolve("second"))) {
      return files.filter(file -> file.toString().endsWith(".manifest")).count();
    }
  }

  private void otherSet() {
    Trees.fill(folder.resolve("other"), 2, 100, 2);
    repository
        .source("Other", folder.resolve("other"))
        .setOf("Another", List.of("Other"), "staging: { use: { mode: never } }");
  }

  private void commit() {
    var config = repository.folder().toString();
    Trees.output("git", "-C", config, "init", "-q");
    Trees.output("git", "-C", config, "add", ".");
    Trees.output(
        "git",
        "-C",
        config,
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.org",
        "commit",
        "-qm",
        "as it was");
  }

  private void project(String more) {
    repository.prunes(
        "maxDropPercent: 100, requireVerifiedNewerFull: false, maxClockJump: 400d", more);
  }

  private long manifests(String label) throws IOException {
    try (var files = Files.list(folder.resolve("vault").resolve(label))) {
      return files.filter(file -> file.toString().endsWith(".manifest")).count();
    }
  }

  private ExitCode run(String... arguments) {
    return in("state", arguments);
  }

  /// From a state directory that knows nothing, as on a new host.
  private ExitCode fresh(String... arguments) {
    Trees.output("rm", "-rf", folder.resolve("fresh").toString());
    return in("fresh", arguments);
  }

  private ExitCode in(String state, String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of("-C", repository.folder().toString(), "--state", folder.resolve(state).toString()));
    var screen = new Screen(out, err, false, false);
    return new Dispatcher(screen, Map.of()).run(all.toArray(String[]::new));
  }

  private JsonNode json() {
    return JsonMapper.shared().readTree(text(out));
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
