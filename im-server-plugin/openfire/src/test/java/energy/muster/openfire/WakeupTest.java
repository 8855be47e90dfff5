// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WakeupTest {
  private final InstantSource clock = InstantSource.system();
  private final Wakeup wakeup = new Wakeup(clock);
  private final List<Instant> calls = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    wakeup.stop();
  }

  @Test
  void theNextCallComesWhenTheOneBeforeSaid() {
    Duration step = Duration.ofMillis(50);
    wakeup.follow(
        now -> {
          calls.add(now);
          return now.plus(step);
        });
    await().until(() -> calls.size() >= 3);
    assertThat(Duration.between(calls.get(0), calls.get(1))).isGreaterThanOrEqualTo(step);
    assertThat(Duration.between(calls.get(1), calls.get(2))).isGreaterThanOrEqualTo(step);
  }

  @Test
  void aDueTimeThatIsPastIsCalledForAtOnce() {
    wakeup.follow(
        now -> {
          calls.add(now);
          return calls.size() < 3 ? now.minus(Duration.ofHours(1)) : now.plus(Duration.ofHours(1));
        });
    await().atMost(Duration.ofSeconds(5)).until(() -> calls.size() == 3);
  }

  @Test
  void aFailureIsNotTheEnd() {
    wakeup.follow(
        now -> {
          calls.add(now);
          if (calls.size() == 1) {
            throw new AssertionError("not even an Error");
          }
          return now.plus(Duration.ofHours(1));
        });
    await().until(() -> calls.size() == 2);
  }

  @Test
  void aRepeatedStepIsRepeatedAlsoAfterItFailed() {
    AtomicInteger count = new AtomicInteger();
    wakeup.every(
        Duration.ofMillis(5),
        "a test",
        () -> {
          if (count.incrementAndGet() == 1) {
            throw new IllegalStateException("the first fails");
          }
        });
    await().until(() -> count.get() > 2);
  }

  @Test
  void afterTheStopNothingIsCalled() throws Exception {
    wakeup.follow(
        now -> {
          calls.add(now);
          return now;
        });
    await().until(() -> !calls.isEmpty());
    wakeup.stop();
    int before = calls.size();
    await().during(Duration.ofMillis(100)).until(() -> calls.size() == before);
  }
}
