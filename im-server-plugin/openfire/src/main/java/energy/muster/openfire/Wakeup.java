// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Wakes the service when something is due; what is due stands in its journal, not here. */
final class Wakeup {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final InstantSource clock;
  private final ScheduledExecutorService timer;

  Wakeup(InstantSource clock) {
    this.clock = clock;
    ScheduledThreadPoolExecutor single =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "muster-wakeup");
              thread.setDaemon(true);
              return thread;
            });
    single.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.timer = single;
  }

  /**
   * Calls at once, and then at each instant that the call before named.
   *
   * @param advance {@code Service.advanceTo}
   */
  void follow(UnaryOperator<Instant> advance) {
    schedule(advance, Duration.ZERO);
  }

  /** Calls again and again, the first time after one interval. */
  void every(Duration interval, String what, Edge.Step step) {
    var unused =
        timer.scheduleWithFixedDelay(
            () -> Edge.quietly(what, step),
            interval.toMillis(),
            interval.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void schedule(UnaryOperator<Instant> advance, Duration delay) {
    if (timer.isShutdown()) {
      return;
    }
    var unused =
        timer.schedule(
            () -> {
              Duration[] next = {AFTER_FAILURE};
              Edge.quietly(
                  "what is due",
                  () -> {
                    Instant now = clock.instant();
                    Instant due = advance.apply(now);
                    Duration longest = Duration.between(now, due);
                    Duration until = Duration.between(clock.instant(), due);
                    // The clock may have been set back since.
                    Duration wait = until.compareTo(longest) < 0 ? until : longest;
                    next[0] = wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait;
                  });
              Edge.quietly("the next wake-up", () -> schedule(advance, next[0]));
            },
            delay.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  void stop() throws InterruptedException {
    timer.shutdown();
    if (!timer.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      timer.shutdownNow();
    }
  }
}
