package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.CopyRow;
import dev.holdfast.catalog.CopyState;
import dev.holdfast.catalog.ImageState;
import dev.holdfast.catalog.VolumeRow;
import dev.holdfast.image.Digests;
import dev.holdfast.media.CheckResult;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.model.Digest;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.Storage;
import dev.holdfast.plan.retention.AgingImage;
import dev.holdfast.plan.retention.AgingImage.Soundness;
import dev.holdfast.plan.retention.KeepReason;
import dev.holdfast.plan.retention.KeepReason.Kind;
import dev.holdfast.plan.retention.RetentionVerdict;
import dev.holdfast.report.PruneReport;
import dev.holdfast.report.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Removes all that there is of a set: its own images, then its copies, one storage after the
/// other. A storage that cannot be reached stops none of the others; the same command takes from it
/// what is left when it is back. Used by one thread.
final class Purge {
  private final Declarations declarations;
  private final PruneTerms terms;
  private final Catalog catalog;

  Purge(Declarations declarations, PruneTerms terms) {
    this.declarations = declarations;
    this.terms = terms;
    this.catalog = terms.catalog();
  }

  /// Where data of the set lies, and which side of the catalog knows of it there.
  private record Place(String storage, Scoping scoping) {}

  private interface Scoping {
    PruneScope of(MediaStorage storage, Optional<Lease> lease, PruneScope.Rules rules);
  }

  private interface Work {
    PruneReport on(MediaStorage storage) throws IOException, InterruptedException;
  }

  /// What would go from each storage. Touches nothing.
  List<PruneReport> dryRun() throws InterruptedException {
    var digest = digest();
    var reports = new ArrayList<PruneReport>();
    for (var place : places()) {
      reports.add(
          reported(
              place,
              digest,
              storage -> new Pruning(scope(place, storage, Optional.empty()).of(digest)).dryRun()));
    }
    return reports;
  }

  /// Removes it.
  ///
  /// @param approval the digest that a dry run showed, or how it begins
  List<PruneReport> run(String approval, KeptLeases leases) throws InterruptedException {
    var digest = digest();
    var reports = new ArrayList<PruneReport>();
    for (var place : places()) {
      reports.add(
          reported(
              place,
              digest,
              storage -> {
                leases.take(storage).orEnd();
                removeUnfinished(storage);
                var scope = scope(place, storage, leases.of(storage)).of(digest);
                return new Pruning(scope).run(Optional.of(approval));
              }));
    }
    return reports;
  }

  /// The storages of the set's own images; of one of which nothing is left, those of its volumes.
  static List<String> homes(Catalog catalog) {
    var homes = catalog.inventory().homes();
    var further = Set.copyOf(catalog.copies().storages());
    return homes.isEmpty()
        ? catalog.inventory().volumes().stream()
            .map(VolumeRow::storage)
            .filter(storage -> !further.contains(storage))
            .distinct()
            .toList()
        : homes;
  }

  private List<Place> places() {
    return Stream.concat(
            catalog.inventory().homes().stream().map(name -> new Place(name, terms::own)),
            catalog.copies().storages().stream()
                .filter(name -> copies(name, CopyState.PRUNED).size() < copies(name).size())
                .map(name -> new Place(name, terms::copies)))
        .toList();
  }

  /// A copy that was cut off is no copy: what is there of it belongs to nothing.
  private void removeUnfinished(MediaStorage storage) throws IOException {
    new CopyRecovery(terms.set(), catalog, storage, terms.clock()).run(Set.of());
  }

  private PruneReport reported(Place place, Digest digest, Work work) throws InterruptedException {
    try {
      return work.on(open(place.storage()));
    } catch (HoldfastException known) {
      return trouble(place, digest, known.exit(), known.problem());
    } catch (IOException unreadable) {
      return trouble(
          place,
          digest,
          ExitCode.TEMPFAIL,
          new Problem(
              "storage '" + place.storage() + "'",
              "could not be read, so nothing more was purged there: " + Reason.of(unreadable),
              "see that it is mounted and whole, then type this again"));
    }
  }

