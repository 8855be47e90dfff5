// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import energy.muster.firmware.Image;
import java.time.Duration;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Devices that wait for a piece of an image; one is served at a time. In turn it is whoever has
 * waited longest and whoever has come furthest: nobody starves, and not all of them come to the end
 * at once, where each checks the whole, starts it and opens a session. Safe for use by many
 * threads.
 */
final class PieceLine {
  /** At the least pace the last of them is served after 16 s; a device waits for 30. */
  static final int MOST = 250;

  private final TreeSet<Waiting> oldest = new TreeSet<>(Comparator.comparingLong(Waiting::number));
  private final TreeSet<Waiting> furthest =
      new TreeSet<>(
          Comparator.comparingInt(Waiting::index).reversed().thenComparingLong(Waiting::number));
  private final Turns turns;
  private final Executor spare;
  private long number;
  private boolean served;
  private boolean furthestNext;

  /** How long the next piece waits before it goes out. */
  @FunctionalInterface
  interface Turns {
    Duration next(int bytes);
  }

  private record Waiting(long number, int index, Runnable task) {}

  /**
   * @param spare works when nothing else is to be done
   */
  PieceLine(Turns turns, Executor spare) {
    this.turns = turns;
    this.spare = spare;
  }

  /**
   * Takes its place, unless there are too many.
   *
   * @param index which piece it is; who asks for a later one has come further
   * @param task gives it
   */
  boolean offer(int index, Runnable task) {
    synchronized (this) {
      if (oldest.size() >= MOST) {
        return false;
      }
      Waiting waiting = new Waiting(number++, index, task);
      oldest.add(waiting);
      furthest.add(waiting);
      if (served) {
        return true;
      }
      served = true;
    }
    goOn();
    return true;
  }

  // Who it is, is decided when the turn has come.
  private void goOn() {
    Duration wait = turns.next(Image.LONGEST_CHUNK);
    Executor then =
        wait.isZero()
            ? spare
            : CompletableFuture.delayedExecutor(wait.toNanos(), TimeUnit.NANOSECONDS, spare);
    then.execute(this::serve);
  }

  private void serve() {
    try {
      next().run();
    } finally {
      boolean more;
      synchronized (this) {
        more = !oldest.isEmpty();
        served = more;
      }
      if (more) {
        goOn();
      }
    }
  }

  private synchronized Runnable next() {
    Waiting next = furthestNext ? furthest.first() : oldest.first();
    furthestNext = !furthestNext;
    oldest.remove(next);
    furthest.remove(next);
    return next.task();
  }
}
