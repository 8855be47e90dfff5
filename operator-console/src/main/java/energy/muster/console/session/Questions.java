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
import java.util.function.BooleanSupplier;

/** Asks the service and waits; asks again, with the same words, while nobody can know. */
final class Questions {
  /** Between two tries when the link itself does not say that it is back. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Link link;
  private final Monitor monitor;
  private final BooleanSupplier proven;

  Questions(Link link, Monitor monitor, BooleanSupplier proven) {
    this.link = link;
    this.monitor = monitor;
    this.proven = proven;
  }

  static String json(Payload answer) {
    return answer
        .json()
        .orElseThrow(() -> new Refused(Reason.MALFORMED, "the answer must hold JSON"));
  }

  Payload get(Payload question, Duration limit) throws InterruptedException {
    return answer(() -> link.get(question), limit, ignored -> {});
  }

  /**
   * Submits under one id until there is an answer.
   *
   * @param unsure told each time nobody knows whether it arrived
   * @throws Refused for a typed no
   * @throws LinkException when the time is up and nobody knows
   */
  Payload set(Payload submission, Duration limit, Unsure unsure) throws InterruptedException {
    return answer(() -> link.set(submission), limit, unsure);
  }

  private Payload answer(Ask ask, Duration limit, Unsure unsure) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      try {
        return ask.ask().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        throw new LinkException("no answer within " + limit.toSeconds() + " s");
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Refused refused) {
          throw refused;
        }
        LinkException unknown = unknown(e.getCause());
        unsure.because(unknown.getMessage());
        awaitAnotherChance(end, unknown);
      }
    }
  }

  private void awaitAnotherChance(long end, LinkException unknown) throws InterruptedException {
    boolean wasProven = proven.getAsBoolean();
    Duration left = Duration.ofNanos(end - System.nanoTime());
    if (wasProven) {
      Duration pause = left.compareTo(PAUSE) < 0 ? left : PAUSE;
      monitor.await(() -> !proven.getAsBoolean(), pause);
      left = Duration.ofNanos(end - System.nanoTime());
    }
    if (left.isNegative() || left.isZero() || !monitor.await(proven, left)) {
      throw unknown;
    }
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
