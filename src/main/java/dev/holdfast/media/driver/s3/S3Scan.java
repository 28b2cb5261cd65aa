package dev.holdfast.media.driver.s3;

import dev.holdfast.image.Header;
import dev.holdfast.media.LabelFile;
import dev.holdfast.media.Sighting;
import dev.holdfast.media.StoredFile;
import dev.holdfast.media.VolumeLabel;
import dev.holdfast.media.driver.s3.BucketException.Kind;
import dev.holdfast.model.Label;
import dev.holdfast.model.Reason;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Gatherers;

/// Tells what a prefix of a bucket is, by reading its label and listing its keys.
record S3Scan(Bucket bucket, S3Layout layout) {

  /// Every prefix that is, or could be taken for, a volume, by name.
  List<String> places() throws IOException {
    return bucket.below(layout.prefix()).stream()
        .flatMap(found -> layout.place(found).stream())
        .sorted()
        .toList();
  }

  /// Every place, in order of name, as many looked at together as may be read together.
  List<Sighting> sightings() throws IOException {
    return places().stream()
        .gather(Gatherers.mapConcurrent(bucket.use().transfer().downloadThreads(), this::sight))
        .toList();
  }

  Sighting sight(String place) {
    Label label;
    try {
      label = new Label(place);
    } catch (IllegalArgumentException noName) {
      return new Sighting.Foreign(place, "a prefix that is no name of a volume");
    }
    try {
      return labelled(label, LabelFile.read(read(label)));
    } catch (BucketException no) {
      return no.kind() == Kind.MISSING
          ? new Sighting.Foreign(place, "a prefix without a label")
          : new Sighting.Unreadable(place, no.problem().fact());
    } catch (IOException unreadable) {
      return new Sighting.Unreadable(place, Reason.of(unreadable));
    }
  }

  /// The files of a volume by number, with the time of the newest one; other keys are not ours.
  Files files(Label volume) throws IOException {
    var listed = bucket.list(layout.volume(volume));
    return new Files(
        listed.stream()
            .filter(one -> one.key().indexOf('/', layout.volume(volume).length()) < 0)
            .flatMap(one -> S3Layout.file(volume, one).stream())
            .sorted(Comparator.comparingInt(StoredFile::number))
            .toList(),
        listed.stream()
            .filter(one -> !one.key().equals(layout.label(volume)))
            .map(Listed::written)
            .max(Comparator.naturalOrder()));
  }

  /// What a volume holds.
  ///
  /// @param newest when its newest file was written; empty when there is only the label
  record Files(List<StoredFile> all, Optional<Instant> newest) {
    long bytes() {
      return all.stream().mapToLong(StoredFile::bytes).sum();
    }

    int next() {
      return all.isEmpty() ? 1 : all.getLast().number() + 1;
    }
  }

  private byte[] read(Label label) throws IOException {
    return bucket
        .get(layout.label(label), new Piece.Wanted(0, Header.SIZE, Optional.empty()))
        .bytes();
  }

  private Sighting labelled(Label place, LabelFile.ReadResult read) throws IOException {
    return switch (read) {
      case LabelFile.ReadResult.Unreadable(var cause) ->
          new Sighting.Unreadable(place.value(), cause);
      case LabelFile.ReadResult.Read(var label) when !label.name().equals(place) ->
          new Sighting.Foreign(place.value(), "volume " + label.name() + " under another name");
      case LabelFile.ReadResult.Read(var label) -> labelled(label);
    };
  }

  private Sighting labelled(VolumeLabel label) throws IOException {
    var files = files(label.name());
    return new Sighting.Labelled(label, files.bytes(), files.next(), files.newest());
  }
}
