package dev.holdfast.media.driver.s3;

import dev.holdfast.model.declared.S3;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/// What holds for a new object besides its bytes: class, encryption, lock, and what is written on
/// it.
///
/// @param until when a lock ends, if there is one
record Terms(S3 declared, Map<String, String> metadata, Optional<Instant> until) {

  Terms {
    metadata = Map.copyOf(metadata);
  }

  /// For a file of a volume, which nobody changes again.
  static Terms kept(S3 declared, Map<String, String> metadata, Clock clock) {
    return new Terms(
        declared,
        metadata,
        declared.objectLock().map(lock -> Instant.now(clock).plus(Duration.ofDays(lock.days()))));
  }

  /// For a record that is replaced.
  static Terms loose(S3 declared) {
    return new Terms(declared, Map.of(), Optional.empty());
  }

  void on(PutObjectRequest.Builder put) {
    put.bucket(declared.bucket()).metadata(metadata);
    declared.storageClass().filter(_ -> isKept()).ifPresent(put::storageClass);
    encryption().ifPresent(put::serverSideEncryption);
    declared.kmsKey().ifPresent(put::ssekmsKeyId);
    until.ifPresent(end -> put.objectLockMode(mode()).objectLockRetainUntilDate(end));
  }

  void on(CreateMultipartUploadRequest.Builder create) {
    create.bucket(declared.bucket()).metadata(metadata);
    declared.storageClass().ifPresent(create::storageClass);
    encryption().ifPresent(create::serverSideEncryption);
    declared.kmsKey().ifPresent(create::ssekmsKeyId);
    until.ifPresent(end -> create.objectLockMode(mode()).objectLockRetainUntilDate(end));
  }

  /// Locks what the server did not lock with the upload: Ceph 16 forgets it for what is sent in
  /// pieces. One who may not ask is told no lock, and locking again until the same day changes
  /// nothing.
  void lock(Bucket bucket, String key, Stored there) throws IOException {
    if (until.isPresent() && there.lockedUntil().isEmpty()) {
      bucket.lock(key, declared.objectLock().orElseThrow().mode(), until.get());
    }
  }

  /// Classes for cold data have a shortest time, so records stay in the usual one.
  private boolean isKept() {
    return !metadata.isEmpty();
  }

  private Optional<ServerSideEncryption> encryption() {
    return switch (declared.sse()) {
      case NONE -> Optional.empty();
      case AES256 -> Optional.of(ServerSideEncryption.AES256);
      case KMS -> Optional.of(ServerSideEncryption.AWS_KMS);
    };
  }

  private ObjectLockMode mode() {
    return switch (declared.objectLock().orElseThrow().mode()) {
      case GOVERNANCE -> ObjectLockMode.GOVERNANCE;
      case COMPLIANCE -> ObjectLockMode.COMPLIANCE;
    };
  }
}
