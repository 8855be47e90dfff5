// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.desk;

import java.util.Comparator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A few threads that finish what is begun before they begin something new. In a storm a thousand
 * seals wait to be checked; what is to be decided now, a step of an alarm that is due or an answer
 * that somebody waits for, does not stand in line behind them.
 *
 * @param begin checks of what has come in, in the order in which it came
 * @param finish decisions and answers, before all that has not begun
 * @param spare what can wait until there is nothing else to do
 */
public record Workers(Executor begin, Executor finish, Executor spare) {
  private enum Rank {
    FINISHES,
    BEGINS,
    CAN_WAIT
  }

  private record Work(Rank rank, long number, Runnable task) implements Runnable {
    @Override
    public void run() {
      task.run();
    }
  }

  /** For an executor that takes its work from {@link #queue}. */
  public static Workers over(Executor threads) {
    AtomicLong number = new AtomicLong();
    return new Workers(
        ranked(threads, Rank.BEGINS, number),
        ranked(threads, Rank.FINISHES, number),
        ranked(threads, Rank.CAN_WAIT, number));
  }

  private static Executor ranked(Executor threads, Rank rank, AtomicLong number) {
    return task -> threads.execute(new Work(rank, number.getAndIncrement(), task));
  }

  /** One executor for all, in whatever order it has. */
  public static Workers alike(Executor executor) {
    return new Workers(executor, executor, executor);
  }

  /** What the executor of {@link #over} takes its work from. */
  public static BlockingQueue<Runnable> queue() {
    Comparator<Work> order = Comparator.comparing(Work::rank).thenComparingLong(Work::number);
    return new PriorityBlockingQueue<>(64, (one, other) -> order.compare((Work) one, (Work) other));
  }
}
