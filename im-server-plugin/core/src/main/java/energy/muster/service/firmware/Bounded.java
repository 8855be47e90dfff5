// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** Lets so many tasks at a time go to others' workers. */
final class Bounded implements Executor {
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final Executor workers;
  private final int atOnce;
  private int running;

  Bounded(Executor workers, int atOnce) {
    this.workers = workers;
    this.atOnce = atOnce;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (this) {
      if (running >= atOnce) {
        waiting.add(task);
        return;
      }
      running++;
    }
    workers.execute(() -> run(task));
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
