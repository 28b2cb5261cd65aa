package dev.holdfast.media.driver.s3;

import dev.holdfast.media.CheckResult;
import dev.holdfast.media.CheckResult.Refused;
import dev.holdfast.media.CheckResult.Unreachable;
import dev.holdfast.media.CheckResult.Usable;
import dev.holdfast.media.driver.s3.BucketException.Kind;
import dev.holdfast.model.Label;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/// Whether the bucket that is meant is there, where it must be. Asks with rights that reach no
/// further than the prefix.
final class S3Presence {
  private final String place;
  private final Bucket bucket;
  private final S3Scan scan;
  private volatile boolean isRegionRight;

  S3Presence(String place, Bucket bucket, S3Scan scan) {
    this.place = place;
    this.bucket = bucket;
    this.scan = scan;
  }

  String place() {
    return place;
  }

  CheckResult check(Set<Label> known) {
    try {
      var elsewhere = elsewhere();
      if (elsewhere.isPresent()) {
        return new Refused(elsewhere.get());
      }
      return isDeserted(known) ? new Unreachable(deserted(known)) : new Usable();
    } catch (BucketException no) {
      return no.kind() == Kind.AWAY ? new Unreachable(no.problem()) : new Refused(no.problem());
    } catch (IOException unreadable) {
      return new Unreachable(
          new Problem(
              place,
              "cannot be read: " + Reason.of(unreadable),
              "images wait in staging and can be restored from there; run again"));
    }
  }

  /// The region that the server names, before a byte is sent. Asked once: buckets do not move.
  private Optional<Problem> elsewhere() throws IOException {
    var allowed = bucket.declared().locationRestriction();
    if (allowed.isEmpty() || isRegionRight) {
      return Optional.empty();
    }
    var real = bucket.region();
    if (real.filter(allowed::contains).isPresent()) {
      isRegionRight = true;
      return Optional.empty();
    }
    return Optional.of(
        new Problem(
            place,
            real.map(region -> "is really in region " + region)
                    .orElse("does not say in which region it is")
                + ", locationRestriction is "
                + allowed
                + "; nothing was sent there",
            "use a bucket in one of these regions, or change s3.locationRestriction"));
  }

  /// Volumes that the catalog knows do not vanish together, unless this is another bucket.
  private boolean isDeserted(Set<Label> known) throws IOException {
    var places = scan.places();
    return !known.isEmpty() && known.stream().noneMatch(label -> places.contains(label.value()));
  }

  private Problem deserted(Set<Label> known) {
    return new Problem(
        place,
        "has none of the %d volumes known to be there; nothing was written to it"
            .formatted(known.size()),
        "see that bucket and prefix are the ones that were used; images wait in staging and can be"
            + " restored from there; if it is lost for good, 'holdfast catalog rebuild SET' lists"
            + " what is left elsewhere");
  }
}
