package dev.holdfast.job;

import dev.holdfast.catalog.Verdict;
import dev.holdfast.image.FileKind;
import dev.holdfast.image.ImageFolder;
import dev.holdfast.image.ImageSpec;
import dev.holdfast.image.ImageWriter;
import dev.holdfast.image.Manifest;
import dev.holdfast.image.ManifestCodec;
import dev.holdfast.image.PartGrowth;
import dev.holdfast.image.PartSink;
import dev.holdfast.image.WrittenImage;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.io.DurableFiles;
import dev.holdfast.io.SinkException;
import dev.holdfast.media.FormingPart;
import dev.holdfast.media.MediaFile;
import dev.holdfast.model.PartFile;
import dev.holdfast.model.PlannedDump;
import dev.holdfast.model.Problem;
import dev.holdfast.model.VolumeFile;
import dev.holdfast.model.declared.Source;
import dev.holdfast.report.RunEvent;
import dev.holdfast.source.DumpOutcome;
import dev.holdfast.source.DumpRequest;
import dev.holdfast.source.SourceDriver;
import dev.holdfast.source.ToleranceVerdict;
import dev.holdfast.staging.Reservation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes one planned dump: the program's output becomes an image in staging or, where staging is
/// off or cannot hold it, goes to media part by part. A dump that did not finish leaves nothing
/// that counts. Thread-safe.
final class Dumping {
  private final RunScope scope;
  private final Driver driver;
  private final Commit commit;

  Dumping(RunScope scope, Driver driver, Commit commit) {
    this.scope = scope;
    this.driver = driver;
    this.commit = commit;
  }

  /// How a dump ended.
  sealed interface Ended {
    record Kept(Manifest manifest, Verdict verdict, String reason) implements Ended {}

    record Failed(Problem problem) implements Ended {}

    /// No room, and the storage that would give some is away; or the window closed.
    record Waiting(Problem problem) implements Ended {}

    /// It had to leave staging for others, and starts anew on another way.
    record Outgrown() implements Ended {}
  }

  Ended dump(Driver.Turn turn) throws IOException, InterruptedException {
    CrashPoint.DUMP_STARTED.reached();
    var planned = turn.planned();
    try {
      return switch (turn) {
        case Driver.Turn.Stage(_, var reservation) -> stage(planned, reservation);
        case Driver.Turn.Direct _ -> direct(planned);
        case Driver.Turn.Refused(_, var later, var reason) -> refused(planned, later, reason);
      };
    } finally {
      for (var name : List.of("base", "snapshot")) {
        Files.deleteIfExists(scope.state().work(planned.image(), name));
      }
    }
  }

  private static Ended refused(PlannedDump planned, boolean later, String reason) {
    var place = "source " + planned.source();
    return later
        ? new Ended.Waiting(
            new Problem(place, "was not dumped: " + reason, "run again when that has changed"))
        : new Ended.Failed(
            new Problem(
                place,
                "was not dumped: " + reason,
                "raise sizeLimit or free space, or allow staging.use.mode: auto; the next run dumps"
                    + " this source"));
  }

  private Ended stage(PlannedDump planned, Reservation reservation)
      throws IOException, InterruptedException {
    boolean kept = false;
    // what an earlier attempt sent ahead is not of this one
    scope.catalog().images().forgetFiles(planned.image());
    try (reservation;
        var forming = scope.signals().forming().begin(planned.image())) {
      var ended = run(planned, reservation.folder(), staged(planned, reservation, forming));
      if (ended instanceof Ended.Kept whole) {
        forming.whole();
        accept(planned, reservation, whole);
        forming.kept();
        kept = true;
      }
      return ended;
    } catch (OutgrownException atItsEnd) {
      return outgrown(planned, atItsEnd);
    } catch (SinkException full) {
      if (full.getCause() instanceof OutgrownException inTheMiddle) {
        return outgrown(planned, inTheMiddle);
      }
      throw full;
    } finally {
      if (!kept) {
        scope.catalog().images().forgetFiles(planned.image());
      }
    }
  }

  private Ended outgrown(PlannedDump planned, OutgrownException why) {
    note(planned, "leaves staging: " + why.getMessage());
    return new Ended.Outgrown();
  }

  /// Parts stay where they are formed, in room that is booked; a writer may send them meanwhile.
  private PartSink staged(PlannedDump planned, Reservation reservation, FormingImage forming) {
    return new PartSink() {
      @Override
      public void completed(PartFile part, Path file) {
        forming.completed(part);
      }

      @Override
      public void growing(long bytes) throws IOException {
        driver.grow(planned.image(), reservation, bytes);
      }

      @Override
      public void grown(PartGrowth growth) {
        forming.grown(growth);
      }
    };
  }

