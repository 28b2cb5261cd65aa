package dev.holdfast.report;

import dev.holdfast.image.MemberPath;
import dev.holdfast.model.Digest;
import dev.holdfast.model.DumpWarnings;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.Level;
import dev.holdfast.model.Problem;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SetName;
import dev.holdfast.model.SourceKey;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.WarningClass;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One of each report, with everything in it that a renderer treats in its own way.
final class Samples {
  static final Instant START = Instant.parse("2026-11-24T21:30:00Z");
  static final SetName SET = new SetName("Nightly");
  static final RunId RUN = new RunId("20261124T213000Z-4f1c");

  private Samples() {}

  static RunReport partialRun() {
    return new RunReport(
        RUN,
        SET,
        ExitCode.PARTIAL,
        new Span(START, START.plus(Duration.ofMinutes(64).plusSeconds(3))),
        true,
        Optional.of("5a623ce0d1b2a394857610fedcba98765432100f"),
        List.of(good(), partial(), failed(), skipped()),
        List.of(new RunReport.Flushed(ref("web01", 1, "old"), 5L << 20, labels("Nightly-002"))),
        List.of(prune()),
        new RunReport.Waiting(1, 734_003_200),
        List.of(offsite(2), copiedDisk()),
        List.of(
            new Problem(
                "storage VaultDisk",
                "volume Nightly-003 is full, 1 image waits in staging",
                "run again; the next volume is Nightly-004")),
        List.of("run 20261123T213000Z-77aa was not finished; it was continued"));
  }

  static RunReport idleRun() {
    return new RunReport(
        RUN,
        SET,
        ExitCode.OK,
        new Span(START, START.plusMillis(420)),
        false,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        RunReport.Waiting.NOTHING,
        List.of(),
        List.of(),
        List.of());
  }

  /// Retention shortened in one set, another set gone, a third one new.
  static ConsequenceReport consequences() {
    var oldest = START.minus(Duration.ofDays(90));
    return new ConsequenceReport(
        "5a623ce0d1b2a394857610fedcba98765432100f",
        Optional.empty(),
        START,
        ExitCode.DESTRUCTIVE,
        List.of(
            new ConsequenceReport.SetChange(
                SET,
                ConsequenceReport.Kind.CHANGED,
                true,
                List.of(new ConsequenceReport.FieldChange("media.retentionDays", "90", "30")),
                Optional.of(oldest),
                Optional.of(START.minus(Duration.ofDays(30))),
                List.of(
                    new ConsequenceReport.Loss(
                        ref("web01", 0, "old"),
                        oldest,
                        5L << 30,
                        Optional.of(START.plus(Duration.ofDays(7))),
                        START),
                    new ConsequenceReport.Loss(
                        ref("web01", 1, "later"),
                        oldest.plus(Duration.ofDays(60)),
                        5L << 20,
                        Optional.empty(),
                        START.plus(Duration.ofDays(2))))),
            new ConsequenceReport.SetChange(
                new SetName("Old"),
                ConsequenceReport.Kind.REMOVED,
                true,
                List.of(
                    new ConsequenceReport.FieldChange(
                        "backupsets", "declared", "not declared `any more`\u001b")),
                Optional.of(oldest),
                Optional.of(oldest),
                List.of()),
            new ConsequenceReport.SetChange(
                new SetName("New"),
                ConsequenceReport.Kind.CREATED,
                false,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of())));
  }

  /// What a dry run shows of four images, one of each fate.
  static PruneReport prune() {
    return new PruneReport(
        SET,
        "VaultDisk",
        ExitCode.POLICY,
        new Span(START, START.plusSeconds(2)),
        true,
        new Digest("5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"),
        List.of(
            fate(
                "kept", PruneReport.Outcome.KEPT, "younger than 90 days, the newest of its source"),
            fate("expired", PruneReport.Outcome.EXPIRED, "older than 90 days"),
            fate("held", PruneReport.Outcome.HELD, "older than 90 days"),
            fate("pruned", PruneReport.Outcome.PRUNED, "older than 90 days")),
        List.of(
            new Problem(
                "set Nightly",
                "3 of 4 images would go at once, which is more than the 30% of maxDropPercent;"
                    + " nothing was pruned",
                "look at 'holdfast prune Nightly --dry-run'")),
        List.of("image held has expired and stays: volume Nightly-002 file 3 is locked until May"));
  }

