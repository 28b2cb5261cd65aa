package dev.holdfast.media.driver.s3;

import dev.holdfast.media.SecretSource;
import dev.holdfast.model.declared.S3;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/// Credentials by reference, read when they are first needed and again when the server calls them
/// outdated. Without references, what the SDK's chain finds, which it renews itself. Thread-safe.
final class Login implements AwsCredentialsProvider {
  private final Optional<S3.Credentials> declared;
  private final SecretSource secrets;
  private Optional<AwsCredentials> read = Optional.empty();
  private Optional<DefaultCredentialsProvider> chain = Optional.empty();

  Login(Optional<S3.Credentials> declared, SecretSource secrets) {
    this.declared = declared;
    this.secrets = secrets;
  }

  @Override
  public synchronized AwsCredentials resolveCredentials() {
    if (declared.isEmpty()) {
      if (chain.isEmpty()) {
        chain = Optional.of(DefaultCredentialsProvider.builder().build());
      }
      return chain.get().resolveCredentials();
    }
    if (read.isEmpty()) {
      read = Optional.of(read(declared.get()));
    }
    return read.get();
  }

  /// The next request reads them anew.
  synchronized void forget() {
    read = Optional.empty();
    chain = Optional.empty();
  }

  private AwsCredentials read(S3.Credentials references) {
    var access = secrets.value(references.accessKey());
    var secret = secrets.value(references.secretKey());
    return references
        .sessionToken()
        .<AwsCredentials>map(
            token -> AwsSessionCredentials.create(access, secret, secrets.value(token)))
        .orElseGet(() -> AwsBasicCredentials.create(access, secret));
  }
}
