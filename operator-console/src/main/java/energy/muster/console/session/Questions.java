// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.link.Link;
import energy.muster.link.LinkException;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.wire.Payload;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the service and waits; asks again, with the same words, while nobody can know. */
final class Questions {
  /** Between two tries when the link itself does not say that it is back. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Between two tries at a service that is busy. */
  private static final Duration LONGEST = Duration.ofSeconds(8);

  private final Link link;
  private final Monitor monitor;
  private final Incoming incoming;

  Questions(Link link, Monitor monitor, Incoming incoming) {
    this.link = link;
    this.monitor = monitor;
    this.incoming = incoming;
  }

  static String json(Payload answer) {
    return answer
        .json()
        .orElseThrow(() -> new Refused(Reason.MALFORMED, "the answer must hold JSON"));
  }

  Payload get(Payload question, Duration limit) throws InterruptedException {
    return answer(() -> link.get(question), limit, ignored -> {}, false);
  }

  /**
   * Submits under one id until there is an answer.
   *
   * @param unsure told each time nobody knows whether it arrived
   * @throws Refused for a typed no
   * @throws LinkException when the time is up and nobody knows
   */
  Payload set(Payload submission, Duration limit, Unsure unsure) throws InterruptedException {
    return answer(() -> link.set(submission), limit, unsure, false);
  }

  /**
   * As {@link #set}, for an order: a service that says {@code busy} to one does not know itself
   * whether it has written it down.
   */
  Payload order(Payload submission, Duration limit, Unsure unsure) throws InterruptedException {
    return answer(() -> link.set(submission), limit, unsure, true);
  }

  private Payload answer(Ask ask, Duration limit, Unsure unsure, boolean order)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    Duration pause = PAUSE;
    while (true) {
      long proofs = incoming.proofs();
      try {
        return ask.ask().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        throw new LinkException("no answer within " + limit.toSeconds() + " s");
      } catch (ExecutionException e) {
        boolean busy = false;
        if (e.getCause() instanceof Refused refused) {
          busy = order && refused.refusal().reason() == Reason.BUSY;
          if (!busy) {
            throw refused;
          }
        }
        LinkException unknown = unknown(e.getCause());
        unsure.because(unknown.getMessage());
        if (!anotherChance(proofs, pause, end)) {
          throw unknown;
        }
        if (busy) {
          pause = shorter(pause.multipliedBy(2), LONGEST);
        }
      }
    }
  }

  /** Lets some time pass; less where the session begins anew meanwhile. */
  void rest(Duration time) throws InterruptedException {
    long proofs = incoming.proofs();
    monitor.await(() -> incoming.proofs() != proofs, time);
  }

  /** A new session at once; on the same session, or without one, after a while. */
  private boolean anotherChance(long proofs, Duration pause, long end) throws InterruptedException {
    Duration left = Duration.ofNanos(end - System.nanoTime());
    monitor.await(() -> incoming.proofs() != proofs, shorter(left, pause));
    left = Duration.ofNanos(end - System.nanoTime());
    return left.toNanos() > 0 && monitor.await(incoming::proven, left);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static LinkException unknown(Throwable cause) {
    return cause instanceof LinkException known
        ? known
        : new LinkException(String.valueOf(cause.getMessage()), cause);
  }

  /** One try. */
  private interface Ask {
    CompletableFuture<Payload> ask();
  }

  /** Hears why nobody knows. */
  interface Unsure {
    void because(String why);
  }
}
