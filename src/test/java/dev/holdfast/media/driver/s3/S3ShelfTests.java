package dev.holdfast.media.driver.s3;

import dev.holdfast.fixture.S3Server;
import dev.holdfast.media.Shelf;
import dev.holdfast.media.ShelfContract;
import dev.holdfast.model.declared.S3;
import org.junit.jupiter.api.AfterAll;

/// The records over S3Proxy. For `If-Match` it looks at the object and then writes, as its own
/// source says, so that more than one may win: the race itself is run on disks and on Ceph.
class S3ShelfTests extends ShelfContract {
  private static final S3Server SERVER = S3Server.inMemory();
  private final String bucket = SERVER.newBucket();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Override
  protected int mostWinners() {
    return 8;
  }

  @Override
  protected Shelf shelf() {
    var declared =
        new Buckets(SERVER.endpoint(), bucket, S3.Checksums.SUPPORTED)
            .declared(S3Server.KEY, S3Server.SECRET);
    return new S3Storage("Vault", declared, false, Buckets.use()).shelf();
  }
}
