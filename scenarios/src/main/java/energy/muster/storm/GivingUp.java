// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import energy.muster.link.Futures;
import energy.muster.link.Link;
import energy.muster.outcome.DeliveryState;
import energy.muster.refusal.Refused;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The operator's signed word that nobody will know what became of a delivery. */
final class GivingUp {
  private static final Duration AGAIN_AFTER = Duration.ofMillis(700);
  private static final int TRIES = 5;

  private final Letters letters;
  private final Questions questions;
  private final Link link;
  private final History history;
  private final InstantSource clock;
  private final Executor workers;

  GivingUp(
      Letters letters,
      Questions questions,
      Link link,
      History history,
      InstantSource clock,
      Executor workers) {
    this.letters = letters;
    this.questions = questions;
    this.link = link;
    this.history = history;
    this.clock = clock;
    this.workers = workers;
  }

  /** Gives up each delivery of which, its time over, nobody knows. */
  void whenInDoubt(Letters.Letter letter) {
    Duration left = Duration.between(clock.instant(), letter.command().executeBy());
    after(left.plusMillis(100), () -> ask(letter, TRIES));
  }

  private void ask(Letters.Letter letter, int tries) {
    var unused =
        questions
            .read(0, letter.id())
            .whenComplete(
                (found, failure) -> {
                  if (failure == null) {
                    found.forEach(fact -> giveUp(letter, fact));
                  } else if (tries > 1) {
                    after(AGAIN_AFTER, () -> ask(letter, tries - 1));
                  }
                });
  }

  private void giveUp(Letters.Letter letter, Fact fact) {
    if (fact instanceof Fact.Found found && found.state() == DeliveryState.UNCONFIRMED) {
      send(letter, found.device(), TRIES);
    }
  }

  private void send(Letters.Letter letter, String device, int tries) {
    var unused =
        link.set(letters.writeOff(letter.command(), device, clock.instant()))
            .whenComplete(
                (taken, failure) -> {
                  Throwable cause = Futures.cause(failure);
                  if (cause == null) {
                    history.note(new Fact.GivenUp(clock.instant(), letter.id(), device));
                  } else if (!(cause instanceof Refused) && tries > 1) {
                    after(AGAIN_AFTER, () -> send(letter, device, tries - 1));
                  }
                });
  }

  private void after(Duration delay, Runnable work) {
    CompletableFuture.delayedExecutor(Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS, workers)
        .execute(work);
  }
}
