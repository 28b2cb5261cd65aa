package dev.holdfast.media.driver.s3;

import dev.holdfast.image.StoredHeader;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.media.CheckResult;
import dev.holdfast.media.LabelFile;
import dev.holdfast.media.LabelGuard;
import dev.holdfast.media.LabelResult;
import dev.holdfast.media.Limits;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.media.OpenResult;
import dev.holdfast.media.Probe;
import dev.holdfast.media.Shelf;
import dev.holdfast.media.Sighting;
import dev.holdfast.media.Space;
import dev.holdfast.media.StorageUse;
import dev.holdfast.media.VolumeLabel;
import dev.holdfast.media.VolumeReader;
import dev.holdfast.media.WriteClaim;
import dev.holdfast.media.driver.s3.BucketException.Kind;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Label;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.declared.S3;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Volumes as key prefixes: `<prefix>/<LABEL>/00000.label`, `00001.<image>.p0001`, ... A key is
/// written once and never replaced, whoever tries.
public final class S3Storage implements MediaStorage {
  private static final long PART = 256L << 20;

  private final String name;
  private final S3 s3;
  private final boolean archived;
  private final S3Layout layout;
  private final Bucket bucket;
  private final S3Scan scan;
  private final S3Presence presence;

  /// Connects when it is first asked something.
  ///
  /// @param archived true: volumes are read, never written
  public S3Storage(String name, S3 s3, boolean archived, StorageUse use) {
    var place = "storage '%s' at %s".formatted(name, where(s3));
    this.name = name;
    this.s3 = s3;
    this.archived = archived;
    this.layout = S3Layout.below(s3.prefix());
    this.bucket = new Bucket(s3, use, place);
    this.scan = new S3Scan(bucket, layout);
    this.presence = new S3Presence(place, bucket, scan);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public CheckResult check(Set<Label> known) {
    return presence.check(known);
  }

  @Override
  public List<Sighting> scan() throws IOException {
    return scan.sightings();
  }

  @Override
  public Limits limits() {
    return new Limits(
        s3.vtapes().size(), s3.vtapes().count(), s3.autoLabel() && !archived, Long.MAX_VALUE);
  }

  /// A bucket has no end that it would tell of; only what is used is known.
  @Override
  public Space space() throws IOException {
    long used =
        scan().stream()
            .filter(Sighting.Labelled.class::isInstance)
            .mapToLong(sighting -> ((Sighting.Labelled) sighting).used())
            .sum();
    return new Space(OptionalLong.empty(), OptionalLong.empty(), used);
  }

  @Override
  public LabelResult label(VolumeLabel label) {
    var refused = refusal();
    if (refused.isPresent()) {
      return new LabelResult.Failed(refused.get().problem(), refused.get().exit());
    }
    try {
      if (bucket.isAny(layout.volume(label.name()))) {
        return new LabelResult.Taken(label.name().value());
      }
      var bytes = LabelFile.bytes(label);
      new Upload(bucket, layout.label(label.name()), new Body.OfBytes(bytes), header(bytes)).send();
      CrashPoint.LABEL_WRITTEN.reached();
      return new LabelResult.Labelled(label);
    } catch (BucketException no) {
      return no.kind() == Kind.TAKEN
          ? new LabelResult.Taken(label.name().value())
          : new LabelResult.Failed(no.problem(), no.exit());
    } catch (IOException failed) {
      return new LabelResult.Failed(unopened(label.name(), failed), ExitCode.STORAGE);
    }
  }

  @Override
  public OpenResult open(WriteClaim claim) {
    var refused = refusal();
    if (refused.isPresent()) {
      return refused.get();
    }
    var label = claim.expected().name();
    var location = where(s3) + "/" + label;
    if (!OpenVolumes.take(location)) {
      return new OpenResult.Busy("this process");
    }
    var opened = opened(claim, location);
    if (!(opened instanceof OpenResult.Opened)) {
      OpenVolumes.release(location);
    }
    return opened;
  }

  /// Not where objects are locked: what a dump that fails has sent could not be removed for as long
  /// as a backup.
  @Override
  public OptionalLong sendsFrom() {
    return s3.objectLock().isEmpty() ? OptionalLong.of(GrowingUpload.from()) : OptionalLong.empty();
  }

  /// A link to a bucket is slow and breaks: a part that was under way is sent anew. And a server
  /// that copies the pieces of an object when it joins them keeps the end of a run waiting for the
  /// last one.
  @Override
  public ByteSize usualPartSize() {
    return new ByteSize(PART);
  }

  @Override
  public VolumeReader reader() {
    return new S3VolumeReader(name, bucket, scan);
  }

  @Override
  public Shelf shelf() {
    return new S3Shelf(bucket, layout);
  }

  @Override
  public List<Probe> probe() {
    return new S3Probe(bucket, layout, presence).probe();
  }

  private OpenResult opened(WriteClaim claim, String location) {
    var label = claim.expected().name();
    try {
      var objection = LabelGuard.objection(claim, scan.sight(label.value()));
      if (objection.isPresent()) {
        return new OpenResult.Refused(objection.get(), ExitCode.STORAGE);
      }
      endLeftUploads(label);
      return new OpenResult.Opened(
          new S3VolumeWriter(bucket, scan, claim.expected(), presence.place(), location));
    } catch (BucketException no) {
      return new OpenResult.Refused(no.problem(), no.exit());
    } catch (IOException failed) {
      return new OpenResult.Refused(unopened(label, failed), ExitCode.STORAGE);
    }
  }

  /// Nobody else writes this volume now, so what is unfinished below it was left by a dead run. A
  /// login that may not see it leaves it to the bucket's own rule for unfinished uploads; `storage
  /// check` tells of that.
  private void endLeftUploads(Label volume) throws IOException {
    try {
      bucket.abortUploads(layout.volume(volume));
    } catch (BucketException no) {
      if (no.kind() == Kind.AWAY) {
        throw no;
      }
    }
  }

  /// Asked again before every volume.
  private Optional<OpenResult.Refused> refusal() {
    if (archived) {
      return Optional.of(
          new OpenResult.Refused(
              new Problem(
                  presence.place(),
                  "is declared archived, nothing is written to it",
                  "name another storage in where.storage, or set archived: false"),
              ExitCode.STORAGE));
    }
    return switch (presence.check(Set.of())) {
      case CheckResult.Usable() -> Optional.empty();
      case CheckResult.Unreachable(var problem) ->
          Optional.of(new OpenResult.Refused(problem, ExitCode.TEMPFAIL));
      case CheckResult.Refused(var problem) ->
          Optional.of(new OpenResult.Refused(problem, ExitCode.STORAGE));
    };
  }

  /// A label states no digest: it is all header.
  private static StoredHeader header(byte[] label) {
    return S3VolumeWriter.bare(label);
  }

  private static Problem unopened(Label volume, IOException failed) {
    return new Problem(
        "volume " + volume,
        "cannot be opened for writing: " + Reason.of(failed),
        "images wait in staging; see 'holdfast storage check'");
  }

  private static String where(S3 s3) {
    return s3.endpoint().orElse("s3:/")
        + "/"
        + s3.bucket()
        + (s3.prefix().isEmpty() ? "" : "/" + S3Layout.below(s3.prefix()).prefix())
            .replaceAll("/$", "");
  }
}
