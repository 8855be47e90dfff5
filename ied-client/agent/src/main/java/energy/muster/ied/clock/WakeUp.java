// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Wakes its owner at an instant of a clock, and not before. A long wait is looked at on the way,
 * because the clock may be set and the machine may sleep. Used by one thread at a time.
 */
public final class WakeUp {
  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final Timer timer;
  private Timer.Pending pending = Timer.Pending.NONE;

  public WakeUp(InstantSource clock, Timer timer) {
    this.clock = clock;
    this.timer = timer;
  }

  /** Runs this task at that instant, never within the call; what was set before is forgotten. */
  public void set(Instant at, Runnable task) {
    pending.cancel();
    Duration wait = Duration.between(clock.instant(), at);
    pending =
        wait.compareTo(LOOK_EVERY) > 0
            ? timer.after(LOOK_EVERY, () -> set(at, task))
            : timer.after(wait, () -> look(at, task));
  }

  private void look(Instant at, Runnable task) {
    if (clock.instant().isBefore(at)) {
      set(at, task);
    } else {
      task.run();
    }
  }

  public void cancel() {
    pending.cancel();
  }
}
