// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import energy.muster.service.journal.Entry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that writes all that is queued in one transaction, so that one sync of the disk serves
 * many. What nobody waits for does not cause a sync of its own for a while: it rides along.
 */
final class GroupCommit {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final int LARGEST_BATCH = 512;
  private static final long SOON = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long IDLE = TimeUnit.SECONDS.toNanos(1);

  private final Borrowed database;
  private final Thread thread = new Thread(this::run, "muster-journal");
  private final Deque<Append> queue = new ArrayDeque<>();
  private int hurried;
  private long soonest;
  private boolean closing;

  private record Append(List<Entry> entries, boolean hurry, CompletableFuture<Void> done) {}

  GroupCommit(Connections connections) {
    database = new Borrowed(connections);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Queues entries after all that is queued.
   *
   * @param hurry somebody waits for it
   */
  CompletableFuture<Void> append(List<Entry> entries, boolean hurry) {
    Append append = new Append(List.copyOf(entries), hurry, new CompletableFuture<>());
    synchronized (queue) {
      if (closing) {
        append.done().completeExceptionally(new SQLException("the journal is closed"));
        return append.done();
      }
      if (queue.isEmpty()) {
        soonest = System.nanoTime() + SOON;
      }
      queue.add(append);
      hurried += hurry ? 1 : 0;
      // The lazy ones need no more than the thread's own waking up.
      if (hurry || queue.size() == 1) {
        queue.notifyAll();
      }
    }
    return append.done();
  }

  private void run() {
    try {
      for (List<Append> batch = next(); !batch.isEmpty(); batch = next()) {
        write(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      database.giveBack();
    }
  }

  /** Waits for work; none means that it is closed and all is written. */
  private List<Append> next() throws InterruptedException {
    synchronized (queue) {
      long idleSince = System.nanoTime();
      while (!due()) {
        if (queue.isEmpty() && closing) {
          return List.of();
        }
        if (!queue.isEmpty()) {
          sleep(soonest - System.nanoTime());
        } else if (database.held()) {
          long rest = idleSince + IDLE - System.nanoTime();
          if (rest > 0) {
            sleep(rest);
          } else {
            // The pool decides how long a connection lives, and whether it is still good.
            database.giveBack();
          }
        } else {
          queue.wait();
        }
      }
      List<Append> batch = new ArrayList<>();
      while (batch.size() < LARGEST_BATCH && !queue.isEmpty()) {
        Append append = queue.remove();
        hurried -= append.hurry() ? 1 : 0;
        batch.add(append);
      }
      return batch;
    }
  }

  private boolean due() {
    return hurried > 0 || (!queue.isEmpty() && (closing || System.nanoTime() - soonest >= 0));
  }

  private void sleep(long nanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.timedWait(queue, Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(1)));
  }

  private void write(List<Append> batch) {
    try {
      database.inTransaction(
          writing -> {
            for (Append append : batch) {
              writing.write(append.entries());
            }
          });
      batch.forEach(append -> append.done().complete(null));
    } catch (SQLException | RuntimeException e) {
      LOG.debug("A batch of {} was not committed and is tried one by one", batch.size(), e);
      batch.forEach(this::writeAlone);
    }
  }

  /**
   * One append that cannot be written must not take down those that shared its transaction. Whether
   * that had been committed is not known when the connection broke.
   */
  private void writeAlone(Append append) {
    try {
      database.inTransaction(writing -> writing.writeAgain(append.entries()));
      append.done().complete(null);
    } catch (SQLException | RuntimeException e) {
      LOG.error("The journal could not write {}", append.entries(), e);
      append.done().completeExceptionally(e);
    }
  }

  /** Writes what is queued, for at most so long. */
  void stop(Duration patience) throws InterruptedException {
    synchronized (queue) {
      closing = true;
      queue.notifyAll();
    }
    thread.join(patience.toMillis());
    synchronized (queue) {
      if (!queue.isEmpty()) {
        LOG.error("The journal was closed with {} appends unwritten", queue.size());
      }
    }
  }
}
