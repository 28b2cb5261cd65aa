package dev.holdfast.media.driver.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.media.driver.s3.BucketException.Kind;
import dev.holdfast.model.Problem;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// When a storage counts as away, and who may still ask it; minutes of a clock that a test turns.
class OutageTests {
  private final BucketException silent =
      new BucketException(Kind.AWAY, new Problem("Vault", "cannot be reached", "run again"));

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1000);
  private final Outage outage = new Outage(Duration.ofMinutes(5), clock::get);

  @Test
  void afterARequestThatWaitedItsWholeTimeOneMoreIsAskedAndThenNone() throws BucketException {
    long began = outage.begin();
    assertThat(outage.mayTryAgain()).isTrue();
    minutes(4);
    assertThat(outage.mayTryAgain()).isTrue();
    minutes(1);
    assertThat(outage.mayTryAgain()).isFalse();
    outage.failed(began, silent);

    long second = outage.begin();
    assertThat(outage.mayTryAgain()).isFalse();
    outage.failed(second, silent);
    assertThatThrownBy(outage::begin).hasMessage("cannot be reached");
    minutes(4);
    assertThatThrownBy(outage::begin).isInstanceOf(BucketException.class);
  }

  @Test
  void aRequestThatFailsAloneIsNoOutage() throws BucketException {
    long began = outage.begin();
    minutes(5);
    outage.failed(began, silent);

    outage.begin();
    outage.answered();

    outage.begin();
    assertThat(outage.mayTryAgain()).isTrue();
  }

  @Test
  void requestsThatBeginLaterHaveWhatIsLeftOfTheOneTime() throws BucketException {
    outage.begin();
    outage.mayTryAgain();
    minutes(4);
    long later = outage.begin();
    assertThat(outage.mayTryAgain()).isTrue();
    minutes(1);

    assertThat(outage.mayTryAgain()).isFalse();
    outage.failed(later, silent);
    outage.begin();
    assertThatThrownBy(outage::begin).isInstanceOf(BucketException.class);
  }

  @Test
  void anAnswerToAnyoneBeginsTheTimeAnew() throws BucketException {
    long began = outage.begin();
    outage.mayTryAgain();
    minutes(4);
    outage.answered();
    minutes(1);
    assertThat(outage.mayTryAgain()).isTrue();

    outage.failed(began, silent);

    outage.begin();
  }

  @Test
  void afterAsLongATimeAgainOneMayLookOnceAndTheOthersMayNot() throws BucketException {
    away();
    minutes(5);

    long looking = outage.begin();
    assertThatThrownBy(outage::begin).isInstanceOf(BucketException.class);
    assertThat(outage.mayTryAgain()).isFalse();
    outage.failed(looking, silent);
    minutes(4);
    assertThatThrownBy(outage::begin).isInstanceOf(BucketException.class);
    minutes(1);
    outage.begin();
    outage.answered();

    outage.begin();
    outage.begin();
    assertThat(outage.mayTryAgain()).isTrue();
  }

  @Test
  void oneFailureThatCostNoTimeIsNoOutage() throws BucketException {
    outage.failed(outage.begin(), silent);

    outage.begin();
  }

  private void away() throws BucketException {
    long began = outage.begin();
    minutes(5);
    outage.failed(began, silent);
    outage.failed(outage.begin(), silent);
  }

  private void minutes(int minutes) {
    clock.addAndGet(Duration.ofMinutes(minutes).toNanos());
  }
}
