package dev.holdfast.job;

import dev.holdfast.catalog.ImageState;
import dev.holdfast.catalog.Verdict;
import dev.holdfast.image.FileKind;
import dev.holdfast.image.ImageFolder;
import dev.holdfast.image.ImageSpec;
import dev.holdfast.image.ImageWriter;
import dev.holdfast.image.Manifest;
import dev.holdfast.image.ManifestCodec;
import dev.holdfast.image.PartSink;
import dev.holdfast.image.WrittenImage;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.io.DurableFiles;
import dev.holdfast.io.SinkException;
import dev.holdfast.media.MediaFile;
import dev.holdfast.model.PlannedDump;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Route;
import dev.holdfast.model.declared.Source;
import dev.holdfast.model.declared.StagingUse;
import dev.holdfast.report.RunEvent;
import dev.holdfast.source.DumpOutcome;
import dev.holdfast.source.DumpRequest;
import dev.holdfast.source.SourceDriver;
import dev.holdfast.source.ToleranceVerdict;
import dev.holdfast.staging.Reservation;
import dev.holdfast.staging.ReserveResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes one planned dump: the program's output becomes an image in staging or, where staging is
/// off or cannot hold it, goes to media part by part. A dump that did not finish leaves nothing
/// that counts. Thread-safe.
final class Dumping {
  private final RunScope scope;
  private final Writing writing;
  private final Commit commit;

  Dumping(RunScope scope, Writing writing, Commit commit) {
    this.scope = scope;
    this.writing = writing;
    this.commit = commit;
  }

  /// How a dump ended.
  sealed interface Ended {
    record Kept(Manifest manifest, Verdict verdict, String reason) implements Ended {}

    record Failed(Problem problem) implements Ended {}

    /// No room, and the storage that would give some is away.
    record Waiting(Problem problem) implements Ended {}
  }

  Ended dump(PlannedDump planned) throws IOException, InterruptedException {
    CrashPoint.DUMP_STARTED.reached();
    var image = planned.image();
    try {
      return planned.route() == Route.STAGING ? staged(planned) : direct(planned);
    } finally {
      for (var name : List.of("base", "snapshot")) {
        Files.deleteIfExists(scope.state().work(image, name));
      }
    }
  }

  private Ended staged(PlannedDump planned) throws IOException, InterruptedException {
    var staging = scope.staging().orElseThrow();
    while (true) {
      scope.stop().check();
      long seen = scope.signals().changes();
      switch (staging.reserve(planned.image(), planned.estimate().bytes())) {
        case ReserveResult.Granted(var reservation) -> {
          return stage(planned, reservation);
        }
        case ReserveResult.TooLarge(var limit) -> {
          return elsewhere(planned, "it can hold " + limit + " bytes");
        }
        case ReserveResult.NoRoom(var free) -> {
          if (scope.outcomes().storageTrouble().isPresent()) {
            return new Ended.Waiting(noRoom(planned, "the storage that would empty it is away"));
          }
          if (!mayBecomeFree()) {
            return elsewhere(planned, free + " bytes are left");
          }
          scope.signals().awaitChangeSince(seen);
        }
      }
    }
  }

  /// Another dump may give room back, or a writer may release what it has written.
  private boolean mayBecomeFree() {
    var images = scope.catalog().images();
    boolean writersWork = !scope.signals().areWritersGone();
    return scope.signals().dumping() > 1
        || (writersWork
            && !(images.in(ImageState.STAGED).isEmpty()
                && images.in(ImageState.WRITING).isEmpty()));
  }

  private Ended elsewhere(PlannedDump planned, String why)
      throws IOException, InterruptedException {
    if (scope.set().stagingUse().use().mode() == StagingUse.Mode.REQUIRED) {
      return new Ended.Failed(noRoom(planned, why));
    }
    scope
        .events()
        .tell(
            new RunEvent.Note(
                "source "
                    + planned.source().source()
                    + " goes straight to media: staging has no room, "
                    + why));
    return direct(planned);
  }

  private static Problem noRoom(PlannedDump planned, String why) {
    return new Problem(
        "source " + planned.source(),
        "staging has no room for about " + planned.estimate().bytes() + " bytes, " + why,
        "raise sizeLimit or free space; the next run dumps this source");
  }

  private Ended stage(PlannedDump planned, Reservation reservation)
      throws IOException, InterruptedException {
    try (reservation) {
      var growth = new Growth(reservation::grow, bytes -> progress(planned, bytes));
      var ended = run(planned, reservation.folder(), growth, PartSink.keep());
      return ended instanceof Ended.Kept kept ? accept(planned, reservation, kept) : ended;
    } catch (SinkException full) {
      scope
          .events()
          .tell(
              new RunEvent.Note(
                  "dump of " + planned.source() + " left staging: " + full.getMessage()));
    }
    return elsewhere(planned, "the dump outgrew it");
  }

  private Ended accept(PlannedDump planned, Reservation reservation, Ended.Kept kept)
      throws IOException {
    var manifest = kept.manifest();
    Commit.write(manifest, ManifestCodec.encode(manifest), reservation.folder().manifest());
    var accepted = reservation.accept();
    scope.sidecars().keep(planned.image(), accepted.folder());
    CrashPoint.SIDECARS_WRITTEN.reached();
    scope.catalog().images().staged(manifest, kept.verdict());
    CrashPoint.STAGED_RECORDED.reached();
    return kept;
  }

