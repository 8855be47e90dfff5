// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.ledger;

import energy.muster.presence.Flapping;
import energy.muster.service.Timing;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How steadily one device is there. One that goes without a reason again and again flaps, until it
 * has been there for a while without a break; RFC 2439 damps routes for the same reason.
 */
final class Steadiness {
  private final Timing timing;
  private final Deque<Instant> recent = new ArrayDeque<>();
  private long losses;
  private Optional<Instant> since = Optional.empty();

  Steadiness(Timing timing) {
    this.timing = timing;
  }

  /** It is gone without a reason; whether it is found to flap by that. */
  boolean lost(Instant now) {
    losses++;
    recent.addLast(now);
    while (recent.peekFirst().isBefore(now.minus(timing.flapWindow()))
        || recent.size() > timing.flaps()) {
      recent.removeFirst();
    }
    boolean begins = since.isEmpty() && recent.size() == timing.flaps();
    if (begins) {
      since = Optional.of(now);
      losses = timing.flaps();
    }
    return begins;
  }

  boolean flapping() {
    return since.isPresent();
  }

  /** Changes with every loss. */
  long losses() {
    return losses;
  }

  Optional<Flapping> shown() {
    return since.map(found -> new Flapping(found, losses));
  }

  /** It has been there, or gone, for long enough. */
  void settled() {
    since = Optional.empty();
    recent.clear();
  }
}
