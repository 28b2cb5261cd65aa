package dev.holdfast.media.driver.s3;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/// What the server says of an object that it has.
///
/// @param etag without quotes
/// @param crc32c where the server hands it back
/// @param lockedUntil empty without a lock, and for who may not ask
/// @param opaque true: encrypted with a key of its own, so that the etag is no digest
record Stored(
    long bytes,
    String etag,
    Map<String, String> metadata,
    Optional<String> crc32c,
    Optional<String> version,
    Optional<Instant> lockedUntil,
    boolean opaque) {

  Stored {
    metadata = Map.copyOf(metadata);
  }

  static Stored of(HeadObjectResponse head) {
    return new Stored(
        head.contentLength(),
        plain(head.eTag()),
        head.metadata(),
        Optional.ofNullable(head.checksumCRC32C()),
        Optional.ofNullable(head.versionId()).filter(id -> !id.equals("null")),
        Optional.ofNullable(head.objectLockRetainUntilDate()),
        head.serverSideEncryption() == ServerSideEncryption.AWS_KMS
            || head.serverSideEncryption() == ServerSideEncryption.AWS_KMS_DSSE
            || head.sseCustomerAlgorithm() != null);
  }

  /// Empty when the server gave none.
  static String plain(@Nullable String etag) {
    return etag == null ? "" : etag.replace("\"", "");
  }
}
