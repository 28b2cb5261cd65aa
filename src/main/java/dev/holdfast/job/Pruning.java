package dev.holdfast.job;

import dev.holdfast.catalog.AgreementRow;
import dev.holdfast.catalog.HoldRow;
import dev.holdfast.catalog.ImageRow;
import dev.holdfast.image.FileKind;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.media.RemoveResult;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Problem;
import dev.holdfast.model.SourceKey;
import dev.holdfast.plan.retention.AgingImage;
import dev.holdfast.plan.retention.Brake;
import dev.holdfast.plan.retention.RetentionVerdict;
import dev.holdfast.report.ImageRef;
import dev.holdfast.report.PruneReport;
import dev.holdfast.report.PruneReport.Fate;
import dev.holdfast.report.PruneReport.Outcome;
import dev.holdfast.report.Span;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Prunes one set in one storage: decides, stops where a brake holds, and removes what has expired,
/// the newest first. For each image: its tombstone in the catalog, its manifest on media, its other
/// files, its row. A crash between any two of these is finished by the next prune. The caller holds
/// the set's lock, except for a dry run. Used by one thread.
final class Pruning {
  private static final int FEWEST_DIGITS = 12;

  private final PruneScope scope;
  private final PruneTerms terms;
  private final Map<ImageId, Fate> done = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private ExitCode exit = ExitCode.OK;
  private boolean stuck;

  Pruning(PruneScope scope) {
    this.scope = scope;
    this.terms = scope.terms();
  }

  /// What a prune would do now. Its exit code is that of the same prune without approval.
  PruneReport dryRun() throws IOException {
    var decided = Decided.of(scope);
    doubts(decided);
    braked(decided);
    return report(decided, true);
  }

  /// Removes what has expired.
  ///
  /// @param approval digest of a dry run, or how it begins, that a person agreed to
  PruneReport run(Optional<String> approval) throws IOException {
    var decided = Decided.of(scope);
    doubts(decided);
    boolean free = decided.brakes().isEmpty();
    if (approval.isPresent() && !decided.expired().isEmpty()) {
      free = isAgreed(decided, approval.get());
    } else if (!free) {
      braked(decided);
    }
    var behalf =
        new VolumeRemover.Terms(
            terms.set(),
            terms.run(),
            Stream.concat(
                    terms.catalog().lifetimes().holds().stream(),
                    decided.witness().archived().stream())
                .map(HoldRow::label)
                .collect(Collectors.toSet()));
    var remover = new VolumeRemover(scope.storage(), decided.witness(), behalf);
    try (remover) {
      remove(decided, free, remover);
    }
    remover.trouble().ifPresent(problem -> failed(problem, ExitCode.STORAGE));
    tidySidecars();
    return report(decided, false);
  }

  /// Also of an image that went just before a crash.
  private void tidySidecars() throws IOException {
    var left =
        Stream.concat(
                terms.catalog().images().list().stream()
                    .filter(ImageRow::exists)
                    .map(row -> row.planned().image()),
                terms.catalog().lifetimes().expired().stream())
            .collect(Collectors.toSet());
    new Sidecars(terms.state().sidecars()).retain(left);
  }

  private void remove(Decided decided, boolean free, VolumeRemover remover) throws IOException {
    for (var image : unfinished(decided)) {
      if (mustStop() || isRead()) {
        return;
      }
      finish(image, fate(image), remover);
    }
    for (var image : free ? decided.expired() : List.<ImageId>of()) {
      if (mustStop()) {
        return;
      }
      prune(decided, image, remover);
    }
  }

  /// Images that an earlier prune did not end. None while a volume is missing: their files may be
  /// on it, and its manifest would then outlive its parts, or nobody would know of them any more.
  private List<ImageId> unfinished(Decided decided) {
    var expired = scope.books().expired();
    var missing =
        terms.catalog().inventory().labels(scope.storage().name()).stream()
            .filter(label -> !decided.witness().volumes().containsKey(label))
            .toList();
    if (expired.isEmpty() || missing.isEmpty()) {
      return expired;
    }
    notes.add(
        "the prune of %d images was cut off and goes on when volume %s can be read again"
            .formatted(expired.size(), missing.getFirst()));
    return List.of();
  }

  /// After trouble, when another run has the lease, or between two images when someone asked the
  /// process to end.
  private boolean mustStop() {
    if (!stuck && terms.stop().stopped()) {
      failed(
          new Problem(
              "set " + terms.set(),
              "the prune was stopped; what is gone is gone whole",
              "'holdfast " + scope.rules().commands().act() + "' goes on"),
          ExitCode.TERMINATED);
    }
    if (!stuck) {
      scope
          .lease()
          .flatMap(Lease::obstacle)
          .ifPresent(obstacle -> failed(obstacle.problem(), obstacle.exit()));
    }
    return stuck;
  }

  /// Then nothing more goes: images may be needed that are under no tombstone yet.
  private boolean isRead() throws IOException {
    var reader = Readers.of(terms.state()).present();
    reader.ifPresent(
        who -> {
          notes.add(
              "images are being read by " + who + "; what has expired goes with the next prune");
          stuck = true;
        });
    return reader.isPresent();
  }

  private void prune(Decided decided, ImageId image, VolumeRemover remover) throws IOException {
    scope.books().expire(image, decided.why(image), decided.at());
    CrashPoint.TOMBSTONE_WRITTEN.reached();
    if (isRead()) {
      scope.books().revive(image);
      return;
    }
    finish(image, fate(decided, image, Outcome.EXPIRED), remover);
  }

