// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.ied.clock.Timer;
import energy.muster.link.Link;
import energy.muster.wire.Payload;
import java.util.concurrent.Executor;

/**
 * What a device tells the service beside outcomes, one after the other, each until the service has
 * answered. It is news, not evidence: it does not survive a restart, and of too many the oldest go.
 * Used by one thread at a time.
 */
final class Tidings {
  private static final int MOST = 100;

  private final InTurn<Payload> turn;

  Tidings(Executor executor, Timer timer) {
    turn =
        new InTurn<>(
            executor,
            timer,
            new InTurn.Fates<>() {
              @Override
              public Payload payload(Payload news) {
                return news;
              }

              @Override
              public void taken(Payload news, Payload answer) {}

              @Override
              public void refused(Payload news, Throwable why) {}
            });
  }

  void attach(Link opened) {
    turn.attach(opened);
  }

  void add(Payload news) {
    if (turn.waiting() == MOST) {
      turn.dropOldest();
    }
    turn.add(news);
  }

  void proven() {
    turn.proven();
  }

  void cut() {
    turn.cut();
  }

  boolean empty() {
    return turn.empty();
  }
}
