// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Where one link takes its decisions: one at a time, now or later, also when there is no thread for
 * them just now.
 */
final class Control implements Executor {
  private static final Duration THREADS_AGAIN_AFTER = Duration.ofSeconds(1);

  private final AtomicBoolean held = new AtomicBoolean();
  private final SerialExecutor serial;
  private final LinkThreads threads;

  Control(LinkThreads threads) {
    this.threads = threads;
    this.serial = new SerialExecutor(threads.work(), LogLines::failed);
  }

  @Override
  public void execute(Runnable decision) {
    orLater(() -> serial.execute(decision));
  }

  // A decision that was lost here could leave the link without its next try, for ever.
  private void orLater(Runnable start) {
    try {
      start.run();
    } catch (RuntimeException | Error e) {
      LogLines.LINK.error("there is no thread for a link: {}", e.toString());
      if (held.compareAndSet(false, true)) {
        schedule(THREADS_AGAIN_AFTER, this::proceed);
      }
    }
  }

  private void proceed() {
    held.set(false);
    orLater(serial::proceed);
  }

  void after(Duration wait, Runnable decision) {
    schedule(wait, () -> execute(decision));
  }

  private void schedule(Duration wait, Runnable task) {
    // Nobody waits for it; what it fails with is logged where it runs.
    Future<?> unused = threads.timers().schedule(task, wait.toMillis(), TimeUnit.MILLISECONDS);
  }
}
