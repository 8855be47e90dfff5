// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.desk;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides one thing after another, in the order in which they were put, on whichever worker is
 * free: what is touched only here needs no lock. A decision takes microseconds; signatures are
 * checked before it and the disk and the network are asked after it, all of them elsewhere.
 */
public final class Desk {
  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

  private final Executor workers;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();

  public Desk(Executor workers) {
    this.workers = workers;
  }

  /** Decides on a worker; for callers whose thread is not ours. */
  public void put(Runnable decision) {
    waiting.add(decision);
    if (count.getAndIncrement() == 0) {
      workers.execute(this::drain);
    }
  }

  /** Decides now on the calling worker if the desk is free: it saves the way to another thread. */
  public void take(Runnable decision) {
    waiting.add(decision);
    if (count.getAndIncrement() == 0) {
      drain();
    }
  }

  /** {@link #put} with a result; what the decision throws comes out of the stage. */
  public <T> CompletionStage<T> ask(Supplier<CompletionStage<T>> decision) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    put(() -> answer(decision, answer));
    return answer;
  }

  /** {@link #take} with a result. */
  public <T> CompletionStage<T> askHere(Supplier<CompletionStage<T>> decision) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    take(() -> answer(decision, answer));
    return answer;
  }

  private static <T> void answer(
      Supplier<CompletionStage<T>> decision, CompletableFuture<T> answer) {
    try {
      decision
          .get()
          .whenComplete(
              (value, failure) -> {
                if (failure == null) {
                  answer.complete(value);
                } else {
                  answer.completeExceptionally(Failures.cause(failure));
                }
              });
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  private void drain() {
    do {
      try {
        waiting.remove().run();
      } catch (RuntimeException | Error e) {
        // One bad decision must not end all others.
        LOG.error("a decision failed", e);
      }
    } while (count.decrementAndGet() > 0);
  }
}
