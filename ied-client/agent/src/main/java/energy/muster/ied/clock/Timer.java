// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.clock;

import java.time.Duration;

/** Wakes its caller later; injected, so that tests move time. */
@FunctionalInterface
public interface Timer {
  /**
   * Runs a task once after a delay; a delay of zero or less means as soon as possible, never within
   * the call.
   */
  Pending after(Duration delay, Runnable task);

  /** A task that has not run yet. */
  @FunctionalInterface
  interface Pending {
    Pending NONE = () -> {};

    /** Without effect once the task runs. */
    void cancel();
  }
}
