package dev.holdfast.media.driver.s3;

import dev.holdfast.media.StorageUse;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.declared.S3;
import dev.holdfast.model.declared.Secret;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Declarations of buckets for tests, with waits that tests can afford.
final class Buckets {
  private final String endpoint;
  private final String bucket;
  private final S3.Checksums checksums;

  Buckets(String endpoint, String bucket, S3.Checksums checksums) {
    this.endpoint = endpoint;
    this.bucket = bucket;
    this.checksums = checksums;
  }

  /// A reference whose value is its own name.
  static Secret named(String name) {
    return new Secret(
        new Secret.Ref(
            Optional.of(name), Optional.empty(), Optional.empty(), List.of(), Optional.empty()));
  }

  static StorageUse use() {
    return new StorageUse(
        secret -> secret.secretRef().env().orElseThrow(),
        StorageUse.unlimited(),
        Clock.systemUTC());
  }

  S3 declared(String key, String secret, S3.Vtapes vtapes, boolean autoLabel) {
    return new S3(
        Optional.of(endpoint),
        Optional.empty(),
        bucket,
        Optional.of("prod"),
        Optional.of("us-east-1"),
        List.of(),
        endpoint.startsWith("https"),
        Optional.empty(),
        Optional.empty(),
        checksums,
        S3.Sse.NONE,
        Optional.empty(),
        Optional.of(new S3.Credentials(named(key), named(secret), Optional.empty())),
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(4),
        Duration.ofSeconds(2),
        autoLabel,
        vtapes,
        Optional.empty());
  }

  S3 declared(String key, String secret) {
    return declared(key, secret, new S3.Vtapes(0, Optional.empty()), true);
  }

  static S3.Vtapes vtapes(Optional<ByteSize> size, int count) {
    return new S3.Vtapes(count, size);
  }
}
