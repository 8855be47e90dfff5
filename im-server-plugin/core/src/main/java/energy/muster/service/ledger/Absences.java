// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.ledger;

import energy.muster.presence.Contact;
import energy.muster.service.Timing;
import energy.muster.service.desk.Timetable;
import energy.muster.service.journal.Attendance;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * When an absence is a fault, and when people are told: of a device that comes and goes only once,
 * unless it stays away. Only for use at the desk.
 */
final class Absences {
  static final String GONE = "gone without a reason";

  private final Timing timing;
  private final Timetable timetable;
  private final InstantSource clock;
  private final Registry registry;

  Absences(Timing timing, Timetable timetable, InstantSource clock, Registry registry) {
    this.timing = timing;
    this.timetable = timetable;
    this.clock = clock;
    this.registry = registry;
  }

  /** Its session is lost without a goodbye: it may be back within its grace. */
  void lost(Watch watch) {
    Instant now = clock.instant();
    boolean flaps = watch.steadiness().lost(now);
    watch.enter(Phase.MISSED);
    registry.attend(watch, Attendance.FAULT, now, GONE);
    registry.changed(watch);
    expectWithin(watch, watch.grace(timing.grace()), now, GONE);
    tellFlapping(watch, flaps);
  }

  /** It has a session and does not answer. */
  void silent(Watch watch, String reason) {
    boolean flaps = watch.steadiness().lost(clock.instant());
    fault(watch, watch.heard(), reason);
    tellFlapping(watch, flaps);
  }

  /** Another session of it takes the place of one that stands still. */
  void displaced(Watch watch) {
    tellFlapping(watch, watch.steadiness().lost(clock.instant()));
  }

  /** The service started without it. */
  void missedAtStart(Watch watch) {
    Instant now = clock.instant();
    expectWithin(watch, leaseAndGrace(watch), now, "not back since the service restarted");
  }

  /** It took leave; if it said until when, it is expected then. */
  void left(Watch watch) {
    watch.nextContact().ifPresent(next -> expect(watch, graceOver(watch, next), next, late(next)));
  }

  /** As {@link #left} of one that left a service before this one, which may have missed it. */
  void leftBefore(Watch watch) {
    Optional<Instant> next = watch.nextContact();
    if (next.isEmpty()) {
      return;
    }
    Instant until = graceOver(watch, next.get());
    Instant soonest = clock.instant().plus(leaseAndGrace(watch));
    if (!until.isBefore(soonest)) {
      expect(watch, until, next.get(), late(next.get()));
    } else {
      watch.next(timetable.at(until, () -> missed(watch, soonest, next.get())));
    }
  }

  /** It was to be back when there was no service, or had just begun: it may be trying again. */
  private void missed(Watch watch, Instant until, Instant since) {
    watch.enter(Phase.MISSED);
    watch.back();
    registry.changed(watch);
    expectWithin(watch, Duration.between(clock.instant(), until), since, late(since));
  }

  private Instant graceOver(Watch watch, Instant since) {
    return since.plus(watch.grace(timing.grace()));
  }

  /** What whoever was not there at the start has to come back. */
  private Duration leaseAndGrace(Watch watch) {
    return watch.lease(timing.lease()).plus(watch.grace(timing.grace()));
  }

  private static String late(Instant next) {
    return "did not come back at " + next;
  }

  /** Unless it is back by then, it is a fault since that time. */
  private void expect(Watch watch, Instant until, Instant since, String otherwise) {
    watch.next(timetable.at(until, () -> fault(watch, since, otherwise)));
  }

  private void expectWithin(Watch watch, Duration wait, Instant since, String otherwise) {
    watch.next(timetable.after(wait, () -> fault(watch, since, otherwise)));
  }

  private void fault(Watch watch, Instant since, String reason) {
    watch.enter(Phase.FAULT);
    watch.absent(new Contact.Absence(true, clock.instant(), reason, Optional.empty()));
    registry.attend(watch, Attendance.FAULT, since, reason);
    registry.changed(watch);
    if (!watch.steadiness().flapping()) {
      tell(watch);
      return;
    }
    watch.next(
        timetable.after(
            timing.steady(),
            () -> {
              watch.steadiness().settled();
              registry.changed(watch);
              tell(watch);
            }));
  }

  private void tell(Watch watch) {
    watch.faultTold(true);
    registry.listener().fault(registry.contact(watch));
  }

  private void tellFlapping(Watch watch, boolean begins) {
    if (begins) {
      registry.changed(watch);
      registry.listener().flapping(registry.contact(watch));
    }
  }

  /** It is there: a fault is over, and flapping if it stays. */
  void over(Watch watch) {
    if (watch.faultTold()) {
      watch.faultTold(false);
      registry.listener().cleared(registry.contact(watch));
    }
    Steadiness steadiness = watch.steadiness();
    long losses = steadiness.losses();
    if (!steadiness.flapping()) {
      return;
    }
    timetable.after(
        timing.steady(),
        () -> {
          if (steadiness.flapping() && steadiness.losses() == losses && watch.phase().there()) {
            steadiness.settled();
            registry.changed(watch);
            registry.listener().steady(registry.contact(watch), losses);
          }
        });
  }
}
