// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.ledger;

import energy.muster.presence.Contact;
import energy.muster.service.Timing;
import energy.muster.service.desk.Timetable;
import energy.muster.service.journal.Attendance;
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
    expect(watch, now.plus(watch.grace(timing.grace())), now, GONE);
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
    Instant end = now.plus(watch.lease(timing.lease())).plus(watch.grace(timing.grace()));
    expect(watch, end, now, "not back since the service restarted");
  }

  /** It took leave; if it said until when, it is expected then. */
  void left(Watch watch) {
    watch
        .nextContact()
        .ifPresent(
            next ->
                expect(
                    watch,
                    next.plus(watch.grace(timing.grace())),
                    next,
                    "did not come back at " + next));
  }

  /** Unless it is back by then, it is a fault since that time. */
  private void expect(Watch watch, Instant until, Instant since, String otherwise) {
    long turn = watch.turn();
    timetable.at(
        until,
        () -> {
          if (watch.turn() == turn) {
            fault(watch, since, otherwise);
          }
        });
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
    long turn = watch.turn();
    timetable.at(
        clock.instant().plus(timing.steady()),
        () -> {
          if (watch.turn() == turn) {
            watch.steadiness().settled();
            registry.changed(watch);
            tell(watch);
          }
        });
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
    timetable.at(
        clock.instant().plus(timing.steady()),
        () -> {
          if (steadiness.flapping() && steadiness.losses() == losses && watch.phase().there()) {
            steadiness.settled();
            registry.changed(watch);
            registry.listener().steady(registry.contact(watch), losses);
          }
        });
  }
}
