// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.ledger;

import energy.muster.service.Outbound;
import energy.muster.service.Timing;
import energy.muster.service.Unanswered;
import energy.muster.service.Undeliverable;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Failures;
import energy.muster.service.desk.Timetable;
import energy.muster.service.session.Session;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Watches the leases of devices that are there: one that runs out is overdue, one that is overdue
 * beyond its grace is probed, and one that answers no probe is gone. Only for use at the desk.
 */
final class Leases {
  private final Timing timing;
  private final Timetable timetable;
  private final Outbound outbound;
  private final Desk desk;
  private final InstantSource clock;
  private final Verdicts verdicts;

  /** What follows from how a lease went. */
  interface Verdicts {
    void overdue(Watch watch);

    /** Somebody answered a probe on the device's session. */
    void answered(Watch watch, Session session);

    void silent(Watch watch, String reason);
  }

  Leases(
      Timing timing,
      Timetable timetable,
      Outbound outbound,
      Desk desk,
      InstantSource clock,
      Verdicts verdicts) {
    this.timing = timing;
    this.timetable = timetable;
    this.outbound = outbound;
    this.desk = desk;
    this.clock = clock;
    this.verdicts = verdicts;
  }

  /** The device is there; until it enters another phase, its lease is watched. */
  void watch(Watch watch) {
    Instant heard = watch.heard();
    Duration lease = watch.lease(timing.lease());
    Duration silent = Duration.between(heard, clock.instant());
    // Heard at a time that is yet to come: the clock was set back, and nobody knows how long ago.
    Duration left = silent.isNegative() ? lease : lease.minus(silent);
    watch.next(timetable.after(left, () -> ends(watch, heard, lease)));
  }

  private void ends(Watch watch, Instant heard, Duration lease) {
    if (!watch.heard().equals(heard) || !watch.lease(timing.lease()).equals(lease)) {
      watch(watch);
      return;
    }
    verdicts.overdue(watch);
    // From now on, not from the end of the lease: if this process stood still meanwhile, what the
    // device said waits to be read, and no probe was sent.
    watch.next(timetable.after(watch.grace(timing.grace()), () -> probe(watch, 1)));
  }

  private void probe(Watch watch, int number) {
    if (number > timing.probes()) {
      Instant heard = watch.heard().truncatedTo(ChronoUnit.SECONDS);
      verdicts.silent(watch, "silent since " + heard + ", and no answer to a probe");
      return;
    }
    watch.next(timetable.after(timing.probe(), () -> probe(watch, number + 1)));
    watch.session().ifPresent(session -> ask(watch, session));
  }

  private void ask(Watch watch, Session session) {
    outbound
        .ask(session.jid(), Payload.empty(Wire.LEASE))
        .whenComplete(
            (answer, failure) -> {
              Throwable cause = failure == null ? null : Failures.cause(failure);
              // A refusal is an answer, too: somebody is there.
              if (!(cause instanceof Undeliverable || cause instanceof Unanswered)) {
                desk.put(() -> verdicts.answered(watch, session));
              }
            });
  }
}
