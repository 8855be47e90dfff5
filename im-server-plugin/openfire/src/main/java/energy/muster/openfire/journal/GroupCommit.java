// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import energy.muster.refusal.Refused;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal.Expected;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
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

  /** With so many that somebody waits for, a sync is well used and waits for no more. */
  private static final int ENOUGH = 24;

  /** What is expected may yet be refused, or be one of very many: nobody waits longer for it. */
  private static final Duration PATIENCE = Duration.ofMillis(25);

  /** How long a disk that is filled and emptied again can go unseen. */
  private static final Duration LOOK = Duration.ofMillis(250);

  /** So much of what nobody waits for is kept while the disk is full; then the oldest goes. */
  private static final int MOST_KEPT = 20_000;

  private static final long SOON = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long AGAIN = TimeUnit.SECONDS.toNanos(1);
  private static final long IDLE = TimeUnit.SECONDS.toNanos(1);

  private final Borrowed database;
  private final long patience;
  private final Thread thread = new Thread(this::run, "muster-journal");
  private final Deque<Append> queue = new ArrayDeque<>();
  private int hurried;
  private int expected;
  private long hurriedSince;
  private long soonest;
  private boolean closing;

  private record Append(List<Entry> entries, boolean hurry, CompletableFuture<Void> done) {}

  GroupCommit(Connections connections) {
    this(connections, PATIENCE, LogDisk::of);
  }

  /**
   * @param patience how long what is to be written waits for what is expected
   */
  GroupCommit(Connections connections, Duration patience, Borrowed.Disks disks) {
    this.database = new Borrowed(connections, disks);
    this.patience = patience.toNanos();
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
      if (hurry && hurried++ == 0) {
        hurriedSince = System.nanoTime();
      }
      // The first of each kind sets how long the thread sleeps; then only what makes it due.
      if (queue.size() == 1 || (hurry && hurried == 1) || due()) {
        queue.notifyAll();
      }
    }
    return append.done();
  }

  /** Until it is over, what is queued may wait a moment for another append. */
  Expected expect() {
    synchronized (queue) {
      expected++;
    }
    return this::expectedIsOver;
  }

  private void expectedIsOver() {
    synchronized (queue) {
      expected--;
      if (hurried > 0 && due()) {
        queue.notifyAll();
      }
    }
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
          sleep((hurried > 0 ? hurriedSince + patience : soonest) - System.nanoTime());
        } else if (database.held()) {
          long rest = idleSince + IDLE - System.nanoTime();
          if (rest > 0) {
            sleep(rest);
          } else {
            // The pool decides how long a connection lives, and whether it is still good.
            database.giveBack();
          }
        } else {
          queue.wait(LOOK.toMillis());
          database.look();
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
    if (queue.isEmpty()) {
      return false;
    }
    long now = System.nanoTime();
    return closing
        || now - soonest >= 0
        || hurried >= ENOUGH
        || (hurried > 0 && (expected == 0 || now - hurriedSince >= patience));
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
    } catch (Refused noSpace) {
      putBack(batch, noSpace);
    } catch (SQLException | RuntimeException e) {
      LOG.debug("A batch of {} was not committed and is tried one by one", batch.size(), e);
      List<Append> left = batch.stream().filter(append -> !dealtWith(append)).toList();
      if (!left.isEmpty()) {
        // Not refused: the database may hold it already.
        putBack(left, e);
      }
    }
  }

  /**
   * One append that cannot be written must not take down those that shared its transaction. Whether
   * that had been committed is not known when the connection broke.
   *
   * @return false when there is no space to try it
   */
  private boolean dealtWith(Append append) {
    try {
      database.inTransaction(writing -> writing.writeAgain(append.entries()));
      append.done().complete(null);
    } catch (Refused noSpace) {
      return false;
    } catch (SQLException | RuntimeException e) {
      LOG.error("The journal could not write {}", append.entries(), e);
      append.done().completeExceptionally(e);
    }
    return true;
  }

  /** Whoever waits is told; what nobody waits for is tried again, in its order. */
  private void putBack(List<Append> batch, Exception why) {
    List<Append> told = new ArrayList<>();
    synchronized (queue) {
      for (int i = batch.size() - 1; i >= 0; i--) {
        queue.addFirst(batch.get(i));
      }
      hurried = 0;
      for (Iterator<Append> each = queue.iterator(); each.hasNext(); ) {
        Append append = each.next();
        if (append.hurry() || closing) {
          each.remove();
          told.add(append);
        }
      }
      while (queue.size() > MOST_KEPT) {
        told.add(queue.remove());
      }
      soonest = System.nanoTime() + AGAIN;
    }
    told.forEach(append -> append.done().completeExceptionally(why));
  }

  /** Whether the database holds what may not be on disk. */
  boolean unsure() {
    return database.unsure();
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
