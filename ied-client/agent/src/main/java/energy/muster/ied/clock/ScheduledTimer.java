// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.clock;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Real time: counts down on one executor and runs what is due on another. */
public final class ScheduledTimer implements Timer {
  private final ScheduledExecutorService countdown;
  private final Executor runner;

  public ScheduledTimer(ScheduledExecutorService countdown, Executor runner) {
    this.countdown = countdown;
    this.runner = runner;
  }

  @Override
  public Pending after(Duration delay, Runnable task) {
    AtomicBoolean cancelled = new AtomicBoolean();
    Runnable unlessCancelled =
        () -> {
          if (!cancelled.get()) {
            task.run();
          }
        };
    Future<?> countingDown =
        countdown.schedule(
            () -> runner.execute(unlessCancelled),
            Math.max(0, delay.toNanos()),
            TimeUnit.NANOSECONDS);
    return () -> {
      cancelled.set(true);
      countingDown.cancel(false);
    };
  }
}
