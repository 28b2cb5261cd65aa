package dev.holdfast.media.driver.s3;

import dev.holdfast.fixture.S3Requests;
import dev.holdfast.fixture.S3Server;
import dev.holdfast.fixture.StoredImages;
import dev.holdfast.fixture.WrongAnswers;
import dev.holdfast.media.FindResult;
import dev.holdfast.media.LabelTemplate;
import dev.holdfast.media.MediaFile;
import dev.holdfast.media.StorageUse;
import dev.holdfast.media.VolumeFinder;
import dev.holdfast.media.VolumeRequest;
import dev.holdfast.media.VolumeWriter;
import dev.holdfast.model.Label;
import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.S3;
import dev.holdfast.model.declared.Taperscan;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// A bucket behind a server that answers as a test has it.
abstract class S3FaultFixture {
  /// Of every class of these, until the process ends.
  private static final S3Server REAL = S3Server.inMemory();
  protected static final Label FIRST = new Label("Demo-001");

  @TempDir protected Path root;
  protected final WrongAnswers server = WrongAnswers.before(URI.create(REAL.endpoint()).getPort());
  protected final String bucket = REAL.newBucket();
  protected final StoredImages images = new StoredImages("Demo");
  protected final AtomicInteger secretsRead = new AtomicInteger();

  /// The real server keeps its objects in memory.
  @AfterEach
  void close() {
    server.close();
    keys().forEach(key -> requests().delete(bucket, key));
  }

  protected S3Storage storage() {
    return storage(new Buckets(server.endpoint(), bucket, S3.Checksums.SUPPORTED));
  }

  protected S3Storage storage(Buckets buckets) {
    var use =
        new StorageUse(
            secret -> {
              secretsRead.incrementAndGet();
              return secret.secretRef().env().orElseThrow();
            },
            StorageUse.unlimited(),
            Clock.systemUTC());
    return new S3Storage("Vault", buckets.declared(S3Server.KEY, S3Server.SECRET), false, use);
  }

  protected VolumeWriter writer() {
    return writer(storage());
  }

  protected static VolumeWriter writer(S3Storage storage) {
    var request =
        new VolumeRequest(
            new SetName("Demo"),
            "Vault",
            Taperscan.TRADITIONAL,
            new LabelTemplate("${set}-${n:3}"),
            Map.of(),
            Set.of(),
            Set.of(),
            1000);
    return switch (new VolumeFinder(storage, Clock.systemUTC(), UUID::randomUUID).find(request)) {
      case FindResult.Found(var writer, _, _) -> writer;
      case FindResult.None(var problem, _) -> throw new AssertionError(problem.text());
    };
  }

  protected MediaFile part(String image, int bytes) {
    var manifest = images.fill(root.resolve(image), image, bytes);
    return MediaFile.part(manifest.image(), 1, root.resolve(image).resolve("p0001"));
  }

  protected int uploads() {
    return requests().client().listMultipartUploads(list -> list.bucket(bucket)).uploads().size();
  }

  protected List<String> keys() {
    return requests().keys(bucket);
  }

  protected static S3Requests requests() {
    return S3Requests.with(REAL.endpoint(), S3Server.KEY, S3Server.SECRET);
  }
}
