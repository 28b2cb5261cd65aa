package dev.holdfast.media.driver.s3;

import dev.holdfast.media.StorageUse;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.declared.S3;
import dev.holdfast.model.declared.Secret;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Declarations of buckets for tests, with waits that tests can afford.
final class Buckets {
  private final String endpoint;
  private final String bucket;
  private final S3.Checksums checksums;
  private List<String> locations = List.of();
  private Optional<String> ca = Optional.empty();
  private Optional<S3.Credentials> pruner = Optional.empty();
  private Optional<S3.ObjectLock> lock = Optional.empty();
  private Duration retryFor = Duration.ofSeconds(4);
  private Duration idleTimeout = Duration.ofSeconds(1);

  Buckets(String endpoint, String bucket, S3.Checksums checksums) {
    this.endpoint = endpoint;
    this.bucket = bucket;
    this.checksums = checksums;
  }

  Buckets within(String... regions) {
    locations = List.of(regions);
    return this;
  }

  Buckets trusting(Path pem) {
    ca = Optional.of(pem.toString());
    return this;
  }

  Buckets prunedBy(String key, String secret) {
    pruner = Optional.of(credentials(key, secret));
    return this;
  }

  Buckets locked(S3.Mode mode, int days) {
    lock = Optional.of(new S3.ObjectLock(mode, days));
    return this;
  }

  Buckets waiting(Duration retryFor, Duration idleTimeout) {
    this.retryFor = retryFor;
    this.idleTimeout = idleTimeout;
    return this;
  }

  /// Secrets whose value is the name of their reference.
  static StorageUse use() {
    return new StorageUse(
        secret -> secret.secretRef().env().orElseThrow(),
        StorageUse.unlimited(),
        Clock.systemUTC());
  }

  S3 declared(String key, String secret, S3.Vtapes vtapes, boolean autoLabel) {
    return new S3(
        Optional.of(endpoint),
        ca,
        bucket,
        Optional.of("prod"),
        Optional.of("us-east-1"),
        locations,
        endpoint.startsWith("https"),
        Optional.empty(),
        Optional.empty(),
        checksums,
        S3.Sse.NONE,
        Optional.empty(),
        Optional.of(credentials(key, secret)),
        pruner,
        lock,
        retryFor,
        idleTimeout,
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

  private static S3.Credentials credentials(String key, String secret) {
    return new S3.Credentials(named(key), named(secret), Optional.empty());
  }

  private static Secret named(String name) {
    return new Secret(
        new Secret.Ref(
            Optional.of(name), Optional.empty(), Optional.empty(), List.of(), Optional.empty()));
  }
}
