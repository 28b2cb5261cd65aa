package dev.holdfast.media.driver.s3;

import dev.holdfast.fixture.S3Server;
import dev.holdfast.media.Shelf;
import dev.holdfast.media.ShelfContract;
import dev.holdfast.model.declared.S3;
import org.junit.jupiter.api.AfterAll;

/// The records over S3Proxy.
class S3ShelfTests extends ShelfContract {
  private static final S3Server SERVER = S3Server.inMemory();
  private final String bucket = SERVER.newBucket();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Override
  protected Shelf shelf() {
    var declared =
        new Buckets(SERVER.endpoint(), bucket, S3.Checksums.SUPPORTED)
            .declared(S3Server.KEY, S3Server.SECRET);
    return new S3Storage("Vault", declared, false, Buckets.use()).shelf();
  }
}
