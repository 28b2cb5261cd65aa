package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.ImageState;
import dev.holdfast.catalog.LifeRow;
import dev.holdfast.catalog.VolumeRow;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Problem;
import dev.holdfast.model.declared.BackupSet;
import java.util.Map;
import java.util.stream.Collectors;

/// A set's storage is fixed with its first image: an incremental in another storage than the full
/// that it builds on would be found by nobody.
final class Settled {
  private Settled() {}

  /// Refuses a run into another storage than the one that has the set's images.
  ///
  /// @throws HoldfastException CONFIG, before anything is dumped
  static void check(Catalog catalog, BackupSet set) {
    elsewhere(catalog, set)
        .forEach(
            (storage, images) -> {
              throw new HoldfastException(
                  ExitCode.CONFIG,
                  new Problem(
                      set.about().place().toString(),
                      "set %s has %d images in storage '%s', and where.storage names '%s'; nothing was dumped"
                          .formatted(set.name(), images, storage, set.storage().name()),
                      "a set's storage is fixed after its first image: name '"
                          + storage
                          + "' again, and declare a new set for the other storage"));
            });
  }

  /// How many stored images lie in which other storage than the one that is declared now.
  static Map<String, Long> elsewhere(Catalog catalog, BackupSet set) {
    var storages =
        catalog.inventory().volumes().stream()
            .collect(Collectors.toMap(VolumeRow::label, VolumeRow::storage));
    return catalog.lifetimes().list().stream()
        .filter(row -> row.state() == ImageState.STORED)
        .map(LifeRow::volumes)
        .flatMap(labels -> labels.stream().limit(1))
        .map(label -> storages.getOrDefault(label, set.storage().name()))
        .filter(storage -> !storage.equals(set.storage().name()))
        .collect(Collectors.groupingBy(storage -> storage, Collectors.counting()));
  }
}
