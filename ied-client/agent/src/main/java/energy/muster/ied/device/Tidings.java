// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.ied.clock.Timer;
import energy.muster.link.Link;
import energy.muster.wire.Payload;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What a device tells the service beside outcomes, one after the other, each until the service has
 * answered. It is news, not evidence: it does not survive a restart, and of too many the oldest go.
 * Used by one thread at a time.
 */
final class Tidings {
  private static final int MOST = 100;

  private final Deque<Payload> waiting = new ArrayDeque<>();
  private final Executor executor;
  private final Timer timer;
  private final Backoff backoff = new Backoff();
  private Optional<Link> link = Optional.empty();
  private boolean proven;
  private boolean underWay;

  Tidings(Executor executor, Timer timer) {
    this.executor = executor;
    this.timer = timer;
  }

  void attach(Link opened) {
    link = Optional.of(opened);
  }

  void add(Payload news) {
    waiting.add(news);
    if (waiting.size() > MOST) {
      waiting.remove();
    }
    pump();
  }

  void proven() {
    proven = true;
    backoff.reset();
    pump();
  }

  void cut() {
    proven = false;
  }

  boolean empty() {
    return waiting.isEmpty() && !underWay;
  }

  private void pump() {
    if (!proven || underWay || waiting.isEmpty()) {
      return;
    }
    underWay = true;
    Payload next = waiting.remove();
    var unused =
        link.orElseThrow()
            .set(next)
            .whenCompleteAsync((answer, error) -> answered(next, error), executor);
  }

  private void answered(Payload news, Throwable error) {
    underWay = false;
    if (error == null || Outbox.forGood(error)) {
      backoff.reset();
      pump();
    } else {
      waiting.addFirst(news);
      timer.after(backoff.next(), this::pump);
    }
  }
}
