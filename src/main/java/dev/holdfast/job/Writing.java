package dev.holdfast.job;

import dev.holdfast.catalog.ImageRow;
import dev.holdfast.catalog.ImageState;
import dev.holdfast.catalog.WaitingImage;
import dev.holdfast.image.Manifest;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.media.MediaFile;
import dev.holdfast.model.Label;
import dev.holdfast.model.declared.Job;
import dev.holdfast.model.declared.StagingUse.AutoFlush;
import dev.holdfast.plan.FlushOrder;
import dev.holdfast.report.ImageRef;
import dev.holdfast.report.RunEvent;
import dev.holdfast.report.RunReport;
import dev.holdfast.staging.StagedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Writes staged images to media, one writer a thread, until there is nothing more to expect.
/// Leftovers of earlier runs flow here too. Thread-safe.
final class Writing {
  private static final long LOOK_AGAIN_MILLIS = 200;

  private final RunScope scope;
  private final Commit commit;
  private final Semaphore writers;
  private final FlushOrder order;
  private final AutoFlush backlog;
  private final VolumeThreshold start;

  /// @param backlog when images of earlier runs are written
  Writing(RunScope scope, Commit commit, AutoFlush backlog) {
    this.scope = scope;
    this.commit = commit;
    this.writers = new Semaphore(scope.set().how().mediaParallel());
    this.order = new FlushOrder(scope.set().how().mediaUtilization());
    this.backlog = backlog;
    this.start = new VolumeThreshold(scope);
  }

  /// The permits that a direct dump shares with the writers.
  Semaphore permits() {
    return writers;
  }

  void writeAll() throws IOException, InterruptedException {
    try (var volumes = new Volumes(scope)) {
      while (scope.outcomes().storageTrouble().isEmpty()) {
        scope.stop().check();
        long seen = scope.signals().changes();
        // asked first: what the last dump staged before it ended is seen below
        boolean over = scope.signals().areDumpsEnded();
        var heldBack = volumes.isBegun() ? Optional.<String>empty() : start.heldBack(candidates());
        if (heldBack.isEmpty() && writeNext(volumes)) {
          continue;
        }
        if (over) {
          heldBack.ifPresent(why -> scope.events().tell(new RunEvent.Note(why)));
          return;
        }
        if (heldBack.isPresent() || !sendAhead(volumes)) {
          await(seen);
        }
      }
    }
  }

  /// Nobody rings when a part that is being formed has become large enough.
  private void await(long seen) throws InterruptedException {
    if (scope.storage().sendsFrom().isPresent() && !scope.signals().areDumpsEnded()) {
      scope.signals().awaitChangeSince(seen, LOOK_AGAIN_MILLIS);
    } else {
      scope.signals().awaitChangeSince(seen);
    }
  }

  /// Writes an image that is complete.
  ///
  /// @return false when there is none
  private boolean writeNext(Volumes volumes) throws IOException, InterruptedException {
    var next = claim();
    if (next.isPresent()) {
      writeOne(next.get(), volumes);
    }
    return next.isPresent();
  }

  /// Sends parts that are still formed, and what becomes complete meanwhile.
  ///
  /// @return false when there is nothing to send
  private boolean sendAhead(Volumes volumes) throws IOException, InterruptedException {
    var from = scope.storage().sendsFrom();
    boolean mayBegin = volumes.isBegun() || start.isAtOnce();
    if (!isOwnWanted() || from.isEmpty() || !mayBegin) {
      return false;
    }
    var image = scope.signals().forming().claim(from.getAsLong());
    if (image.isEmpty()) {
      return false;
    }
    try (var ahead = new SendingAhead(scope, image.get(), volumes, writers)) {
      while (scope.outcomes().storageTrouble().isEmpty() && ahead.step()) {
        scope.stop().check();
        writeNext(volumes);
      }
    } catch (StorageTroubleException away) {
      scope.outcomes().storage(away.trouble());
    } finally {
      image.get().letGo();
      scope.signals().ring();
    }
    return true;
  }

  /// Images lie in staging that this run writes, or is writing: there will be room.
  boolean isDraining() {
    return scope.catalog().images().count(ImageState.WRITING) > 0 || !candidates().isEmpty();
  }

