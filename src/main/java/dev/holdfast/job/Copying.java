package dev.holdfast.job;

import dev.holdfast.catalog.Copies;
import dev.holdfast.catalog.CopyRow;
import dev.holdfast.catalog.CopyState;
import dev.holdfast.catalog.ImageRow;
import dev.holdfast.job.Outcomes.StorageTrouble;
import dev.holdfast.media.CheckResult;
import dev.holdfast.media.LabelTemplate;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.declared.CopyTarget;
import dev.holdfast.plan.CopyChoice;
import dev.holdfast.report.RunEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Brings to one further storage what it lacks of the set's images: byte copies of whole files,
/// each checked against the manifest on its way, the copy's own manifest last. Goes on where it was
/// cut off, and makes anew what a verify found damaged there. A storage that is away is told and
/// left; the set's own images do not wait for it. Used by one thread.
final class Copying {
  private final RunScope scope;
  private final CopyTarget target;
  private final MediaStorage storage;
  private final Copies copies;
  private final CopyNumbers numbers;
  private final CopyOutcomes outcomes;

  Copying(RunScope scope, CopyTarget target) {
    this.scope = scope;
    this.target = target;
    this.storage = scope.declared().open(target.storage());
    this.copies = scope.catalog().copies();
    this.numbers = new CopyNumbers(scope, storage);
    this.outcomes = scope.outcomes().copies();
  }

  /// Copies what is pending, the oldest first.
  void copyAll() throws InterruptedException {
    var pending = pending();
    if (pending.isEmpty() && !isInterrupted() && numbers.missing().isEmpty()) {
      return;
    }
    try {
      if (isThere()) {
        leased();
      }
    } catch (StorageTroubleException trouble) {
      tell(trouble.trouble());
    } catch (HoldfastException refused) {
      tell(new StorageTrouble.Fault(refused.problem()));
    } catch (IOException | UncheckedIOException lost) {
      outcomes.trouble(
          name(),
          new StorageTrouble.Fault(
              new Problem(
                  "storage '" + name() + "'",
                  "the copy could not go on: " + Reason.of(lost),
                  "the set's own images are not touched; 'holdfast copy "
                      + scope.set().name()
                      + "' goes on where it was cut off")));
    }
  }

  /// Each storage that is written has a lease of its own: the set's own one may be away meanwhile.
  private void leased() throws IOException, InterruptedException {
    var name = scope.set().name();
    try (var lease =
        Lease.on(name, storage, text -> scope.events().tell(new RunEvent.Note(text)))) {
      var patience = scope.request().lockWait();
      granted(scope.stop().untilStopped(() -> lease.acquire(patience)));
      lease.run(scope.run());
      Volumes.Fence fence = () -> granted(lease.check());
      new CopyRenewal(scope, storage, fence).run(pending());
      recover();
      copy(missing(), fence);
    }
  }

  /// What of a copy is wanted no more is removed, and what is wanted is gone on with.
  private void recover() throws IOException {
    var clock = scope.request().clock();
    int removed =
        new CopyRecovery(scope.set().name(), scope.catalog(), storage, clock)
            .run(Set.copyOf(missing()));
    if (removed > 0) {
      scope
          .events()
          .tell(
              new RunEvent.Note(
                  "removed %d files that an unfinished copy had left on storage %s"
                      .formatted(removed, name())));
    }
  }

  private static void granted(Lease.Result result) throws StorageTroubleException {
    var obstacle = result.obstacle();
    if (obstacle.isPresent()) {
      throw new StorageTroubleException(obstacle.get().problem(), obstacle.get().exit());
    }
  }

  private void copy(List<ImageId> images, Volumes.Fence fence)
      throws IOException, InterruptedException {
    try (var volumes = new Volumes(scope, destination(fence))) {
      numbers.give(volumes);
      for (var image : images) {
        scope.stop().check();
        var row = scope.catalog().images().find(image).filter(ImageRow::exists);
        if (row.isPresent()) {
          copy(row.get(), volumes);
        }
      }
    }
  }

  private void copy(ImageRow row, Volumes volumes) throws IOException, InterruptedException {
    try {
      new ImageCopy(scope, row, name()).to(volumes);
    } catch (UncopyableException nowhere) {
      nowhere.tell(outcomes, name());
    }
  }

  /// Without the copies that are damaged and had to stay.
  private List<ImageId> missing() {
    return pending().stream()
        .filter(image -> copies.find(image, name()).filter(CopyRow::isStored).isEmpty())
        .toList();
  }

  private List<ImageId> pending() {
    var images = scope.catalog().images().list().stream().filter(ImageRow::exists).toList();
    var now = Instant.now(scope.request().clock());
    return CopyLag.of(scope.catalog(), target, images, now).pending().stream()
        .map(CopyChoice.Candidate::image)
        .toList();
  }

  /// A copy was cut off, perhaps of an image that is not wanted any more.
  private boolean isInterrupted() {
    return copies.on(name()).stream().anyMatch(copy -> copy.state() == CopyState.WRITING);
  }

  private boolean isThere() {
    return switch (storage.check(scope.knownLabels(name()))) {
      case CheckResult.Usable() -> true;
      case CheckResult.Unreachable(var problem) -> {
        tell(new StorageTrouble.Away(problem));
        yield false;
      }
      case CheckResult.Refused(var problem) -> {
        tell(new StorageTrouble.Fault(problem));
        yield false;
      }
    };
  }

  private Volumes.Destination destination(Volumes.Fence fence) {
    return new Volumes.Destination(
        storage,
        target.storage().taperscan(),
        new LabelTemplate(target.labelTemplate()),
        this::tell,
        fence);
  }

  /// A storage speaks of what it does for the set's own images; here nothing waits for it.
  private void tell(StorageTrouble trouble) {
    var goesOn =
        ", then 'holdfast copy "
            + scope.set().name()
            + "' goes on; the set's own images do not wait for it";
    var problem = trouble.problem();
    outcomes.trouble(
        name(),
        switch (trouble) {
          case StorageTrouble.Away _ ->
              new StorageTrouble.Away(
                  new Problem(problem.place(), problem.fact(), "attach or mount it" + goesOn));
          case StorageTrouble.Taken _ -> trouble;
          case StorageTrouble.Fault _ ->
              new StorageTrouble.Fault(
                  new Problem(
                      problem.place(), problem.fact(), "repair it or make room there" + goesOn));
        });
  }

  private String name() {
    return target.storage().name();
  }
}