  private Ended direct(PlannedDump planned) throws IOException, InterruptedException {
    var image = planned.image();
    var folder = new ImageFolder(scope.state().partCache().resolve(image.value()));
    writing.permits().acquire();
    scope.catalog().images().beginDirect(image);
    boolean kept = false;
    try (var volumes = new Volumes(scope)) {
      DurableFiles.deleteTree(folder.path());
      DurableFiles.createPrivateDirectory(folder.path());
      var ended = flow(planned, folder, volumes);
      kept = ended instanceof Ended.Kept;
      return ended;
    } catch (StorageTroubleException away) {
      scope.outcomes().storage(away.trouble());
      return new Ended.Waiting(away.trouble().problem());
    } finally {
      writing.permits().release();
      if (!kept) {
        scope.catalog().images().plannedAgain(image);
      }
      DurableFiles.deleteTree(folder.path());
    }
  }

  /// Each part leaves for media as soon as it is complete; the rest follows at the end.
  private Ended flow(PlannedDump planned, ImageFolder folder, Volumes volumes)
      throws IOException, InterruptedException {
    var placed = new ArrayList<Manifest.Entry>();
    PartSink toMedia =
        (part, file) -> {
          var entry = new Manifest.Entry(FileKind.PART, part, Optional.empty());
          placed.add(place(planned, entry, file, volumes));
          Files.delete(file);
        };
    var growth = new Growth(_ -> true, bytes -> progress(planned, bytes));
    var ended = run(planned, folder, growth, toMedia);
    if (!(ended instanceof Ended.Kept kept)) {
      return ended;
    }
    for (var entry : kept.manifest().files()) {
      if (entry.kind() != FileKind.PART) {
        placed.add(place(planned, entry, folder.file(entry), volumes));
      }
    }
    scope.sidecars().keep(planned.image(), folder);
    CrashPoint.SIDECARS_WRITTEN.reached();
    var stored = commit.commit(kept.manifest(), placed, kept.verdict(), volumes);
    return new Ended.Kept(stored, kept.verdict(), kept.reason());
  }

  private Manifest.Entry place(
      PlannedDump planned, Manifest.Entry entry, Path file, Volumes volumes) throws IOException {
    var image = planned.image();
    var media = new MediaFile(image, entry.kind(), entry.file().number(), file);
    var placed = Volumes.placed(entry, volumes.write(media));
    scope.catalog().images().onMedia(image, placed);
    CrashPoint.MEDIA_PART_RECORDED.reached();
    return placed;
  }

  private Ended run(PlannedDump planned, ImageFolder folder, Growth growth, PartSink sink)
      throws IOException, InterruptedException {
    var source = scope.source(planned.source().source());
    var driver = scope.driver(source.name());
    var spec = spec(planned, source, driver.archiver());
    var snapshot = scope.state().work(planned.image(), "snapshot");
    var request = new DumpRequest(base(planned), snapshot, scope.set().how().timeouts().noData());
    try (var writer = ImageWriter.open(spec, folder, scope.workers(), sink)) {
      var outcome = driver.dump(request, growth.into(writer));
      return switch (outcome) {
        case DumpOutcome.Failed(var problem) -> new Ended.Failed(problem);
        case DumpOutcome.Complete complete -> {
          writer.addState(snapshot);
          yield judged(driver, spec, complete, writer.finish());
        }
      };
    } catch (SinkException sinkFailed) {
      if (sinkFailed.getCause() instanceof StorageTroubleException away) {
        throw away;
      }
      throw sinkFailed;
    }
  }

  /// An incremental may well hold next to nothing; a full may not.
  private Ended judged(
      SourceDriver driver, ImageSpec spec, DumpOutcome.Complete complete, WrittenImage written) {
    var missing =
        spec.level().isFull()
            ? driver.missing(written.stream().members())
            : Optional.<Problem>empty();
    return missing.<Ended>map(Ended.Failed::new).orElseGet(() -> kept(spec, complete, written));
  }

  private Ended kept(ImageSpec spec, DumpOutcome.Complete complete, WrittenImage written) {
    var manifest =
        new Manifest(
            spec.image(),
            spec.run(),
            spec.source(),
            spec.level(),
            spec.parent(),
            spec.createdAt(),
            0,
            Optional.empty(),
            spec.compressionName(),
            written.stream(),
            written.files(),
            complete.warnings(),
            complete.exits(),
            Map.of("tar", spec.archiver()),
            Planning.fingerprint(scope.request()),
            scope.request().declarations().commit());
    return switch (complete.verdict()) {
      case ToleranceVerdict.Good() -> new Ended.Kept(manifest, Verdict.OK, "");
      case ToleranceVerdict.Partial(var reason) ->
          new Ended.Kept(manifest, Verdict.PARTIAL, reason);
    };
  }

  private ImageSpec spec(PlannedDump planned, Source source, String archiver) {
    var row = scope.catalog().images().find(planned.image()).orElseThrow();
    return new ImageSpec(
        planned.image(),
        scope.run(),
        planned.source(),
        planned.level(),
        planned.parent(),
        row.createdAt(),
        source.compression(),
        scope.set().media().partSize().bytes(),
        archiver);
  }

  /// The snapshot that the parent's STATE holds, unpacked.
  private Optional<Path> base(PlannedDump planned) throws IOException {
    if (planned.parent().isEmpty()) {
      return Optional.empty();
    }
    var parent = scope.catalog().images().find(planned.parent().get()).orElseThrow();
    var base = scope.state().work(planned.image(), "base");
    States.unpack(scope.readers().files(parent.manifest().orElseThrow()), base);
    return Optional.of(base);
  }

  private void progress(PlannedDump planned, long bytes) {
    scope.events().tell(new RunEvent.DumpProgress(planned.source().source(), bytes));
    if (bytes * 2 > planned.estimate().bytes()) {
      CrashPoint.DUMP_HALF.reached();
    }
  }
}
