// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import energy.muster.ied.clock.Timer;
import energy.muster.ied.driver.Protection.FaultCurrent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The protection of one breaker: says at once what it sees, and trips when the current still flows
 * after its time and nobody nearer has said that they clear it. One that is held trips all the same
 * if the current outlasts the hold.
 */
final class Relay {
  private final Optional<Protection> protection;
  private final Surroundings surroundings;
  private final BooleanSupplier closed;
  private final Runnable trip;
  private final List<Timer.Pending> pending = new ArrayList<>();
  private Instant heldUntil = Instant.MIN;

  Relay(
      Optional<Protection> protection,
      Surroundings surroundings,
      BooleanSupplier closed,
      Runnable trip) {
    this.protection = protection;
    this.surroundings = surroundings;
    this.closed = closed;
    this.trip = trip;
    for (FaultCurrent current : protection.map(Protection::currents).orElse(List.of())) {
      if (!current.begins().isBefore(surroundings.now())) {
        at(current.begins(), () -> begins(current));
      }
    }
  }

  private void begins(FaultCurrent current) {
    if (closed.getAsBoolean()) {
      surroundings.sees().accept(new Sighting(current.event(), current.place()));
      at(current.begins().plus(protection.orElseThrow().tripAfter()), () -> decide(current));
    }
  }

  private void decide(FaultCurrent current) {
    Instant now = surroundings.now();
    if (!closed.getAsBoolean() || !now.isBefore(current.ends())) {
      return;
    }
    if (now.isBefore(heldUntil)) {
      at(heldUntil, () -> decide(current));
    } else {
      trip.run();
    }
  }

  /** False if there is nothing to hold. */
  boolean hold(Duration time) {
    boolean holds = protection.isPresent() && closed.getAsBoolean();
    if (holds) {
      heldUntil = surroundings.now().plus(time);
    }
    return holds;
  }

  void close() {
    pending.forEach(Timer.Pending::cancel);
  }

  private void at(Instant due, Runnable task) {
    pending.add(surroundings.at(due, task));
  }
}
