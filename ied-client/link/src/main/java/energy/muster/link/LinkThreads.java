// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that all links of a process share, beside the two that Smack takes for each
 * connection.
 *
 * @param timers only hands work on
 * @param work for handlers; each link takes at most two at a time
 * @param handshakes few, so that a hundred links that come back together do not starve each other
 */
record LinkThreads(ScheduledExecutorService timers, Executor work, Executor handshakes) {
  private static final int HANDSHAKES_AT_A_TIME = 8;
  private static final long IDLE_SECONDS = 30;

  static LinkThreads shared() {
    return Shared.THREADS;
  }

  private static LinkThreads start() {
    ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1, named("link-timer"));
    timers.setRemoveOnCancelPolicy(true);
    return new LinkThreads(timers, pool(), handshakePool());
  }

  private static ExecutorService pool() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        named("link-work"));
  }

  private static ExecutorService handshakePool() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            HANDSHAKES_AT_A_TIME,
            HANDSHAKES_AT_A_TIME,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named("link-handshake"));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static ThreadFactory named(String name) {
    AtomicInteger count = new AtomicInteger();
    ThreadFactory plain = Executors.defaultThreadFactory();
    return task -> {
      Thread thread = plain.newThread(task);
      thread.setName(name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  private static final class Shared {
    static final LinkThreads THREADS = start();
  }
}
