package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.image.Digests;
import dev.holdfast.image.PartGrowth;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.PartFile;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FormingTests {
  private static final ImageId IMAGE = new ImageId("image-1");
  private static final Path FILE = Path.of("p0001");
  private static final long ENOUGH = 100;

  private final Forming forming = new Forming();

  @Test
  void anImageIsOfferedOnceItsFirstPartIsLargeEnough() {
    try (var image = forming.begin(IMAGE)) {
      image.grown(growth(ENOUGH - 1));
      assertThat(forming.claim(ENOUGH)).isEmpty();

      image.grown(growth(ENOUGH));
      assertThat(forming.claim(ENOUGH)).contains(image);
    }
  }

  @Test
  void oneWriterHasIt() {
    try (var image = forming.begin(IMAGE)) {
      image.grown(growth(ENOUGH));
      forming.claim(ENOUGH);

      assertThat(forming.claim(ENOUGH)).isEmpty();
      assertThat(forming.isClaimed(IMAGE)).isTrue();
      image.letGo();
      assertThat(forming.isClaimed(IMAGE)).isFalse();
      assertThat(forming.claim(ENOUGH)).as("offered again").isEmpty();
    }
  }

  @Test
  void anImageThatIsWholeIsOfferedNoMoreForSoonItMayBeWritten() {
    try (var image = forming.begin(IMAGE)) {
      image.grown(growth(ENOUGH));
      image.whole();

      assertThat(forming.claim(ENOUGH)).isEmpty();
    }
  }

  @Test
  void anImageStaysClaimedUntilItsWriterLetsItGoAlsoWhenTheDumpIsOver() {
    var image = forming.begin(IMAGE);
    image.grown(growth(ENOUGH));
    forming.claim(ENOUGH);
    image.whole();
    image.kept();
    image.close();

    assertThat(forming.isClaimed(IMAGE)).isTrue();
    image.letGo();
    assertThat(forming.isClaimed(IMAGE)).isFalse();
  }

  @Test
  void aWriterSeesHowFarAPartIsAndThatItIsComplete() throws InterruptedException {
    try (var image = forming.begin(IMAGE)) {
      assertThat(image.more(1, 0, 1)).isEmpty();
      image.grown(growth(50));
      assertThat(image.more(1, 0, 1).orElseThrow().growth().size()).isEqualTo(50);
      assertThat(image.more(1, 50, 1)).isEmpty();

      var part = new PartFile(1, 50, Digests.of(new byte[0]));
      image.completed(part);
      assertThat(image.more(1, 50, 1).orElseThrow().complete()).contains(part);
      assertThat(image.more(2, 0, 1)).isEmpty();
    }
  }

  @Test
  void whatADumpThatIsLostSentIsNotRecordedAndIsKnown() throws InterruptedException {
    var recorded = new AtomicInteger();
    var image = forming.begin(IMAGE);
    image.grown(growth(ENOUGH));
    image.onMedia(recorded::incrementAndGet);
    assertThat(forming.hasSentForNothing()).isFalse();

    image.close();
    image.onMedia(recorded::incrementAndGet);

    assertThat(recorded).hasValue(1);
    assertThat(forming.hasSentForNothing()).isTrue();
    assertThat(image.more(1, 0, 1)).isEmpty();
    assertThat(image.isOver()).isTrue();
  }

  private static PartGrowth growth(long size) {
    return new PartGrowth(1, FILE, size, 0);
  }
}
