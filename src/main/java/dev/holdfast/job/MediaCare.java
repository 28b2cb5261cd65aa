package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.HoldRow;
import dev.holdfast.catalog.ImageRow;
import dev.holdfast.catalog.VolumeRow;
import dev.holdfast.image.Manifest;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Label;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.plan.retention.KeepReason;
import dev.holdfast.plan.retention.Retention;
import dev.holdfast.plan.retention.RetentionVerdict;
import dev.holdfast.report.Row;
import dev.holdfast.report.StockRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Cares for the volumes of a set: shows what they hold, and takes one out of rotation or back. A
/// volume out of rotation is neither written nor pruned. That is remembered in the catalog and
/// beside the volumes, so that a catalog made anew knows it too.
public final class MediaCare {
  private final Declarations declarations;
  private final BackupSet set;
  private final Clock clock;

  public MediaCare(Declarations declarations, BackupSet set, Clock clock) {
    this.declarations = declarations;
    this.set = set;
    this.clock = clock;
  }

  /// True when the set has written to a volume of that name.
  public boolean knows(String label) throws IOException, InterruptedException {
    if (!Catalog.exists(SetState.of(declarations.state(), set.name()).catalog())) {
      return false;
    }
    try (var reader = SetReader.open(declarations, set)) {
      return volume(reader.catalog(), label).isPresent();
    }
  }

  /// Every volume, by name.
  public List<Row> list() throws IOException, InterruptedException {
    try (var reader = SetReader.open(declarations, set)) {
      var holds =
          reader.catalog().lifetimes().holds().stream()
              .collect(Collectors.toMap(HoldRow::label, Function.identity()));
      var manifests = reader.images().stream().flatMap(row -> row.manifest().stream()).toList();
      return reader.catalog().inventory().volumes().stream()
          .<Row>map(
              volume -> row(volume, manifests, Optional.ofNullable(holds.get(volume.label()))))
          .toList();
    }
  }

  private StockRow.MediaRow row(
      VolumeRow volume, List<Manifest> manifests, Optional<HoldRow> hold) {
    var on =
        manifests.stream()
            .filter(manifest -> Writing.labels(manifest).contains(volume.label()))
            .toList();
    return new StockRow.MediaRow(
        volume.label(),
        volume.storage(),
        set.name(),
        on.size(),
        on.stream().mapToLong(manifest -> Look.bytesOn(manifest, volume.label())).sum(),
        hold.map(HoldRow::since),
        hold.map(HoldRow::reason).orElse(""));
  }

  /// The images on a volume, newest first, and how long each stays.
  public List<Row> show(String name) throws IOException, InterruptedException {
    try (var reader = SetReader.open(declarations, set)) {
      var label = require(reader.catalog(), name).label();
      var inputs = RetentionInputs.of(reader.catalog(), set);
      var rules = RetentionInputs.rules(declarations.project(), set);
      var verdicts = Retention.decide(inputs.images(), rules, Instant.now(clock));
      return reader.images().stream()
          .filter(row -> row.manifest().map(Writing::labels).orElse(List.of()).contains(label))
          .<Row>map(
              row -> held(label, row, Optional.ofNullable(verdicts.get(row.planned().image()))))
          .toList();
    }
  }

  private static StockRow.HeldRow held(
      Label label, ImageRow row, Optional<RetentionVerdict> verdict) {
    var manifest = row.manifest().orElseThrow();
    return new StockRow.HeldRow(
        label,
        manifest.image(),
        manifest.source(),
        manifest.level(),
        row.createdAt(),
        Look.bytesOn(manifest, label),
        verdict.filter(RetentionVerdict::expires).isPresent() ? "expired" : "kept",
        verdict.map(MediaCare::why).orElse(""));
  }

  private static String why(RetentionVerdict verdict) {
    return switch (verdict) {
      case RetentionVerdict.Keep(var reasons) ->
          reasons.stream().map(KeepReason::text).collect(Collectors.joining(", "));
      case RetentionVerdict.Expire(var reason) -> reason;
    };
  }

