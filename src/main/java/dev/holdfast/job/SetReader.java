package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.ImageRow;
import dev.holdfast.image.Chain;
import dev.holdfast.image.Frame;
import dev.holdfast.image.Manifest;
import dev.holdfast.image.PointInTimeView;
import dev.holdfast.image.StoredFiles;
import dev.holdfast.image.Wanted;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Problem;
import dev.holdfast.model.SetName;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.report.ImageRef;
import dev.holdfast.staging.StagingArea;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a set has backed up, opened to be read: also while a run of it works.
final class SetReader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final BackupSet set;
  private final Catalog catalog;
  private final ImageSources sources;
  private final TakenDetours detours;

  private SetReader(BackupSet set, Catalog catalog, ImageSources sources, TakenDetours detours) {
    this.set = set;
    this.catalog = catalog;
    this.sources = sources;
    this.detours = detours;
  }

  /// @throws HoldfastException NOT_FOUND when the set has no catalog
  static SetReader open(Declarations declarations, BackupSet set)
      throws IOException, InterruptedException {
    var state = SetState.of(declarations.state(), set.name());
    requireCatalog(state, set.name());
    var staging = set.staging().filter(declared -> Files.isDirectory(declared.path()));
    var catalog = Catalog.openToRead(state.catalog(), PATIENCE);
    var detours = new TakenDetours();
    try {
      var sources =
          new ImageSources(
              new Sidecars(state.sidecars()),
              staging.isPresent() ? Optional.of(StagingArea.open(staging.get())) : Optional.empty(),
              StorageUses.open(declarations, set),
              new DeclaredStorages(declarations, set),
              catalog.copies(),
              detours);
      return new SetReader(set, catalog, sources, detours);
    } catch (IOException | RuntimeException failed) {
      catalog.close();
      throw failed;
    }
  }

  static void requireCatalog(SetState state, SetName set) {
    if (!Catalog.exists(state.catalog())) {
      throw new HoldfastException(
          ExitCode.NOT_FOUND,
          new Problem(
              "set " + set,
              "has no catalog in " + state.folder(),
              "'holdfast run "
                  + set
                  + "' makes the first backup; 'holdfast catalog rebuild "
                  + set
                  + "' finds what is on media"));
    }
  }

  BackupSet set() {
    return set;
  }

  Catalog catalog() {
    return catalog;
  }

  ImageSources sources() {
    return sources;
  }

  /// What so far did not come from where it was looked for first.
  TakenDetours detours() {
    return detours;
  }

  /// Every image that exists, newest first.
  List<ImageRow> images() {
    return catalog.images().list().stream().filter(ImageRow::exists).toList();
  }

  /// The one image whose id begins so.
  ImageRow image(String prefix) {
    var found = catalog.images().matching(prefix).stream().filter(ImageRow::exists).toList();
    if (found.size() != 1) {
      throw new HoldfastException(
          ExitCode.NOT_FOUND,
          new Problem(
              "set " + set.name(),
              found.isEmpty()
                  ? "has no image '" + prefix + "'"
                  : "has " + found.size() + " images that begin with '" + prefix + "'",
              "'holdfast list images " + set.name() + "' shows them"));
    }
    return found.getFirst();
  }

  /// The newest image of a source, at a time if one is given.
  ImageRow newest(SourceName source, Optional<Instant> at) {
    var images = catalog.images().of(source).stream().filter(ImageRow::exists).toList();
    return images.stream()
        .filter(row -> at.isEmpty() || !row.createdAt().isAfter(at.get()))
        .findFirst()
        .orElseThrow(
            () ->
                new HoldfastException(
                    ExitCode.NOT_FOUND,
                    new Problem(
                        "source " + set.name() + "/" + source,
                        images.isEmpty()
                            ? "has no image"
                            : "has no image from before that time; the oldest is of "
                                + images.getLast().createdAt(),
                        "'holdfast list images " + set.name() + "' shows what there is")));
  }

  /// The tree at an image, with everything that is needed to read it.
  PointInTime at(ImageRow image) throws IOException {
    return at(image, Wanted.everything());
  }

  /// Perhaps only what is wanted of the tree.
  PointInTime at(ImageRow image, Wanted wanted) throws IOException {
    var rows = catalog.images().chain(image.planned().image());
    if (rows.isEmpty()) {
      throw new HoldfastException(
          ExitCode.DAMAGED,
          new Problem(
              "image " + image.planned().image(),
              "an image that it builds on is missing",
              "take an earlier time with --at; 'holdfast list images "
                  + set.name()
                  + "' shows what there is"));
    }
    var files = new ArrayList<StoredFiles>();
    for (var row : rows) {
      files.add(sources.files(row));
    }
    var chain = Chain.read(files, wanted);
    return new PointInTime(chain.view(), files, chain.frames());
  }

  static ImageRef ref(Manifest manifest) {
    return new ImageRef(manifest.image(), manifest.source(), manifest.level());
  }

  @Override
  public void close() throws IOException {
    catalog.close();
  }

  /// A tree and its chain, the full first.
  record PointInTime(PointInTimeView view, List<StoredFiles> files, List<List<Frame>> frames) {

    List<ImageRef> chain() {
      return files.stream().map(stored -> ref(stored.manifest())).toList();
    }

    ImageId image(int index) {
      return files.get(index).manifest().image();
    }

    Instant at() {
      return files.getLast().manifest().createdAt();
    }
  }
}
