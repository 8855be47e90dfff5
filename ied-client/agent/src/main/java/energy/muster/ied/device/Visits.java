// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.ied.clock.Timer;
import energy.muster.ied.clock.TrustedClock;
import energy.muster.ied.clock.TrustedClock.Reading;
import energy.muster.ied.clock.WakeUp;
import energy.muster.link.Link;
import energy.muster.refusal.Refused;
import energy.muster.session.LeaseAnswer;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;

/**
 * A device that calls in: it connects, takes what waits for it, answers, says when it comes again,
 * and leaves. Used by one thread at a time.
 */
final class Visits {
  /** What the service has sent may be on its way still. */
  private static final int QUIET_LOOKS = 2;

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  // What cannot be delivered now must not keep it for ever.
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration MOST_JITTER = Duration.ofMinutes(1);
  private static final double JITTER = 0.1;

  private final ContactSchedule schedule;
  private final TrustedClock clock;
  private final ZoneId zone;
  private final Timer timer;
  private final Executor executor;
  private final Executor leaving;
  private final DoubleSupplier random;
  private final Door door;
  private final WakeUp alarm;
  private Optional<Link> here = Optional.empty();
  private Timer.Pending pause = Timer.Pending.NONE;
  // By elapsed time, as a clock that is not sure may stand still.
  private Optional<Timer.Pending> longest = Optional.empty();
  private int quietLooks;

  /** The device, as far as its visits need it. */
  interface Door {
    Link open();

    /** Nothing is under way on the device, and it has nothing to send. */
    boolean quiet();

    /** The link is about to be closed. */
    void left();
  }

  /**
   * @param leaving may be blocked until the service has answered the goodbye
   * @param random 0 to 1, so that a crowd does not come in step
   */
  Visits(
      ContactSchedule schedule,
      TrustedClock clock,
      ZoneId zone,
      Timer timer,
      Executor executor,
      Executor leaving,
      DoubleSupplier random,
      Door door) {
    this.schedule = schedule;
    this.clock = clock;
    this.zone = zone;
    this.timer = timer;
    this.executor = executor;
    this.leaving = leaving;
    this.random = random;
    this.door = door;
    this.alarm = new WakeUp(clock, timer);
  }

  void begin() {
    alarm.cancel();
    pause.cancel();
    here = Optional.of(door.open());
  }

  void proven() {
    if (longest.isEmpty()) {
      longest = Optional.of(timer.after(LONGEST, () -> here.ifPresent(this::leave)));
      quietLooks = 0;
      look();
    }
  }

  void stop() {
    alarm.cancel();
    pause.cancel();
    longest.ifPresent(Timer.Pending::cancel);
    here = Optional.empty();
  }

  private void look() {
    here.ifPresent(
        link -> {
          var unused =
              link.set(Payload.empty(Wire.LEASE))
                  .handleAsync((answer, error) -> judge(link, answer), executor);
        });
  }

  private Void judge(Link link, Payload answer) {
    quietLooks = nothingWaits(answer) && door.quiet() ? quietLooks + 1 : 0;
    if (here.filter(open -> open == link).isEmpty()) {
      return null;
    }
    if (quietLooks >= QUIET_LOOKS) {
      leave(link);
    } else {
      timer.after(LOOK_EVERY, this::look);
    }
    return null;
  }

  /** What cannot be read may mean that something waits. */
  private static boolean nothingWaits(Payload answer) {
    try {
      return answer != null && LeaseAnswer.read(answer).waiting().orElse(0) == 0;
    } catch (Refused e) {
      return false;
    }
  }

  private void leave(Link link) {
    Reading reading = clock.read();
    Instant now = reading.now();
    Instant next = jittered(now, schedule.next(now, zone));
    here = Optional.empty();
    longest.ifPresent(Timer.Pending::cancel);
    longest = Optional.empty();
    door.left();
    alarm.set(next, this::begin);
    pause = timer.after(Duration.between(now, next), () -> waited(next));
    // By a clock that is not sure that may be over already, and it would be missed at once.
    Optional<Instant> said = reading.sure() ? Optional.of(next) : Optional.empty();
    String reason = "calls in again " + said.map(at -> at(at, now)).orElse(in(now, next));
    var unused = CompletableFuture.runAsync(() -> link.goodbye(reason, said), leaving);
  }

  private String at(Instant next, Instant now) {
    return "at " + SpokenTime.of(next, now, zone);
  }

  private static String in(Instant now, Instant next) {
    return "in %d min; it is not sure what time it is"
        .formatted(Math.max(1, Duration.between(now, next).toMinutes()));
  }

  // A clock that is not sure may stand still until somebody brings the time, in a visit.
  private void waited(Instant next) {
    Reading reading = clock.read();
    if (reading.sure() && reading.now().isBefore(next)) {
      pause = timer.after(Duration.between(reading.now(), next), () -> waited(next));
    } else {
      begin();
    }
  }

  // Later, never earlier: a time of the day is not missed by coming before it.
  private Instant jittered(Instant now, Instant next) {
    long most =
        Math.min(
            MOST_JITTER.toMillis(), Math.round(Duration.between(now, next).toMillis() * JITTER));
    return next.plusMillis(Math.round(most * random.getAsDouble()));
  }
}
