package dev.holdfast.media.driver.s3;

import dev.holdfast.fixture.CephLab;
import dev.holdfast.fixture.S3Requests;
import dev.holdfast.media.MediaContract;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.media.StoredFile;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.declared.S3;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;

/// The contract over Ceph's gateway, by TLS and with Content-MD5.
@Tag("lab")
class CephContractIntegrationTests extends MediaContract {
  private final CephLab lab = CephLab.shared();
  private final String bucket = lab.newBucket();

  @Override
  protected MediaStorage storage(Optional<ByteSize> volumeSize, int volumes, boolean label) {
    var declared =
        new Buckets(lab.endpoint(), bucket, S3.Checksums.REQUIRED)
            .trusting(lab.ca())
            .declared(lab.key(), lab.secret(), Buckets.vtapes(volumeSize, volumes), label);
    return new S3Storage("Vault", declared, false, Buckets.use());
  }

  @Override
  protected OptionalLong sendsFrom() {
    return OptionalLong.of(32 << 20);
  }

  @Override
  protected void flip(StoredFile file, long at) {
    var bytes = requests().get(bucket, key(file));
    bytes[(int) at] ^= 1;
    requests().replace(bucket, key(file), bytes);
  }

  @Override
  protected FileChannel raw(StoredFile file) throws IOException {
    var copy = Files.write(root.resolve("raw"), requests().get(bucket, key(file)));
    return FileChannel.open(copy, StandardOpenOption.READ);
  }

  private S3Requests requests() {
    return lab.requests();
  }

  private static String key(StoredFile file) {
    return S3Layout.below(Optional.of("prod")).key(file);
  }
}
