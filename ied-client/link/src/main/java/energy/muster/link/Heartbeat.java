// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jivesoftware.smack.packet.IQ;

/**
 * Keeps a session's lease and notices a server that has stopped answering: after half a lease in
 * which one side was silent it asks, and after two questions without an answer the session is dead.
 * Runs on the link's control executor.
 */
final class Heartbeat {
  private static final int MISSES = 2;

  private final Session session;
  private final Control control;
  private final Runnable notProven;
  private final Runnable dead;
  private Duration lease = SessionTerms.USUAL_LEASE;
  private boolean leased;
  private boolean asking;
  private long askedAt;
  private int misses;
  private int round;

  Heartbeat(Session session, Control control, Runnable notProven, Runnable dead) {
    this.session = session;
    this.control = control;
    this.notProven = notProven;
    this.dead = dead;
  }

  /** Beats by the lease of a proven session from now on. */
  void lease(Duration granted) {
    lease = granted;
    leased = true;
    beat();
  }

  /** The proof has lapsed: there is no lease to renew. */
  void lapsed() {
    leased = false;
  }

  void beat() {
    if (session.self().isEmpty()) {
      return;
    }
    int mine = ++round;
    Duration rest = lease.dividedBy(2).minus(session.quiet());
    if (rest.isNegative() || rest.isZero()) {
      ask();
    } else {
      control.after(
          rest,
          () -> {
            if (mine == round) {
              beat();
            }
          });
    }
  }

  /** Asks at once, because something else went unanswered. */
  void ask() {
    if (asking || session.self().isEmpty()) {
      return;
    }
    asking = true;
    askedAt = session.heardAt();
    Futures.whenDone(question(), (answer, failure) -> answered(failure));
  }

  private CompletableFuture<?> question() {
    return leased
        ? session.probe(IQ.Type.set, Payload.empty(Wire.LEASE), control)
        : session.pingServer(control);
  }

  private void answered(Throwable failure) {
    asking = false;
    if (session.self().isEmpty()) {
      return;
    }
    // Anything at all that came in meanwhile is a sign of life, also an error.
    if (session.heardAt() != askedAt) {
      misses = 0;
      if (Futures.isNotProven(failure)) {
        notProven.run();
      }
      beat();
    } else if (++misses < MISSES) {
      ask();
    } else {
      dead.run();
    }
  }
}