  private Optional<ImageRow> claim() {
    if (scope.staging().isEmpty()) {
      return Optional.empty();
    }
    var forming = scope.signals().forming();
    var free = candidates().stream().filter(one -> !forming.isClaimed(one.image())).toList();
    var next = order.next(free, target());
    return next.isEmpty() ? Optional.empty() : scope.catalog().images().claim(next.get().image());
  }

  /// Only the rules that look for what fits need to know what is left.
  private FlushOrder.Target target() {
    return switch (order.rule()) {
      case FIRST_FIT, LARGEST_FIT ->
          new FlushOrder.Target(new StorageRoom(scope.storage()).now(scope), false);
      case FIRST, LARGEST, SMALLEST, LAST -> FlushOrder.Target.unlimited();
    };
  }

  /// What may be written now; images of earlier runs as `staging.autoFlush` has it.
  private List<FlushOrder.Staged> candidates() {
    return scope.catalog().images().waiting().stream()
        .filter(image -> image.run().equals(scope.run()) ? isOwnWanted() : isBacklogWanted())
        .map(this::staged)
        .toList();
  }

  private boolean isOwnWanted() {
    return scope.request().does(Job.Step.WRITE);
  }

  private boolean isBacklogWanted() {
    return switch (backlog) {
      case BEFORE, BOTH -> true;
      case AFTER -> scope.signals().areDumpsEnded();
      case OFF -> false;
    };
  }

  private FlushOrder.Staged staged(WaitingImage image) {
    long bytes = scope.staging().orElseThrow().sizeOf(image.image());
    return new FlushOrder.Staged(
        image.image(),
        image.createdAt(),
        image.stagedAt(),
        bytes == 0 ? image.storedBytes() : bytes);
  }

  private void writeOne(ImageRow row, Volumes volumes) throws IOException, InterruptedException {
    CrashPoint.WRITE_CLAIMED.reached();
    var image = row.planned().image();
    var staged = scope.staging().orElseThrow().find(image);
    if (staged.isEmpty()) {
      scope.outcomes().problem(Recovery.lost(row, scope.catalog().images().lost(image)));
      return;
    }
    writers.acquire();
    try {
      write(row, staged.get(), volumes);
    } catch (StorageTroubleException away) {
      scope.catalog().images().unclaim(image);
      scope.outcomes().storage(away.trouble());
    } catch (IOException | InterruptedException | RuntimeException failed) {
      scope.catalog().images().unclaim(image);
      throw failed;
    } finally {
      writers.release();
      scope.signals().ring();
    }
  }

  private void write(ImageRow row, StagedImage staged, Volumes volumes)
      throws IOException, InterruptedException {
    var manifest = staged.manifest();
    var image = manifest.image();
    var ref = new ImageRef(image, manifest.source(), manifest.level());
    scope.events().tell(new RunEvent.WriteBegan(ref, staged.bytes()));
    var placed = new ArrayList<Manifest.Entry>();
    var done = scope.catalog().images().onMedia(image);
    long bytes = 0;
    for (var entry : manifest.files()) {
      scope.stop().check();
      var earlier = Commit.find(done, entry);
      placed.add(earlier.isPresent() ? earlier.get() : place(staged, entry, volumes));
      bytes += entry.file().length();
      scope.events().tell(new RunEvent.WriteProgress(image, bytes));
    }
    var stored = commit.commit(manifest, placed, row.verdict(), volumes);
    scope.staging().orElseThrow().release(image);
    CrashPoint.STAGING_RELEASED.reached();
    if (!row.run().equals(scope.run())) {
      scope.outcomes().flushed(new RunReport.Flushed(ref, bytes, labels(stored)));
    }
    scope.events().tell(new RunEvent.WriteEnded(ref, labels(stored)));
  }

  private Manifest.Entry place(StagedImage staged, Manifest.Entry entry, Volumes volumes)
      throws IOException {
    var file =
        new MediaFile(
            staged.id(), entry.kind(), entry.file().number(), staged.folder().file(entry));
    var placed = Volumes.placed(entry, volumes.write(file));
    scope.catalog().images().onMedia(staged.id(), placed);
    CrashPoint.MEDIA_PART_RECORDED.reached();
    return placed;
  }

  /// The volumes that hold an image, in the order of its files, each once.
  static List<Label> labels(Manifest manifest) {
    return manifest.files().stream()
        .flatMap(entry -> entry.place().stream())
        .map(place -> place.volume())
        .distinct()
        .toList();
  }
}
