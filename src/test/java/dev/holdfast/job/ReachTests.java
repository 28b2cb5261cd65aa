package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.source.Readiness;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ReachTests {
  private static final Duration LONG = Duration.ofMinutes(5);

  @Test
  void aSourceThatHangsIsAway() throws Exception {
    var never = new CountDownLatch(1);

    var answer =
        new Reach("source Demo/Web", Duration.ofMillis(10))
            .ask(
                () -> {
                  never.await();
                  return new Readiness.Ready();
                });

    assertThat(((Readiness.Away) answer).problem().text())
        .isEqualTo(
            "source Demo/Web: is offline: it did not answer within 0 s\n"
                + "HINT: see whether a file system of it hangs; how.timeouts.verify is the limit");
  }

  @Test
  void whatTheSourceSaysIsPassedOn() throws Exception {
    assertThat(new Reach("source Demo/Web", LONG).ask(Readiness.Ready::new))
        .isInstanceOf(Readiness.Ready.class);
    assertThatThrownBy(
            () ->
                new Reach("source Demo/Web", LONG)
                    .ask(
                        () -> {
                          throw new IOException("Stale file handle");
                        }))
        .isInstanceOf(IOException.class)
        .hasMessage("Stale file handle");
  }
}