  /// Takes a volume out of rotation, for every state directory.
  ///
  /// @param patience how long to wait for a run that has the catalog, or the lease
  /// @param told what a person should know
  public List<Row> archive(String name, String reason, Duration patience, Consumer<String> told)
      throws IOException, InterruptedException {
    var since = Instant.now(clock).truncatedTo(ChronoUnit.SECONDS);
    change("an archived volume", told)
        .make(
            patience,
            catalog -> {
              var volume = require(catalog, name);
              var hold = new HoldRow(volume.label(), since, reason);
              // first where every catalog made anew finds it
              remembered(volume, () -> Archived.put(storage(volume), set.name(), hold));
              catalog.lifetimes().hold(hold);
            });
    return list();
  }

  /// Puts a volume back into rotation: what has expired on it goes with the next prune.
  public List<Row> unarchive(String name, Duration patience, Consumer<String> told)
      throws IOException, InterruptedException {
    change("a volume that is archived no more", told)
        .make(
            patience,
            catalog -> {
              var volume = require(catalog, name);
              catalog.lifetimes().release(volume.label());
              remembered(
                  volume, () -> Archived.remove(storage(volume), set.name(), volume.label()));
            });
    return list();
  }

  private SharedChange change(String by, Consumer<String> told) throws IOException {
    SetReader.requireCatalog(SetState.of(declarations.state(), set.name()), set.name());
    return new SharedChange(declarations, set, by, clock, told);
  }

  private MediaStorage storage(VolumeRow volume) {
    return StorageUses.open(
        declarations,
        Optional.ofNullable(declarations.storages().get(volume.storage())).orElse(set.storage()));
  }

  private static void remembered(VolumeRow volume, Remembering remembering) {
    try {
      remembering.run();
    } catch (IOException away) {
      throw new HoldfastException(
          ExitCode.TEMPFAIL,
          new Problem(
              "volume " + volume.label(),
              "storage '" + volume.storage() + "' cannot be told: " + Reason.of(away),
              "see that it is there and writable, then type this again"),
          away);
    }
  }

  private static Optional<VolumeRow> volume(Catalog catalog, String name) {
    return catalog.inventory().volumes().stream()
        .filter(volume -> volume.label().value().equalsIgnoreCase(name))
        .findFirst();
  }

  private VolumeRow require(Catalog catalog, String name) {
    return volume(catalog, name)
        .orElseThrow(
            () ->
                new HoldfastException(
                    ExitCode.NOT_FOUND,
                    new Problem(
                        "set " + set.name(),
                        "has no volume '" + name + "'",
                        "'holdfast media list " + set.name() + "' shows them")));
  }

  private interface Remembering {
    void run() throws IOException;
  }

  /// The records beside the volumes, `SET/archived/LABEL`, a line of time and one of reason.
  static final class Archived {
    private Archived() {}

    static void put(MediaStorage storage, SetName set, HoldRow hold) throws IOException {
      storage
          .shelf()
          .put(
              name(set, hold.label()),
              (hold.since() + "\n" + hold.reason() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static void remove(MediaStorage storage, SetName set, Label label) throws IOException {
      var held = storage.shelf().read(name(set, label));
      if (held.isPresent()) {
        storage.shelf().remove(held.get());
      }
    }

    /// What a catalog that is made anew must know. A record that cannot be understood holds all
    /// the same.
    static Optional<HoldRow> read(MediaStorage storage, SetName set, Label label)
        throws IOException {
      return storage
          .shelf()
          .read(name(set, label))
          .map(held -> new String(held.bytes(), StandardCharsets.UTF_8).lines().toList())
          .map(lines -> hold(label, lines));
    }

    private static HoldRow hold(Label label, List<String> lines) {
      boolean understood = lines.size() == 2 && lines.getFirst().matches("\\d{4}-[0-9T:-]+Z");
      return understood
          ? new HoldRow(label, Instant.parse(lines.getFirst()), lines.getLast())
          : new HoldRow(label, Instant.EPOCH, String.join(" ", lines));
    }

    private static String name(SetName set, Label label) {
      return set + "/archived/" + label;
    }
  }
}
