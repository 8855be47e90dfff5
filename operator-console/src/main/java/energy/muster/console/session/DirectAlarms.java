// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.alarm.Alarm;
import energy.muster.alarm.HeardAlarm;
import energy.muster.collection.Newest;
import energy.muster.document.DocumentId;
import energy.muster.identity.Certified;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.wire.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Takes the alarms that devices bring to this person themselves because the service does not answer
 * them. What is answered here counts: the device then asks nobody else.
 */
final class DirectAlarms {
  /** A device brings an alarm within minutes; what is much older has been kept by somebody. */
  private static final Duration FRESH = Duration.ofDays(1);

  private static final int REMEMBERED = 1_000;

  private final Notary notary;
  private final Setup setup;
  private final Consumer<Event> events;
  private final Map<DocumentId, Digest> known = Newest.map(REMEMBERED);

  DirectAlarms(Notary notary, Setup setup, Consumer<Event> events) {
    this.notary = notary;
    this.setup = setup;
    this.events = events;
  }

  /**
   * Shows it, once, however often it is brought.
   *
   * @param from the device's session, as the server stamped it
   * @throws Refused for what is not that device's own word, or not for this person
   */
  synchronized void take(String from, Payload question) {
    Instant now = setup.clock().instant();
    HeardAlarm heard = notary.alarm(question.requireSealed(), FullJid.parse(from).bare());
    Alarm alarm = heard.alarm();
    Certified own = setup.identity().certified();
    if (!own.covers(role -> role == Role.OPERATOR || role == Role.ENGINEER, heard.device())) {
      throw new Refused(
          Reason.NOT_AUTHORISED,
          own.jid().local() + " does not answer for " + heard.device().jid().local());
    }
    if (alarm.clockSure() && alarm.header().issuedAt().isBefore(now.minus(FRESH))) {
      throw new Refused(
          Reason.STALE,
          "an alarm of %s from %s, brought directly"
              .formatted(heard.device().jid().local(), alarm.header().issuedAt()));
    }
    Digest before = known.putIfAbsent(alarm.header().id(), heard.digest());
    if (before == null) {
      events.accept(new Event.AlarmHeard(now, alarm));
    } else if (!before.equals(heard.digest())) {
      throw new Refused(
          Reason.ID_CONFLICT,
          heard.device().jid().local() + " brings another alarm under an id that is known");
    }
  }
}
