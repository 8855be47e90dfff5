// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import energy.muster.identity.FullJid;
import energy.muster.presence.DevicePresence;
import energy.muster.refusal.Refused;
import energy.muster.service.desk.Desk;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.limit.RefusalLog;
import energy.muster.service.people.Staff;
import energy.muster.service.session.Session;
import energy.muster.service.session.Sessions;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.Optional;

/** What sessions say of themselves by their presence. Any thread. */
final class Words {
  private final Sessions sessions;
  private final Ledger ledger;
  private final Staff staff;
  private final RefusalLog refusals;
  private final Desk desk;

  Words(Sessions sessions, Ledger ledger, Staff staff, RefusalLog refusals, Desk desk) {
    this.sessions = sessions;
    this.ledger = ledger;
    this.staff = staff;
    this.refusals = refusals;
    this.desk = desk;
  }

  void presence(FullJid session, boolean available, Optional<Payload> device) {
    if (!available) {
      desk.put(() -> unavailable(session));
      return;
    }
    device
        .filter(payload -> payload.wire() == Wire.DEVICE)
        .ifPresent(payload -> ofDevice(session, payload));
  }

  /** A person's client may hide and still work; a device that is unavailable has left. */
  private void unavailable(FullJid from) {
    sessions.session(from).filter(Session::isDevice).ifPresent(sessions::leave);
    staff.quiet(from);
  }

  private void ofDevice(FullJid from, Payload payload) {
    try {
      DevicePresence word = DevicePresence.read(payload.json().orElse(""));
      desk.put(() -> says(from, word));
    } catch (Refused no) {
      desk.put(() -> refusals.refused(from.bare(), no.refusal()));
    }
  }

  private void says(FullJid from, DevicePresence word) {
    sessions
        .session(from)
        .ifPresent(
            session -> {
              if (session.isDevice()) {
                ledger.says(session, word);
              } else {
                sessions.remind(session);
              }
            });
  }
}
