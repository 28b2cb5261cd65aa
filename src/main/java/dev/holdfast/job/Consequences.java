package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.VolumeRow;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.SetName;
import dev.holdfast.model.SourceKey;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.Media.Keep;
import dev.holdfast.model.declared.Project;
import dev.holdfast.plan.retention.AgingImage;
import dev.holdfast.plan.retention.Expiry;
import dev.holdfast.report.ConsequenceReport;
import dev.holdfast.report.ConsequenceReport.FieldChange;
import dev.holdfast.report.ConsequenceReport.Kind;
import dev.holdfast.report.ConsequenceReport.Loss;
import dev.holdfast.report.ConsequenceReport.SetChange;
import dev.holdfast.report.ImageRef;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What the difference of two configurations means for the images that the catalogs know now: which
/// go earlier, when, and how far back is left. Reads catalogs only, also while runs work.
public final class Consequences {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Declarations base;
  private final Declarations head;
  private final Instant now;

  public Consequences(Declarations base, Declarations head, Clock clock) {
    this.base = base;
    this.head = head;
    this.now = Instant.now(clock).truncatedTo(ChronoUnit.SECONDS);
  }

  /// Every set that changes, and what goes by it.
  ///
  /// @param detailed the exit code says whether something changes, and how badly
  public ConsequenceReport report(Detail detailed) throws IOException, InterruptedException {
    var names = new LinkedHashSet<>(base.sets().keySet());
    names.addAll(head.sets().keySet());
    var changes = new ArrayList<SetChange>();
    for (var name : names) {
      var before = base.set(name.value());
      var after = head.set(name.value());
      if (before.isEmpty() || after.isEmpty() || differ(before.get(), after.get())) {
        changes.add(change(name, before, after));
      }
    }
    boolean destructive = changes.stream().anyMatch(SetChange::destructive);
    return new ConsequenceReport(
        base.commit().orElse(""),
        head.commit(),
        now,
        exit(detailed, changes, destructive),
        changes);
  }

  /// How much the exit code tells.
  public enum Detail {
    PLAIN,
    DETAILED
  }

  private static ExitCode exit(Detail detail, List<SetChange> changes, boolean destructive) {
    if (detail == Detail.PLAIN || changes.isEmpty()) {
      return ExitCode.OK;
    }
    return destructive ? ExitCode.DESTRUCTIVE : ExitCode.CHANGES;
  }

  private boolean differ(BackupSet before, BackupSet after) {
    return !before.fingerprint().equals(after.fingerprint()) || !fields(before, after).isEmpty();
  }

  private SetChange change(SetName name, Optional<BackupSet> before, Optional<BackupSet> after)
      throws IOException, InterruptedException {
    var state = SetState.of(head.state(), name);
    if (!Catalog.exists(state.catalog())) {
      return change(name, before, after, Known.NOTHING);
    }
    try (var catalog = Catalog.openToRead(state.catalog(), PATIENCE)) {
      var storage = before.or(() -> after).orElseThrow().storage().name();
      return change(
          name,
          before,
          after,
          new Known(
              images(catalog, storage, before.or(() -> after)),
              images(catalog, storage, after),
              catalog.inventory().volumes().stream().map(VolumeRow::storage).distinct().toList()));
    }
  }

  /// What waits for a copy of one configuration may wait for none of the other.
  private static List<AgingImage> images(
      Catalog catalog, String storage, Optional<BackupSet> declared) {
    var copies = declared.map(BackupSet::copies).orElse(List.of());
    return new RetentionInputs(catalog, storage, copies, Map.of()).images();
  }

  /// What a catalog knows.
  ///
  /// @param images as the base's copies wait for them
  /// @param after the same as the head's do
  /// @param storages that hold volumes of the set
  private record Known(List<AgingImage> images, List<AgingImage> after, List<String> storages) {
    static final Known NOTHING = new Known(List.of(), List.of(), List.of());
  }

  private SetChange change(
      SetName name, Optional<BackupSet> before, Optional<BackupSet> after, Known known) {
    if (before.isEmpty()) {
      // a set that comes back finds its data again
      return new SetChange(
          name,
          Kind.CREATED,
          false,
          List.of(),
          oldest(known.images()),
          oldest(known.images()),
          List.of());
    }
    if (after.isEmpty()) {
      return removed(name, before.get(), known);
    }
    var fields = fields(before.get(), after.get());
    boolean moved =
        !before.get().storage().name().equals(after.get().storage().name())
            && !known.storages().isEmpty();
    var goes = Expiry.of(known.after(), RetentionInputs.rules(head.project(), after.get()), now);
    var losses =
        losses(
            name,
            known.images(),
            Expiry.of(known.images(), RetentionInputs.rules(base.project(), before.get()), now),
            goes);
    return new SetChange(
        name,
        Kind.CHANGED,
        moved || !losses.isEmpty() || isShorter(before.get(), after.get()),
        fields,
        oldest(known.images()),
        oldest(left(known.images(), goes)),
        losses);
  }

