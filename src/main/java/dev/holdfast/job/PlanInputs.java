package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.ImageState;
import dev.holdfast.catalog.PastRow;
import dev.holdfast.media.StorageUse;
import dev.holdfast.media.driver.Storages;
import dev.holdfast.model.OneShot;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.Source;
import dev.holdfast.plan.History;
import dev.holdfast.plan.LevelWish;
import dev.holdfast.plan.PastImage;
import dev.holdfast.plan.PlanRules;
import dev.holdfast.plan.Room;
import dev.holdfast.plan.SourceInput;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What the planner is told of a set: from its declarations, and from its catalog when it has one.
///
/// @param past the images of every source, read at once
/// @param use how the set uses its storage, whose declared volumes bound the plan
record PlanInputs(
    BackupSet set, Optional<Catalog> catalog, Map<SourceName, List<PastRow>> past, StorageUse use) {
  private static final int HIGHEST_LEVEL = 9;
  private static final int DAYS_A_WEEK = 7;

  static PlanInputs of(Declarations declared, BackupSet set, Optional<Catalog> catalog) {
    return new PlanInputs(
        set,
        catalog,
        catalog.map(known -> known.histories().past()).orElseGet(Map::of),
        StorageUses.of(declared, set.where().transfer()));
  }

  PlanRules rules() {
    return new PlanRules(
        set.schedule().map(schedule -> schedule.timing().maxLevel()).orElse(HIGHEST_LEVEL),
        set.how().bump(),
        runsPerWeek(),
        set.media().retentionDays());
  }

  /// Days with a window; every day where there is none.
  private int runsPerWeek() {
    long days =
        set.schedule().stream()
            .flatMap(schedule -> schedule.timing().windows().stream())
            .flatMap(window -> window.days().days().stream())
            .distinct()
            .count();
    return days == 0 ? DAYS_A_WEEK : (int) days;
  }

  /// The source without estimates.
  SourceInput source(Source source, LevelWish wish) {
    var history = history(source.name());
    return new SourceInput(
        source.name(),
        terms(source),
        history,
        history.images().isEmpty() ? firstMet(source.name()) : Optional.empty(),
        Map.of(),
        new SourceInput.Wishes(wish, command(source.name())));
  }

  SourceInput.Terms terms(Source source) {
    return new SourceInput.Terms(
        source.host(), source.priority(), source.strategy(), set.media().cycleDays());
  }

  private Optional<Instant> firstMet(SourceName source) {
    return catalog.flatMap(known -> known.plans().firstMet(source));
  }

  private Optional<OneShot> command(SourceName source) {
    return catalog.flatMap(known -> known.plans().ordered(source)).map(order -> order.command());
  }

  /// Images that are whole with their chain, newest first.
  History history(SourceName source) {
    return new History(
        past.getOrDefault(source, List.of()).stream().map(PlanInputs::image).toList());
  }

  private static PastImage image(PastRow row) {
    return new PastImage(
        row.image(), row.level(), row.at(), row.rawBytes(), row.storedBytes(), row.took());
  }

  /// @throws IOException when the storage cannot be looked at
  Room room() throws IOException {
    var storage = Storages.open(set.storage(), use);
    return new Room(
        new StorageRoom(storage).declared(),
        backlog(),
        set.stagingUse().use().mode(),
        stagingLimit());
  }

  /// The same when nobody knows what the storage takes.
  Room roomWithoutStorage() {
    return new Room(OptionalLong.empty(), backlog(), set.stagingUse().use().mode(), stagingLimit());
  }

  private OptionalLong stagingLimit() {
    return set.staging()
        .flatMap(staging -> staging.sizeLimit())
        .map(size -> OptionalLong.of(size.bytes()))
        .orElseGet(OptionalLong::empty);
  }

  private long backlog() {
    return catalog.stream()
        .flatMap(
            known ->
                Stream.of(ImageState.STAGED, ImageState.WRITING)
                    .flatMap(state -> known.images().in(state).stream()))
        .flatMap(row -> row.manifest().stream())
        .mapToLong(manifest -> manifest.stream().storedBytes())
        .sum();
  }
}