  /// From its tombstone on.
  private void finish(ImageId image, Fate fate, VolumeRemover remover) throws IOException {
    switch (remover.remove(image)) {
      case RemoveResult.Removed _ -> {
        boolean gone = scope.books().pruned(image);
        CrashPoint.PRUNED_RECORDED.reached();
        if (gone) {
          new Sidecars(terms.state().sidecars()).remove(image);
        }
        ended(fate, Outcome.PRUNED);
      }
      case RemoveResult.Kept kept -> held(image, fate, kept, remover);
      case RemoveResult.Failed(var problem, var code) -> {
        ended(fate, Outcome.EXPIRED);
        failed(problem, code);
      }
    }
  }

  /// An image of which nothing went is what it was before.
  private void held(ImageId image, Fate fate, RemoveResult.Kept kept, VolumeRemover remover)
      throws IOException {
    var problem = kept.problem();
    if (isWhole(image, remover.witness())) {
      scope.books().revive(image);
    }
    ended(fate, Outcome.HELD);
    notes.add(
        "image " + image + " has expired and stays: " + problem.place() + " " + problem.fact());
  }

  /// The manifest goes first: while it is there, all of the image is.
  private boolean isWhole(ImageId image, MediaWitness witness) throws IOException {
    for (var label : witness.volumes().keySet()) {
      var left =
          scope.storage().reader().files(label).stream()
              .filter(file -> file.kind() == FileKind.MANIFEST)
              .anyMatch(file -> file.image().filter(image::equals).isPresent());
      if (left) {
        return true;
      }
    }
    return false;
  }

  private boolean isAgreed(Decided decided, String approval) {
    boolean agreed =
        approval.length() >= FEWEST_DIGITS && decided.digest().hex().startsWith(approval);
    if (agreed) {
      terms
          .catalog()
          .lifetimes()
          .agree(new AgreementRow(decided.digest(), decided.at(), newest(decided)));
    } else {
      problems.add(
          new Problem(
              "set " + terms.set(),
              "what was agreed to is not what has expired now: the digest is "
                  + decided.digest().hex()
                  + "; nothing was pruned",
              "look at 'holdfast " + scope.rules().commands().look() + "' again"));
      exit = ExitCode.POLICY;
    }
    return agreed;
  }

  private static Instant newest(Decided decided) {
    return decided.images().values().stream()
        .map(AgingImage::at)
        .max(Instant::compareTo)
        .orElse(decided.at());
  }

  private void braked(Decided decided) {
    if (decided.brakes().isEmpty()) {
      return;
    }
    exit = ExitCode.POLICY;
    problems.add(
        new Problem(
            "set " + terms.set(),
            decided.brakes().stream().map(Brake::text).collect(Collectors.joining("; "))
                + "; nothing was pruned",
            "look at 'holdfast %s'; if that is meant: 'holdfast %s --approve %s'"
                .formatted(
                    scope.rules().commands().look(),
                    scope.rules().commands().act(),
                    decided.digest().hex().substring(0, 16))));
  }

  /// Where catalog and media disagree nothing goes, and a person looks.
  private void doubts(Decided decided) {
    decided.verdicts().keySet().stream()
        .filter(image -> isDoubtful(decided, image))
        .forEach(
            image ->
                problems.add(
                    new Problem(
                        "image " + image,
                        decided.image(image).hold().orElse("")
                            + "; it is kept, with all that it builds on",
                        "'holdfast catalog check "
                            + terms.set()
                            + "' compares catalog and media, 'holdfast catalog rebuild' follows"
                            + " media")));
    if (!problems.isEmpty()) {
      exit = ExitCode.DAMAGED;
    }
  }

  private static boolean isDoubtful(Decided decided, ImageId image) {
    return decided.witness().doubts().containsKey(image)
        || decided.witness().strangers().stream()
            .anyMatch(stranger -> stranger.image().equals(image));
  }

  private void failed(Problem problem, ExitCode code) {
    problems.add(problem);
    // damage stays what a person must look at first
    exit = exit == ExitCode.DAMAGED ? exit : code;
    stuck = true;
  }

  private void ended(Fate fate, Outcome outcome) {
    done.put(
        fate.image().image(), new Fate(fate.image(), fate.at(), fate.bytes(), outcome, fate.why()));
  }

  private PruneReport report(Decided decided, boolean dryRun) {
    var fates = new ArrayList<Fate>();
    for (var image : decided.verdicts().keySet()) {
      boolean expires = decided.verdicts().get(image) instanceof RetentionVerdict.Expire;
      var fate = fate(decided, image, expires ? Outcome.EXPIRED : Outcome.KEPT);
      fates.add(done.getOrDefault(image, fate));
      done.remove(image);
    }
    fates.addAll(done.values());
    return new PruneReport(
        terms.set(),
        scope.storage().name(),
        exit,
        new Span(decided.at(), Instant.now(terms.clock())),
        dryRun,
        decided.digest(),
        fates,
        problems,
        notes);
  }

  private Fate fate(Decided decided, ImageId image, Outcome outcome) {
    var aging = decided.image(image);
    var key = new SourceKey(terms.set(), aging.source());
    return new Fate(
        new ImageRef(image, key, aging.level()),
        aging.at(),
        aging.bytes(),
        outcome,
        decided.why(image));
  }

  /// Of an image that an earlier prune did not finish.
  private Fate fate(ImageId image) {
    var row = terms.catalog().images().find(image).orElseThrow();
    long bytes =
        row.manifest().stream()
            .flatMap(manifest -> manifest.files().stream())
            .mapToLong(entry -> entry.file().length())
            .sum();
    var why =
        terms.catalog().lifetimes().end(image).map(end -> end.reason()).orElse("")
            + "; an earlier prune did not end";
    return new Fate(
        new ImageRef(image, row.planned().source(), row.planned().level()),
        row.createdAt(),
        bytes,
        Outcome.EXPIRED,
        why);
  }
}
