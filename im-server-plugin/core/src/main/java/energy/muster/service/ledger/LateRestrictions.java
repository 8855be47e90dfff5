// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.ledger;

import energy.muster.json.Fields;
import energy.muster.presence.DevicePresence;
import energy.muster.service.Outbound;
import energy.muster.service.Timing;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Timetable;
import energy.muster.service.session.Session;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks devices whose restriction was to end by now and that have not said so: that its time is over
 * does not mean that it has ended. Only for use at the desk.
 */
final class LateRestrictions {
  private static final Logger LOG = LoggerFactory.getLogger(LateRestrictions.class);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final Timing timing;
  private final Timetable timetable;
  private final Outbound outbound;
  private final Desk desk;
  private final BiConsumer<Session, DevicePresence> answered;

  /**
   * @param answered hears at the desk what a device answered
   */
  LateRestrictions(
      Timing timing,
      Timetable timetable,
      Outbound outbound,
      Desk desk,
      BiConsumer<Session, DevicePresence> answered) {
    this.timing = timing;
    this.timetable = timetable;
    this.outbound = outbound;
    this.desk = desk;
    this.answered = answered;
  }

  /** The device's word is known, or another. */
  void follow(Watch watch) {
    Optional<Instant> end = watch.restrictedUntil();
    if (!end.equals(watch.awaitedEnd())) {
      watch.awaitEnd(end);
      watch.asksNext(end.map(at -> timetable.at(at, () -> ask(watch, at, timing.grace()))));
    }
  }

  /** One that is not there is asked no question: when it is back, it says how it is. */
  private void ask(Watch watch, Instant end, Duration patience) {
    if (!watch.awaitedEnd().equals(Optional.of(end))) {
      return;
    }
    Duration doubled = patience.multipliedBy(2);
    Duration next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    watch.asksNext(Optional.of(timetable.after(patience, () -> ask(watch, end, next))));
    if (watch.phase().there()) {
      watch.session().ifPresent(this::ask);
    }
  }

  private void ask(Session session) {
    outbound
        .ask(session.jid(), Payload.empty(Wire.DEVICE))
        .thenAccept(
            answer -> {
              DevicePresence word = DevicePresence.read(Fields.of(answer.requireJson()));
              desk.put(() -> answered.accept(session, word));
            })
        .exceptionally(
            failure -> {
              LOG.debug("{} did not say how it is: {}", session, failure.toString());
              return null;
            });
  }
}
