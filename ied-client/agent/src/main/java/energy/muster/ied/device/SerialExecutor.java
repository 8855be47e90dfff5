// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Runs tasks one at a time, in order, on threads it shares with others. */
final class SerialExecutor implements Executor {
  private final Executor shared;
  private final Consumer<RuntimeException> fault;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean running;

  /**
   * @param fault told of what a task threw; the next task runs all the same
   */
  SerialExecutor(Executor shared, Consumer<RuntimeException> fault) {
    this.shared = shared;
    this.fault = fault;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (waiting) {
      waiting.add(task);
      if (running) {
        return;
      }
      running = true;
    }
    shared.execute(this::drain);
  }

  private void drain() {
    while (true) {
      Runnable task;
      synchronized (waiting) {
        task = waiting.poll();
        if (task == null) {
          running = false;
          return;
        }
      }
      try {
        task.run();
      } catch (RuntimeException e) {
        fault.accept(e);
      }
    }
  }
}