  private static PruneReport.Fate fate(String id, PruneReport.Outcome outcome, String why) {
    return new PruneReport.Fate(ref("web01", 1, id), START, 5L << 20, outcome, why);
  }

  /// Away since yesterday.
  static CopyReport offsite(long pending) {
    return new CopyReport(
        "Offsite",
        Optional.of("bank"),
        0,
        0,
        41,
        pending,
        Optional.of(START.minusSeconds(86_400)),
        1,
        Optional.of(new Problem("storage Offsite", "is not there", "mount it")));
  }

  static CopyReport copiedDisk() {
    return new CopyReport(
        "SecondDisk", Optional.empty(), 3, 5L << 20, 43, 0, Optional.empty(), 0, Optional.empty());
  }

  static SourceReport good() {
    return new SourceReport(
        new SourceName("web01-www"),
        SourceReport.Verdict.OK,
        Optional.of(Level.FULL),
        "no full in the cycle of 7 days",
        Optional.empty(),
        Optional.of(
            new ImageReport(
                new ImageId("20261124T213001Z-aaaa"),
                ImageReport.Place.STORED,
                12_884_901_888L,
                4_294_967_296L,
                57_123,
                labels("Nightly-002", "Nightly-003"))),
        DumpWarnings.none(),
        Duration.ofSeconds(95));
  }

  static SourceReport partial() {
    return new SourceReport(
        new SourceName("db-files"),
        SourceReport.Verdict.PARTIAL,
        Optional.of(Level.of(1)),
        "the full is 2 days old",
        Optional.of(
            new Problem(
                "source db-files", "3 changed files, 2 are tolerated", "dump from a snapshot")),
        Optional.of(
            new ImageReport(
                new ImageId("20261124T213002Z-bbbb"),
                ImageReport.Place.STAGED,
                1_048_576,
                734_003_200,
                12,
                List.of())),
        new DumpWarnings(
            Map.of(WarningClass.CHANGED, 3L, WarningClass.SHRANK, 1L),
            List.of("tar: var/lib/db/a: file changed as we read it", "tar: evil\u001b[2Jname"),
            List.of("var/lib/db/log\nnewline")),
        Duration.ofMillis(4200));
  }

  static SourceReport failed() {
    return new SourceReport(
        new SourceName("gone"),
        SourceReport.Verdict.FAILED,
        Optional.of(Level.FULL),
        "no full yet",
        Optional.of(
            new Problem(
                "source gone",
                "path '/srv/gone' does not exist, nothing of it was kept",
                "mount it, or take it out of backupsets/sources/gone.yaml")),
        Optional.empty(),
        DumpWarnings.none(),
        Duration.ofMillis(12));
  }

  static SourceReport skipped() {
    return new SourceReport(
        new SourceName("big"),
        SourceReport.Verdict.SKIPPED,
        Optional.empty(),
        "",
        Optional.of(new Problem("source big", "no room in staging while the storage is away", "")),
        Optional.empty(),
        DumpWarnings.none(),
        Duration.ZERO);
  }

  static VerifyReport damaged() {
    var image = ref("web01", 0, "v1");
    return new VerifyReport(
        "Nightly",
        ExitCode.DAMAGED,
        new Span(START, START.plusSeconds(20)),
        List.of(
            new VerifyReport.Verified(image, "Vault", VerifyReport.Verdict.DAMAGED, 3L << 30, 6),
            new VerifyReport.Verified(
                ref("web01", 1, "v2"), "Offsite", VerifyReport.Verdict.WHOLE, 5L << 20, 4)),
        List.of(
            new VerifyReport.Damage(
                image,
                "part 3",
                "volume Nightly-002 file 7",
                "SHA-256 is 00ab..., the manifest says 11cd...",
                "members from var/www/a to var/www/z")),
        List.of(new Problem("volume Nightly-009", "is not there", "put it back")));
  }

  static RestoreReport incomplete() {
    return new RestoreReport(
        new SourceKey(SET, new SourceName("web01")),
        START,
        ExitCode.RESTORE_INCOMPLETE,
        new Span(START, START.plusSeconds(2)),
        List.of(ref("web01", 0, "r1"), ref("web01", 1, "r2")),
        "/tmp/back",
        new RestoreReport.Members(10, 9, 2048),
        List.of(new Problem("var/x", "cannot be made: permission denied", "run as root")),
        List.of(),
        List.of("owners were not set: not root"));
  }

