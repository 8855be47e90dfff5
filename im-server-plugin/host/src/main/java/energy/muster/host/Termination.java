// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Turns SIGTERM and SIGINT into a request that the main thread answers, and the main thread's
 * answer into the exit status. Left alone, a JVM that is asked to end does so while the server
 * still works, with status 143.
 */
final class Termination {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private final AtomicInteger status = new AtomicInteger(1);

  private Termination() {}

  static Termination watched() {
    Termination termination = new Termination();
    Runtime.getRuntime().addShutdownHook(new Thread(termination::end, "termination"));
    return termination;
  }

  /** Waits at most so long. Returns whether the server was asked to end. */
  boolean requestedWithin(Duration time) {
    try {
      return requested.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  void awaitRequest() {
    try {
      requested.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everything is closed: the process may end with this status. */
  void finish(int exitStatus) {
    status.set(exitStatus);
    finished.countDown();
    System.exit(exitStatus);
  }

  private void end() {
    requested.countDown();
    try {
      if (!finished.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        System.err.println("The server did not stop within " + PATIENCE.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(status.get());
  }
}
