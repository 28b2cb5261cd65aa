package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.CopyRow;
import dev.holdfast.catalog.CopyState;
import dev.holdfast.catalog.ImageState;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.CopyTarget;
import dev.holdfast.plan.retention.AgingImage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The side of the catalog that a prune of one storage reads and changes.
interface PruneBooks {

  /// Every image that is in the storage, or may still come there, newest first.
  ///
  /// @param doubts what media say against an image, by image
  List<AgingImage> images(Map<ImageId, String> doubts);

  /// Images whose tombstone stands while their files may be there, newest first.
  List<ImageId> expired();

  /// Puts the tombstone.
  void expire(ImageId image, String reason, Instant at);

  /// Takes the tombstone back from an image that was not touched.
  void revive(ImageId image);

  /// Nothing of the image is in the storage any more.
  ///
  /// @return false while it lives elsewhere
  boolean pruned(ImageId image);

  /// What the volumes themselves say, read now.
  MediaWitness witness() throws IOException;

  /// Of the set's own storage.
  ///
  /// @param copies that the set declares: what they still lack stays
  record Own(SetName set, Catalog catalog, MediaStorage storage, List<CopyTarget> copies)
      implements PruneBooks {

    @Override
    public List<AgingImage> images(Map<ImageId, String> doubts) {
      return new RetentionInputs(catalog, storage.name(), copies, doubts).images();
    }

    @Override
    public List<ImageId> expired() {
      return catalog.lifetimes().expired();
    }

    @Override
    public void expire(ImageId image, String reason, Instant at) {
      catalog.lifetimes().expire(image, reason, at);
    }

    @Override
    public void revive(ImageId image) {
      catalog.lifetimes().revive(image);
    }

    @Override
    public boolean pruned(ImageId image) {
      return catalog.lifetimes().pruned(image) == ImageState.PRUNED;
    }

    @Override
    public MediaWitness witness() throws IOException {
      return MediaWitness.of(set, catalog, storage);
    }
  }

  /// Of a further storage: only copies live and end there.
  record OfCopies(SetName set, Catalog catalog, MediaStorage storage) implements PruneBooks {

    @Override
    public List<AgingImage> images(Map<ImageId, String> doubts) {
      return new CopyInputs(catalog, storage.name(), doubts).images();
    }

    @Override
    public List<ImageId> expired() {
      return catalog.copies().on(storage.name()).stream()
          .filter(copy -> copy.state() == CopyState.EXPIRED)
          .map(CopyRow::image)
          .toList()
          .reversed();
    }

    @Override
    public void expire(ImageId image, String reason, Instant at) {
      catalog.copies().expire(image, storage.name());
    }

    @Override
    public void revive(ImageId image) {
      catalog.copies().revive(image, storage.name());
    }

    @Override
    public boolean pruned(ImageId image) {
      return catalog.copies().pruned(image, storage.name());
    }

    @Override
    public MediaWitness witness() throws IOException {
      return MediaWitness.ofCopies(set, catalog, storage);
    }
  }
}
