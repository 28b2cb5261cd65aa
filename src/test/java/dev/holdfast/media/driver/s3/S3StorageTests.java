package dev.holdfast.media.driver.s3;

import dev.holdfast.fixture.S3Requests;
import dev.holdfast.fixture.S3Server;
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
import org.junit.jupiter.api.AfterAll;

/// The contract over S3Proxy.
class S3StorageTests extends MediaContract {
  private static final S3Server SERVER = S3Server.inMemory();
  private final String bucket = SERVER.newBucket();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Override
  protected MediaStorage storage(Optional<ByteSize> volumeSize, int volumes, boolean label) {
    var declared =
        new Buckets(SERVER.endpoint(), bucket, S3.Checksums.SUPPORTED)
            .declared(S3Server.KEY, S3Server.SECRET, Buckets.vtapes(volumeSize, volumes), label);
    return new S3Storage("Vault", declared, false, Buckets.use());
  }

  @Override
  protected OptionalLong sendsFrom() {
    return OptionalLong.of(32 << 20);
  }

  @Override
  protected void flip(StoredFile file, long at) {
    var requests = S3Requests.with(SERVER.endpoint(), S3Server.KEY, S3Server.SECRET);
    var bytes = requests.get(bucket, key(file));
    bytes[(int) at] ^= 1;
    requests.replace(bucket, key(file), bytes);
  }

  @Override
  protected FileChannel raw(StoredFile file) throws IOException {
    var requests = S3Requests.with(SERVER.endpoint(), S3Server.KEY, S3Server.SECRET);
    var copy = root.resolve("raw");
    Files.write(copy, requests.get(bucket, key(file)));
    return FileChannel.open(copy, StandardOpenOption.READ);
  }

  private static String key(StoredFile file) {
    return S3Layout.below(Optional.of("prod")).key(file);
  }
}
