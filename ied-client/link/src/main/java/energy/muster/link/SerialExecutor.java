// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Runs tasks one at a time, in the order they came, on threads shared with others. */
public final class SerialExecutor implements Executor {
  private final Executor shared;
  private final Consumer<Throwable> fault;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean running;

  /**
   * @param fault told of what a task threw; must not throw itself
   */
  public SerialExecutor(Executor shared, Consumer<Throwable> fault) {
    this.shared = shared;
    this.fault = fault;
  }

  /**
   * Takes a task for good; what the shared threads throw when they cannot run it is thrown on, and
   * the task runs before the next one.
   */
  @Override
  public void execute(Runnable task) {
    synchronized (waiting) {
      waiting.add(task);
    }
    proceed();
  }

  /** Runs what was taken while no thread was to be had; throws as {@link #execute}. */
  void proceed() {
    synchronized (waiting) {
      if (running || waiting.isEmpty()) {
        return;
      }
      running = true;
    }
    try {
      shared.execute(this::drain);
    } catch (RuntimeException | Error e) {
      synchronized (waiting) {
        running = false;
      }
      throw e;
    }
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
      } catch (RuntimeException | Error e) {
        // An Error too: a queue that stopped here would be deaf behind a session that looks alive.
        fault.accept(e);
      }
    }
  }
}
