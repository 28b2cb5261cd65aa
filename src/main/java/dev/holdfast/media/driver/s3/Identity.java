package dev.holdfast.media.driver.s3;

import dev.holdfast.model.declared.S3;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/// One login to a bucket, with its connection once it is used. Thread-safe.
final class Identity implements AutoCloseable {
  private final S3 declared;
  private final Login login;
  private final Outage outage;
  private Optional<S3Client> client = Optional.empty();

  Identity(S3 declared, Login login, Outage outage) {
    this.declared = declared;
    this.login = login;
    this.outage = outage;
  }

  Login login() {
    return login;
  }

  synchronized S3Client client() {
    if (client.isEmpty()) {
      // first, so that a secret that is not there is told before anything is tried
      if (declared.credentials().isPresent()) {
        login.resolveCredentials();
      }
      client = Optional.of(Connection.open(declared, login, outage));
    }
    return client.get();
  }

  @Override
  public synchronized void close() {
    client.ifPresent(S3Client::close);
    client = Optional.empty();
  }
}
