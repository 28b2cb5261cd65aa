package dev.holdfast.model.declared;

import java.util.List;
import java.util.Optional;

/// A storage of type `s3`; declared and checked, written by a later release.
public record S3(
    @Key(value = "the server", text = TextRule.URL) Optional<String> endpoint,
    @Key(value = "the bucket", text = TextRule.NAME) String bucket,
    @Key(value = "where in the bucket", text = TextRule.SENTENCE) Optional<String> prefix,
    @Key(value = "the region", text = TextRule.NAME) Optional<String> region,
    @Key(value = "regions where the bucket may really be", text = TextRule.NAME)
        List<String> locationRestriction,
    @Key(value = "speak TLS", initially = "true") boolean tls,
    @Key("how to log in") Optional<Credentials> credentials,
    @Key("objects that nobody can delete") Optional<ObjectLock> objectLock)
    implements StorageSpec {

  public S3 {
    locationRestriction = List.copyOf(locationRestriction);
  }

  public record Credentials(
      @Key("the access key") Secret accessKey, @Key("the secret key") Secret secretKey) {}

  public record ObjectLock(
      @Key("who may lift it") Mode mode, @Key(value = "for how long", min = 1) int days) {}

  public enum Mode {
    GOVERNANCE,
    COMPLIANCE
  }
}
