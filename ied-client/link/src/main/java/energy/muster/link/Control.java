// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Where one link takes its decisions: one at a time, now or later. */
final class Control implements Executor {
  private final SerialExecutor serial;
  private final LinkThreads threads;

  Control(LinkThreads threads) {
    this.threads = threads;
    this.serial = new SerialExecutor(threads.work(), LogLines::failed);
  }

  @Override
  public void execute(Runnable decision) {
    serial.execute(decision);
  }

  void after(Duration wait, Runnable decision) {
    // Nobody waits for it; what it fails with is logged where it runs.
    Future<?> unused =
        threads.timers().schedule(() -> execute(decision), wait.toMillis(), TimeUnit.MILLISECONDS);
  }
}