  private PruneReport trouble(Place place, Digest digest, ExitCode exit, Problem problem) {
    var now = Instant.now(terms.clock());
    return new PruneReport(
        terms.set(),
        place.storage(),
        exit,
        new Span(now, now),
        false,
        digest,
        List.of(),
        List.of(problem),
        List.of());
  }

  private MediaStorage open(String name) {
    var storage = StorageUses.open(declarations, declared(name));
    Set<Label> known = catalog.inventory().labels(name);
    if (storage.check(known) instanceof CheckResult.Unreachable(var problem)) {
      throw new HoldfastException(
          ExitCode.TEMPFAIL,
          new Problem(
              problem.place(),
              problem.fact() + "; what is there was not purged",
              "bring it back, then type this again"));
    }
    return storage;
  }

  private Storage declared(String name) {
    return Optional.ofNullable(declarations.storages().get(name))
        .orElseThrow(
            () ->
                new HoldfastException(
                    ExitCode.NOT_FOUND,
                    new Problem(
                        "set " + terms.set(),
                        "has volumes in storage '" + name + "', which is declared no more",
                        "declare the storage again in storage/ until the purge is done")));
  }

  private PruneScope scope(Place place, MediaStorage storage, Optional<Lease> lease) {
    var typed = "retire " + terms.set() + " --data purge";
    return place
        .scoping()
        .of(
            storage,
            lease,
            new PruneScope.Rules(
                (images, _) -> verdicts(images, isArchived(place.storage())),
                new PruneScope.Commands(typed, typed)));
  }

  private boolean isArchived(String name) {
    return Optional.ofNullable(declarations.storages().get(name))
        .filter(Storage::archived)
        .isPresent();
  }

  private Map<ImageId, RetentionVerdict> verdicts(List<AgingImage> images, boolean archived) {
    var verdicts = new LinkedHashMap<ImageId, RetentionVerdict>();
    for (var image : images) {
      var kept = new ArrayList<KeepReason>();
      if (archived) {
        kept.add(new KeepReason(Kind.ARCHIVED, "its storage is archived"));
      }
      image.hold().ifPresent(why -> kept.add(new KeepReason(Kind.HELD, why)));
      if (image.soundness() == Soundness.OPEN) {
        kept.add(new KeepReason(Kind.OPEN, "not yet whole in this storage"));
      }
      verdicts.put(
          image.image(),
          kept.isEmpty()
              ? new RetentionVerdict.Expire("set " + terms.set() + " is retired")
              : new RetentionVerdict.Keep(kept));
    }
    return verdicts;
  }

  /// Of everything that goes, on every storage, by the catalog alone, and of what has gone: the
  /// same digest is good until the last storage was there.
  private Digest digest() {
    var lines = new TreeSet<String>();
    for (var name : catalog.inventory().homes()) {
      going(new RetentionInputs(catalog, name, List.of(), Map.of()).images(), name)
          .forEach(image -> lines.add("own " + image));
    }
    Stream.of(ImageState.EXPIRED, ImageState.COPIED, ImageState.PRUNED)
        .flatMap(state -> catalog.images().in(state).stream())
        .forEach(row -> lines.add("own " + row.planned().image()));
    for (var name : catalog.copies().storages()) {
      Stream.of(
              going(new CopyInputs(catalog, name, Map.of()).images(), name),
              copies(name, CopyState.EXPIRED).stream(),
              copies(name, CopyState.PRUNED).stream())
          .flatMap(images -> images)
          .forEach(image -> lines.add("copy " + name + " " + image));
    }
    var text = "holdfast.purge/1\n" + terms.set() + "\n" + String.join("\n", lines);
    return Digests.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private Stream<ImageId> going(List<AgingImage> images, String storage) {
    return verdicts(images, isArchived(storage)).entrySet().stream()
        .filter(verdict -> verdict.getValue().expires())
        .map(Map.Entry::getKey);
  }

  private List<CopyRow> copies(String storage) {
    return catalog.copies().on(storage);
  }

  private List<ImageId> copies(String storage, CopyState state) {
    return copies(storage).stream()
        .filter(copy -> copy.state() == state)
        .map(CopyRow::image)
        .toList();
  }
}
