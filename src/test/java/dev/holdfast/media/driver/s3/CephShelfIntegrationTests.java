package dev.holdfast.media.driver.s3;

import dev.holdfast.fixture.CephLab;
import dev.holdfast.media.Shelf;
import dev.holdfast.media.ShelfContract;
import dev.holdfast.model.declared.S3;
import org.junit.jupiter.api.Tag;

/// The records over Ceph's gateway.
@Tag("lab")
class CephShelfIntegrationTests extends ShelfContract {
  private final CephLab lab = CephLab.shared();
  private final String bucket = lab.newBucket();

  @Override
  protected Shelf shelf() {
    var declared =
        new Buckets(lab.endpoint(), bucket, S3.Checksums.REQUIRED)
            .trusting(lab.ca())
            .declared(lab.key(), lab.secret());
    return new S3Storage("Vault", declared, false, Buckets.use()).shelf();
  }
}
