package dev.holdfast.media.driver.s3;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.declared.S3;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.xml.stream.XMLStreamException;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;

/// Makes the SDK's client of a declared bucket. Checksums are always our own, made before a request
/// is sent: the SDK's default ones come as trailers, which Ceph 16 and others refuse.
final class Connection {
  private static final int MOST_ATTEMPTS = 100;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private Connection() {}

  /// @param outage what all connections to the storage know of it
  static S3Client open(S3 s3, AwsCredentialsProvider login, Outage outage) {
    var builder =
        S3Client.builder()
            .credentialsProvider(login)
            .region(Region.of(s3.region().orElse("us-east-1")))
            .forcePathStyle(s3.isPathStyle())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .disableS3ExpressSessionAuth(true)
            .httpClient(transport(s3))
            .overrideConfiguration(
                how ->
                    how.retryStrategy(new SharedPatience(patience(), outage))
                        .apiCallTimeout(s3.retryFor()));
    s3.endpoint().map(URI::create).ifPresent(builder::endpointOverride);
    return builder.build();
  }

  /// Jitter between the attempts; their end is the request's time, not their number.
  private static StandardRetryStrategy patience() {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .retryOnException(Connection::isCut)
        .maxAttempts(MOST_ATTEMPTS)
        .circuitBreakerEnabled(false)
        .backoffStrategy(BackoffStrategy.exponentialDelay(FIRST_PAUSE, LONGEST_PAUSE))
        .throttlingBackoffStrategy(BackoffStrategy.exponentialDelay(FIRST_PAUSE, LONGEST_PAUSE))
        .build();
  }

  /// An answer without a stated length that ended early, or the page of a proxy: no XML of S3.
  private static boolean isCut(Throwable failed) {
    for (var one = failed; one != null; one = one.getCause()) {
      if (one instanceof XMLStreamException) {
        return true;
      }
    }
    return false;
  }

  private static SdkHttpClient transport(S3 s3) {
    var http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(shorter(CONNECT, s3.idleTimeout()))
            .socketTimeout(s3.idleTimeout());
    if (!s3.tls()) {
      // no authority is asked, and reading those of the JDK takes a tenth of a second
      http.tlsTrustManagersProvider(() -> new TrustManager[0]);
    }
    s3.ca()
        .map(Path::of)
        .ifPresent(
            file -> {
              var trusted = trusted(file);
              http.tlsTrustManagersProvider(() -> trusted);
            });
    return new IdleLimit(http.build(), s3.idleTimeout(), s3.tls());
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static TrustManager[] trusted(Path file) {
    try (var pem = Files.newInputStream(file)) {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (IOException | GeneralSecurityException unusable) {
      throw new HoldfastException(
          ExitCode.CONFIG,
          new Problem(
              file.toString(),
              "holds no certificates that could be trusted: " + Reason.of(unusable),
              "write the server's CA there as PEM, or correct s3.ca"),
          unusable);
    }
  }
}