  private void accept(PlannedDump planned, Reservation reservation, Ended.Kept kept)
      throws IOException {
    var manifest = kept.manifest();
    Commit.write(manifest, ManifestCodec.encode(manifest), reservation.folder().manifest());
    var accepted = reservation.accept();
    scope.sidecars().keep(planned.image(), accepted.folder());
    CrashPoint.SIDECARS_WRITTEN.reached();
    scope.catalog().images().staged(manifest, kept.verdict(), Instant.now(scope.request().clock()));
    CrashPoint.STAGED_RECORDED.reached();
  }

  private Ended direct(PlannedDump planned) throws IOException, InterruptedException {
    var image = planned.image();
    var folder = new ImageFolder(scope.state().partCache().resolve(image.value()));
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
      if (!kept) {
        scope.catalog().images().plannedAgain(image);
        scope.signals().forming().sentForNothing();
      }
      DurableFiles.deleteTree(folder.path());
    }
  }

  /// Each part leaves for media as soon as it is complete; the rest follows at the end.
  private Ended flow(PlannedDump planned, ImageFolder folder, Volumes volumes)
      throws IOException, InterruptedException {
    var placed = new ArrayList<Manifest.Entry>();
    Ended ended;
    try (var toMedia = new ToMedia(planned, volumes, placed)) {
      ended = run(planned, folder, toMedia);
    }
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
    var media = new MediaFile(planned.image(), entry.kind(), entry.file().number(), file);
    return record(planned, entry, volumes.write(media));
  }

  private Manifest.Entry record(PlannedDump planned, Manifest.Entry entry, VolumeFile place) {
    var placed = Volumes.placed(entry, place);
    scope.catalog().images().onMedia(planned.image(), placed);
    CrashPoint.MEDIA_PART_RECORDED.reached();
    return placed;
  }

  /// Where the parts of a direct dump go: while they are formed where the medium takes that, else
  /// each as soon as it is complete. Used by one thread.
  private final class ToMedia implements PartSink, AutoCloseable {
    private final PlannedDump planned;
    private final Volumes volumes;
    private final List<Manifest.Entry> placed;
    private Optional<PartAhead> ahead = Optional.empty();

    ToMedia(PlannedDump planned, Volumes volumes, List<Manifest.Entry> placed) {
      this.planned = planned;
      this.volumes = volumes;
      this.placed = placed;
    }

    @Override
    public void grown(PartGrowth growth) throws IOException {
      if (ahead.isEmpty()) {
        var forming =
            FormingPart.of(planned.image(), growth.part(), growth.file(), scope.partSize());
        ahead = Optional.of(new PartAhead(volumes, forming, text -> note(planned, text)));
      }
      ahead.get().grown(growth);
    }

    @Override
    public void completed(PartFile part, Path file) throws IOException {
      var entry = new Manifest.Entry(FileKind.PART, part, Optional.empty());
      var early = ahead.isPresent() ? ahead.get().complete() : Optional.<VolumeFile>empty();
      close();
      placed.add(
          early.isPresent()
              ? record(planned, entry, early.get())
              : place(planned, entry, file, volumes));
      Files.delete(file);
    }

    @Override
    public void close() {
      ahead.ifPresent(PartAhead::close);
      ahead = Optional.empty();
    }
  }

  private Ended run(PlannedDump planned, ImageFolder folder, PartSink sink)
      throws IOException, InterruptedException {
    var source = scope.source(planned.source().source());
    var archive = scope.driver(source.name());
    var spec = spec(planned, source, archive.archiver());
    var snapshot = scope.state().work(planned.image(), "snapshot");
    var request = new DumpRequest(base(planned), snapshot, scope.set().how().timeouts().noData());
    try (var writer = ImageWriter.open(spec, folder, scope.workers(), sink)) {
      var outcome =
          archive.dump(request, Progress.before(writer, bytes -> progress(planned, bytes)));
      return switch (outcome) {
        case DumpOutcome.Failed(var problem) -> new Ended.Failed(problem);
        case DumpOutcome.Complete complete -> {
          writer.addState(snapshot);
          yield judged(archive, spec, complete, writer.finish());
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
        scope.partSize().bytes(),
        archiver);
  }

  /// The snapshot that the parent's STATE holds, unpacked.
  private Optional<Path> base(PlannedDump planned) throws IOException {
    if (planned.parent().isEmpty()) {
      return Optional.empty();
    }
    var parent = scope.catalog().images().find(planned.parent().get()).orElseThrow();
    var base = scope.state().work(planned.image(), "base");
    States.unpack(scope.readers().files(parent), base);
    return Optional.of(base);
  }

  private void note(PlannedDump planned, String text) {
    scope.events().tell(new RunEvent.Note("source " + planned.source().source() + " " + text));
  }

  private void progress(PlannedDump planned, long bytes) {
    scope.events().tell(new RunEvent.DumpProgress(planned.source().source(), bytes));
    if (bytes * 2 > planned.estimate().bytes()) {
      CrashPoint.DUMP_HALF.reached();
    }
  }
}
