package dev.holdfast.config;

import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Disk;
import dev.holdfast.model.declared.S3;
import dev.holdfast.model.declared.Storage;
import dev.holdfast.model.declared.Storage.MediaClass;
import dev.holdfast.model.declared.Tape;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where the backups of one source will lie: the storages of all sets that hold it, and their
/// copies.
///
/// @param sets names, for people
/// @param storages each once, by name
/// @param here the sites of the sets' own storages that stand beside what they back up
/// @param kept by storage, the longest that a set wants its images to stay there, in days
record Homes(
    String sets, Map<String, Storage> storages, Set<String> here, Map<String, Integer> kept) {
  private static final String ORIGINAL = "the original";

  static Homes of(List<BackupSet> sets) {
    var storages = new LinkedHashMap<String, Storage>();
    var kept = new HashMap<String, Integer>();
    var here = new HashSet<String>();
    for (var set : sets) {
      storages.put(set.storage().name(), set.storage());
      kept.merge(set.storage().name(), set.media().retentionDays(), Math::max);
      if (media(set.storage()) != MediaClass.OBJECT) {
        set.storage().site().ifPresent(here::add);
      }
      for (var copy : set.copies()) {
        storages.put(copy.storage().name(), copy.storage());
        kept.merge(
            copy.storage().name(),
            copy.terms().retentionDays().orElse(set.media().retentionDays()),
            Math::max);
      }
    }
    return new Homes(
        sets.stream().map(set -> set.name().value()).collect(Collectors.joining(", ")),
        storages,
        here,
        kept);
  }

  int copies(boolean original) {
    return storages.size() + (original ? 1 : 0);
  }

  String names(boolean original) {
    return Stream.concat(original ? Stream.of(ORIGINAL) : Stream.of(), storages.keySet().stream())
        .collect(Collectors.joining(", "));
  }

  /// The original lies on a disk.
  Set<MediaClass> media(boolean original) {
    var classes = EnumSet.noneOf(MediaClass.class);
    storages.values().forEach(storage -> classes.add(media(storage)));
    if (original) {
      classes.add(MediaClass.DISK);
    }
    return classes;
  }

  /// Storages at a declared site that is not the one of the sets' own storage. A site that nobody
  /// declared proves nothing.
  List<String> elsewhere() {
    return storages.values().stream()
        .filter(storage -> storage.site().filter(site -> !here.contains(site)).isPresent())
        .filter(storage -> !here.isEmpty() || media(storage) == MediaClass.OBJECT)
        .map(Storage::name)
        .toList();
  }

  /// Buckets whose objects not even their owner can delete before the images may go.
  List<String> immutable() {
    return storages.values().stream()
        .filter(storage -> isLocked(storage, kept.getOrDefault(storage.name(), 0)))
        .map(Storage::name)
        .toList();
  }

  private static boolean isLocked(Storage storage, int days) {
    return storage.spec() instanceof S3 s3
        && s3.objectLock()
            .filter(lock -> lock.mode() == S3.Mode.COMPLIANCE && lock.days() >= days)
            .isPresent();
  }

  private static MediaClass media(Storage storage) {
    return storage
        .mediaClass()
        .orElseGet(
            () ->
                switch (storage.spec()) {
                  case Disk _ -> MediaClass.DISK;
                  case Tape _ -> MediaClass.TAPE;
                  case S3 _ -> MediaClass.OBJECT;
                });
  }
}