  /// Images go only when the Project says purge; but nobody backs the sources up any more.
  private SetChange removed(SetName name, BackupSet before, Known known) {
    var retire = new FormerSets(head).declared(name);
    var purge = retire.filter(end -> end.data() == Project.Data.PURGE);
    var zone = head.project().settings().timezone();
    var day = purge.flatMap(Project.Retire::purgeNotBefore);
    var gone =
        day.map(date -> date.atStartOfDay(zone).toInstant()).filter(now::isBefore).orElse(now);
    var goes =
        purge.isEmpty()
            ? Map.<ImageId, Instant>of()
            : known.images().stream().collect(Collectors.toMap(AgingImage::image, _ -> gone));
    var losses =
        losses(
            name,
            known.images(),
            Expiry.of(known.images(), RetentionInputs.rules(base.project(), before), now),
            goes);
    var words =
        retire
            .map(end -> "retired, data: " + end.data().name().toLowerCase(Locale.ROOT))
            .orElse("not declared, no word in the Project's retire; its images stay");
    return new SetChange(
        name,
        Kind.REMOVED,
        true,
        List.of(new FieldChange("backupsets", "declared", words)),
        oldest(known.images()),
        oldest(left(known.images(), goes)),
        losses);
  }

  /// A rule that keeps less is destructive also where it takes nothing away today.
  private boolean isShorter(BackupSet before, BackupSet after) {
    var from = RetentionInputs.rules(base.project(), before);
    var to = RetentionInputs.rules(head.project(), after);
    return to.days() < from.days()
        || (from.archived() && !to.archived())
        || (from.verifiedFullFirst() && !to.verifiedFullFirst())
        || places(before).entrySet().stream()
            .anyMatch(place -> places(after).getOrDefault(place.getKey(), 0) < place.getValue());
  }

  private static List<Loss> losses(
      SetName set,
      List<AgingImage> images,
      Map<ImageId, Instant> before,
      Map<ImageId, Instant> after) {
    var losses = new ArrayList<Loss>();
    for (var image : images) {
      var was = Optional.ofNullable(before.get(image.image()));
      Optional.ofNullable(after.get(image.image()))
          .filter(goes -> was.isEmpty() || goes.isBefore(was.get()))
          .ifPresent(
              goes ->
                  losses.add(
                      new Loss(
                          new ImageRef(
                              image.image(), new SourceKey(set, image.source()), image.level()),
                          image.at(),
                          image.bytes(),
                          was,
                          goes)));
    }
    return losses.stream()
        .sorted(Comparator.comparing(Loss::after).thenComparing(Loss::at))
        .toList();
  }

  /// What is there after the next prune, whichever of the two configurations takes the rest.
  private List<AgingImage> left(List<AgingImage> images, Map<ImageId, Instant> goes) {
    return images.stream()
        .filter(image -> goes.getOrDefault(image.image(), Instant.MAX).isAfter(now))
        .toList();
  }

  private static Optional<Instant> oldest(List<AgingImage> images) {
    return images.stream()
        .filter(image -> image.soundness() != AgingImage.Soundness.OPEN)
        .map(AgingImage::at)
        .min(Instant::compareTo);
  }

  private List<FieldChange> fields(BackupSet before, BackupSet after) {
    var changes = new ArrayList<FieldChange>();
    BiConsumer<String, Function<BackupSet, String>> compare =
        (path, value) -> add(changes, path, value.apply(before), value.apply(after));
    compare.accept("where.storage", set -> set.storage().name());
    compare.accept("storage.archived", set -> String.valueOf(set.storage().archived()));
    compare.accept("media.retentionDays", set -> String.valueOf(set.media().retentionDays()));
    compare.accept("media.cycleDays", set -> String.valueOf(set.media().cycleDays()));
    compare.accept("media.keep", set -> places(set).toString());
    compare.accept(
        "copies",
        set ->
            set.copies().stream()
                .map(
                    copy ->
                        copy.storage().name()
                            + " "
                            + copy.terms().select().name().toLowerCase(Locale.ROOT))
                .toList()
                .toString());
    compare.accept(
        "what.sources",
        set -> set.sources().stream().map(source -> source.name()).toList().toString());
    add(changes, "policies.prune", brakes(base), brakes(head));
    add(
        changes,
        "timezone",
        base.project().settings().timezone().getId(),
        head.project().settings().timezone().getId());
    if (changes.isEmpty()) {
      changes.add(
          new FieldChange("other", "as it was", "other values that retention does not ask"));
    }
    return before.fingerprint().equals(after.fingerprint()) && isOther(changes)
        ? List.of()
        : changes;
  }

  private static boolean isOther(List<FieldChange> changes) {
    return changes.size() == 1 && changes.getFirst().path().equals("other");
  }

  private static void add(List<FieldChange> changes, String path, String from, String to) {
    if (!from.equals(to)) {
      changes.add(new FieldChange(path, from, to));
    }
  }

  private static String brakes(Declarations declared) {
    return declared
        .project()
        .settings()
        .policies()
        .flatMap(Project.Policies::prune)
        .map(
            rules ->
                "maxDropPercent %d, requireVerifiedNewerFull %s, maxClockJump %d days"
                    .formatted(
                        rules.maxDropPercent(),
                        rules.requireVerifiedNewerFull(),
                        rules.maxClockJump().toDays()))
        .orElse("none");
  }

  private static Map<String, Integer> places(BackupSet set) {
    var places = new TreeMap<String, Integer>();
    set.media()
        .keep()
        .ifPresent(
            keep -> {
              put(places, "last", keep, Keep::last);
              put(places, "hourly", keep, Keep::hourly);
              put(places, "daily", keep, Keep::daily);
              put(places, "weekly", keep, Keep::weekly);
              put(places, "monthly", keep, Keep::monthly);
              put(places, "yearly", keep, Keep::yearly);
            });
    return places;
  }

  private static void put(
      Map<String, Integer> places,
      String name,
      Keep keep,
      Function<Keep, Optional<Integer>> value) {
    value.apply(keep).ifPresent(count -> places.put(name, count));
  }
}