  static StatusReport status() {
    return new StatusReport(
        START,
        ExitCode.UNHEALTHY,
        List.of(
            new StatusReport.SetStatus(
                SET,
                Optional.of(new StatusReport.Running(RUN, START, "dumping web01")),
                Optional.of(
                    new StatusReport.LastRun(
                        new RunId("r0"), START.minusSeconds(86_400), ExitCode.TEMPFAIL)),
                new RunReport.Waiting(2, 4096),
                List.of(offsite(3)),
                List.of(
                    new StatusReport.Damage(
                        new ImageId("i0"), new SourceName("web01"), "Offsite", START, true)),
                List.of(
                    new StatusReport.SourceStatus(
                        new SourceName("web01"),
                        Optional.of(
                            new StatusReport.LastGood(
                                new ImageId("i1"), Level.of(1), START, ImageReport.Place.STORED)),
                        List.of(
                            new StatusReport.LastCopy(
                                "Offsite",
                                Optional.of("bank"),
                                new ImageId("i0"),
                                START.minusSeconds(90_000))),
                        Optional.empty(),
                        Optional.of(
                            new StatusReport.Freshness(
                                Duration.ofHours(30),
                                "1.25 x the time between starts",
                                Optional.of(Duration.ofHours(31)),
                                true))),
                    new StatusReport.SourceStatus(
                        new SourceName("gone"),
                        Optional.empty(),
                        List.of(),
                        Optional.of(
                            new StatusReport.LastProblem(
                                SourceReport.Verdict.FAILED, "path does not exist")),
                        Optional.empty())),
                new StatusReport.Outlook(
                    Optional.of(START.plusSeconds(3600)),
                    Optional.empty(),
                    Optional.of(START.minusSeconds(7200)),
                    List.of("run r0 ended with TEMPFAIL"))),
            new StatusReport.SetStatus(
                new SetName("Fresh"),
                Optional.empty(),
                Optional.empty(),
                RunReport.Waiting.NOTHING,
                List.of(),
                List.of(),
                List.of(
                    new StatusReport.SourceStatus(
                        new SourceName("s"),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty())),
                new StatusReport.Outlook(
                    Optional.empty(),
                    Optional.of("paused until 2027-01-01"),
                    Optional.empty(),
                    List.of()))));
  }

  static CatalogCheckReport check() {
    return new CatalogCheckReport(
        SET,
        ExitCode.DAMAGED,
        new Span(START, START.plusMillis(1500)),
        12,
        3,
        List.of(
            new Problem(
                "volume Nightly-002",
                "file 7 of image i1 is not there",
                "holdfast catalog rebuild Nightly")));
  }

  static CatalogRebuildReport rebuild() {
    return new CatalogRebuildReport(
        SET,
        ExitCode.OK,
        new Span(START, START.plusMillis(1500)),
        labels("Nightly-001"),
        List.of(ref("web01", 0, "i1")),
        List.of());
  }

  static Listing images() {
    return Listing.of(
        "images",
        List.of(
            new Row.ImageRow(
                new ImageId("i1"),
                new SourceKey(SET, new SourceName("web01")),
                Level.FULL,
                START,
                "STORED",
                1 << 30,
                1 << 28,
                2,
                labels("Nightly-001", "Nightly-002"),
                List.of("Offsite")),
            new Row.ImageRow(
                new ImageId("i2"),
                new SourceKey(SET, new SourceName("a-longer-name")),
                Level.of(1),
                START,
                "STAGED",
                10,
                900,
                0,
                List.of(),
                List.of())));
  }

  static Listing members() {
    return Listing.of(
        "members",
        List.of(
            member('f', MemberPath.ofText("etc/new\nline"), Optional.empty()),
            member(
                'l',
                MemberPath.ofBytes("etc/caf\u00e9\\".getBytes(StandardCharsets.ISO_8859_1)),
                Optional.of(MemberPath.ofText("../x")))));
  }

  private static Row member(char type, MemberPath path, Optional<MemberPath> link) {
    return new Row.MemberRow(
        new SourceKey(SET, new SourceName("web01")),
        new ImageId("i1"),
        type,
        04755,
        0,
        100,
        1234,
        START,
        path,
        link);
  }

  static ImageRef ref(String source, int level, String id) {
    return new ImageRef(
        new ImageId(id), new SourceKey(SET, new SourceName(source)), Level.of(level));
  }

  private static List<Label> labels(String... labels) {
    return Arrays.stream(labels).map(Label::new).toList();
  }
}
