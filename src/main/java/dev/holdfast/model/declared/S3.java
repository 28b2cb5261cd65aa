package dev.holdfast.model.declared;

import dev.holdfast.model.ByteSize;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Volumes as key prefixes of a bucket.
///
/// @param endpoint empty: the region's server of AWS
/// @param ca certificates to trust instead of the system's; an absolute path once linked
/// @param locationRestriction regions, one of which must be the bucket's real one; empty = any
/// @param pathStyle empty: with an endpoint true, else false
/// @param credentials who writes and reads; empty = what the SDK's chain finds
/// @param prunerCredentials who removes; empty = the writer tries
/// @param retryFor how long requests are tried again before the storage counts as away
/// @param idleTimeout how long a connection may be without a byte
/// @param autoLabel true: a missing volume is labelled when one is needed
public record S3(
    @Key(value = "the server; none for AWS", text = TextRule.URL) Optional<String> endpoint,
    @Key(value = "certificates to trust, as PEM", text = TextRule.PATH) Optional<String> ca,
    @Key(value = "the bucket", text = TextRule.NAME) String bucket,
    @Key(value = "where in the bucket", text = TextRule.SENTENCE) Optional<String> prefix,
    @Key(value = "the region", text = TextRule.NAME) Optional<String> region,
    @Key(value = "regions where the bucket may really be", text = TextRule.NAME)
        List<String> locationRestriction,
    @Key(value = "speak TLS; false needs policies.allowPlainHttp", initially = "true") boolean tls,
    @Key("the bucket in the path, not in the host name; true with an endpoint")
        Optional<Boolean> pathStyle,
    @Key(value = "storage class of new objects", text = TextRule.NAME)
        Optional<String> storageClass,
    @Key(
            value = "digests sent along: x-amz-checksum where supported, else Content-MD5",
            initially = "supported")
        Checksums checksums,
    @Key(value = "who encrypts at rest", initially = "none") Sse sse,
    @Key(value = "the key, for sse: kms", text = TextRule.SENTENCE) Optional<String> kmsKey,
    @Key("how to log in; without it what the environment offers") Optional<Credentials> credentials,
    @Key("another identity that may delete") Optional<Credentials> prunerCredentials,
    @Key("objects that nobody can delete") Optional<ObjectLock> objectLock,
    @Key(value = "how long a request is tried again", initially = "5m", min = 1, max = 86_400)
        Duration retryFor,
    @Key(value = "longest silence of a connection", initially = "60s", min = 1, max = 3600)
        Duration idleTimeout,
    @Key(value = "label volumes when needed", initially = "true") boolean autoLabel,
    @Key("how many volumes, how large") Vtapes vtapes,
    @Key("what is paid, for storage usage") Optional<Prices> prices)
    implements StorageSpec {

  public S3 {
    locationRestriction = List.copyOf(locationRestriction);
  }

  /// Where the bucket stands in the URL.
  public boolean isPathStyle() {
    return pathStyle.orElse(endpoint.isPresent());
  }

  /// Host of the endpoint; empty for AWS.
  public Optional<String> host() {
    return endpoint.map(url -> URI.create(url).getHost());
  }

  /// The same with certificates at an absolute path.
  public S3 withCa(String path) {
    return new S3(
        endpoint,
        Optional.of(path),
        bucket,
        prefix,
        region,
        locationRestriction,
        tls,
        pathStyle,
        storageClass,
        checksums,
        sse,
        kmsKey,
        credentials,
        prunerCredentials,
        objectLock,
        retryFor,
        idleTimeout,
        autoLabel,
        vtapes,
        prices);
  }

  /// The secrets that writing and reading need.
  public List<Secret> secrets() {
    return credentials.stream().flatMap(Credentials::secrets).toList();
  }

  public record Credentials(
      @Key("the access key") Secret accessKey,
      @Key("the secret key") Secret secretKey,
      @Key("for credentials of a session") Optional<Secret> sessionToken) {

    Stream<Secret> secrets() {
      return Stream.concat(Stream.of(accessKey, secretKey), sessionToken.stream());
    }
  }

  public record ObjectLock(
      @Key("who may lift it") Mode mode,
      @Key(value = "for how long", min = 1, max = 36_500) int days) {}

  public enum Mode {
    GOVERNANCE,
    COMPLIANCE
  }

  /// How a request says what bytes it carries.
  public enum Checksums {
    REQUIRED,
    SUPPORTED
  }

  public enum Sse {
    NONE,
    AES256,
    KMS
  }

  /// Volumes in the bucket.
  public record Vtapes(
      @Key(value = "most volumes; 0 = no limit", initially = "0", max = 100000) int count,
      @Key(value = "capacity of one volume", min = 1L << 20) Optional<ByteSize> size) {}

  /// What the bucket costs, each in `currency`.
  public record Prices(
      @Key(value = "of the amounts", initially = "USD", text = TextRule.NAME) String currency,
      @Key(value = "a GB for a month", initially = "0", text = TextRule.AMOUNT) String gbMonth,
      @Key(value = "a thousand uploads", initially = "0", text = TextRule.AMOUNT)
          String thousandPuts,
      @Key(value = "a GB read back", initially = "0", text = TextRule.AMOUNT) String gbOut) {}
}
