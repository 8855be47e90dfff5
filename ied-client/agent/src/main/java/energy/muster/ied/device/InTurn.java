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
 * Tells the service one thing after the other in their order, each again until the service has
 * answered. Used by one thread at a time.
 */
final class InTurn<T> {
  private final Executor executor;
  private final Timer timer;
  private final Fates<T> fates;
  private final Backoff backoff = new Backoff();
  private final Deque<T> waiting = new ArrayDeque<>();
  private Optional<Link> link = Optional.empty();
  private Timer.Pending pause = Timer.Pending.NONE;
  private boolean proven;
  private boolean underWay;

  /** What is told, and who must know what becomes of it. */
  interface Fates<T> {
    Payload payload(T thing);

    void taken(T thing, Payload answer);

    /** The service will not have it, however often it is told. */
    void refused(T thing, Throwable why);
  }

  InTurn(Executor executor, Timer timer, Fates<T> fates) {
    this.executor = executor;
    this.timer = timer;
    this.fates = fates;
  }

  void attach(Link opened) {
    link = Optional.of(opened);
  }

  void add(T thing) {
    waiting.add(thing);
    pump();
  }

  /** Tells it before whatever waits, and now if something is under way. */
  void hurry(T thing) {
    waiting.addFirst(thing);
    if (proven && underWay) {
      var unused = link.orElseThrow().set(fates.payload(thing));
    } else {
      pump();
    }
  }

  /** The oldest that waits is told no more. */
  void dropOldest() {
    waiting.poll();
  }

  int waiting() {
    return waiting.size();
  }

  /** A new session: what waits goes out at once. */
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
    pause.cancel();
    underWay = true;
    T next = waiting.remove();
    var unused =
        link.orElseThrow()
            .set(fates.payload(next))
            .whenCompleteAsync((answer, error) -> answered(next, answer, error), executor);
  }

  private void answered(T thing, Payload answer, Throwable error) {
    underWay = false;
    if (error != null && !Outbox.forGood(error)) {
      waiting.addFirst(thing);
      pause = timer.after(backoff.next(), this::pump);
      return;
    }
    if (error == null) {
      backoff.reset();
      fates.taken(thing, answer);
    } else {
      fates.refused(thing, error);
    }
    pump();
  }
}
