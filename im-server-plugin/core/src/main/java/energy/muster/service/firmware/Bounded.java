// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** Lets so many tasks at a time go to others' workers, and turns away what would wait too long. */
final class Bounded {
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final Executor workers;
  private final int atOnce;
  private final int most;
  private int running;

  Bounded(Executor workers, int atOnce, int most) {
    this.workers = workers;
    this.atOnce = atOnce;
    this.most = most;
  }

  /** Whether it was taken. */
  boolean offer(Runnable task) {
    synchronized (this) {
      if (running >= atOnce) {
        return waiting.size() < most && waiting.add(task);
      }
      running++;
    }
    workers.execute(() -> run(task));
    return true;
  }

  private void run(Runnable task) {
    try {
      task.run();
    } finally {
      next();
    }
  }

  private void next() {
    Runnable next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        running--;
        return;
      }
    }
    // Again from the end of the line: others may have come meanwhile.
    workers.execute(() -> run(next));
  }
}
