// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** How an update that waits is woken or stopped. */
class ControlTest {
  private final Control control = new Control();
  private final AtomicReference<Thread> waits = new AtomicReference<>();

  private CompletableFuture<Void> resting() {
    CompletableFuture<Void> rested = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                control.rest(Duration.ofHours(1));
                rested.complete(null);
              } catch (Control.Stopped e) {
                rested.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    waits.set(thread);
    thread.start();
    await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    return rested;
  }

  @Test
  void aSessionThatIsBackEndsTheWaiting() {
    CompletableFuture<Void> rested = resting();

    control.wake();

    await().until(rested::isDone);
    assertThat(rested).isCompleted();
  }

  @Test
  void whoStopsItEndsTheWaitingToo() {
    CompletableFuture<Void> rested = resting();

    assertThat(control.stop()).isTrue();

    assertThatThrownBy(rested::join).hasCauseInstanceOf(Control.Stopped.class);
  }
}
