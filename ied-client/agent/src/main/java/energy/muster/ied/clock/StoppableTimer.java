// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.clock;

import java.time.Duration;

/**
 * A timer of one owner, which ends with it: another of the same name may be there by the time that
 * a task would be due. Used by one thread at a time.
 */
public final class StoppableTimer implements Timer {
  private final Timer timer;
  private boolean stopped;

  public StoppableTimer(Timer timer) {
    this.timer = timer;
  }

  @Override
  public Pending after(Duration delay, Runnable task) {
    return stopped
        ? Pending.NONE
        : timer.after(
            delay,
            () -> {
              if (!stopped) {
                task.run();
              }
            });
  }

  /** Nothing that waits, and nothing that is asked for from now on, is run any more. */
  public void stop() {
    stopped = true;
  }
}
