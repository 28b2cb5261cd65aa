package dev.holdfast.job;

import dev.holdfast.media.CheckResult;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.media.Probe;
import dev.holdfast.media.Sighting;
import dev.holdfast.media.driver.Storages;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.S3;
import dev.holdfast.model.declared.Storage;
import dev.holdfast.report.StorageReport;
import dev.holdfast.report.StorageReport.Line;
import dev.holdfast.report.StorageReport.Used;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Looks at storages by themselves, without a run.
public final class StorageLook {
  private static final BigDecimal GB = BigDecimal.valueOf(1_000_000_000L);

  private final Declarations declarations;
  private final List<Storage> storages;

  /// @param storages at least one
  public StorageLook(Declarations declarations, List<Storage> storages) {
    this.declarations = declarations;
    this.storages = List.copyOf(storages);
  }

  /// Tries what each storage can do.
  public StorageReport check() {
    var lines = new ArrayList<Line>();
    var exit = ExitCode.OK;
    for (var declared : storages) {
      var storage = open(declared);
      var probes = storage.probe();
      probes.forEach(
          probe ->
              lines.add(
                  new StorageReport.Answered(
                      declared.name(), probe.question(), probe.answer().name(), probe.follows())));
      exit = worse(exit, exit(storage, probes));
    }
    return new StorageReport("storage-check", exit, lines, List.of());
  }

  /// Tells how much of each storage is used, what is free where that is known, and what it costs.
  public StorageReport usage() {
    var lines = new ArrayList<Line>();
    var problems = new ArrayList<Problem>();
    var exit = ExitCode.OK;
    for (var declared : storages) {
      var storage = open(declared);
      var refused = refusal(storage);
      if (refused.isPresent()) {
        problems.add(refused.get());
        exit = worse(exit, exit(storage, List.of()));
      } else {
        exit = worse(exit, use(declared, storage, lines, problems));
      }
    }
    return new StorageReport("storage-usage", exit, lines, problems);
  }

  private ExitCode use(
      Storage declared, MediaStorage storage, List<Line> lines, List<Problem> problems) {
    try {
      lines.add(used(declared, storage));
      return ExitCode.OK;
    } catch (IOException gone) {
      problems.add(
          new Problem(
              "storage '" + declared.name() + "'",
              "cannot be looked through: " + Reason.of(gone),
              "see 'holdfast storage check " + declared.name() + "'"));
      return ExitCode.TEMPFAIL;
    }
  }

  private Used used(Storage declared, MediaStorage storage) throws IOException {
    var volumes =
        storage.scan().stream()
            .filter(Sighting.Labelled.class::isInstance)
            .map(Sighting.Labelled.class::cast)
            .toList();
    long bytes = volumes.stream().mapToLong(Sighting.Labelled::used).sum();
    var space = storage.space();
    return new Used(
        declared.name(),
        volumes.size(),
        bytes,
        space.free(),
        space.total(),
        prices(declared).map(prices -> cost(prices, bytes)));
  }

  private static Optional<S3.Prices> prices(Storage declared) {
    return declared.spec() instanceof S3 s3 ? s3.prices() : Optional.empty();
  }

  private static StorageReport.Cost cost(S3.Prices prices, long bytes) {
    return new StorageReport.Cost(
        prices.currency(), amount(prices.gbMonth(), bytes), amount(prices.gbOut(), bytes));
  }

  private static BigDecimal amount(String price, long bytes) {
    return new BigDecimal(price)
        .multiply(BigDecimal.valueOf(bytes))
        .divide(GB, 4, RoundingMode.HALF_UP);
  }

  private MediaStorage open(Storage declared) {
    return Storages.open(declared, StorageUses.of(declarations, Optional.empty()));
  }

  private static Optional<Problem> refusal(MediaStorage storage) {
    return switch (storage.check(Set.of())) {
      case CheckResult.Usable() -> Optional.empty();
      case CheckResult.Unreachable(var problem) -> Optional.of(problem);
      case CheckResult.Refused(var problem) -> Optional.of(problem);
    };
  }

  private static ExitCode exit(MediaStorage storage, List<Probe> probes) {
    return switch (storage.check(Set.of())) {
      case CheckResult.Unreachable _ -> ExitCode.TEMPFAIL;
      case CheckResult.Refused _ -> ExitCode.STORAGE;
      case CheckResult.Usable() ->
          probes.stream().anyMatch(probe -> probe.answer() == Probe.Answer.BAD)
              ? ExitCode.STORAGE
              : ExitCode.OK;
    };
  }

  /// What a person must repair comes before what may come back by itself.
  private static ExitCode worse(ExitCode one, ExitCode other) {
    if (one == ExitCode.STORAGE || other == ExitCode.STORAGE) {
      return ExitCode.STORAGE;
    }
    return one == ExitCode.OK ? other : one;
  }
}
