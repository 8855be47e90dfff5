// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.notice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.json.Json;
import energy.muster.service.Outbound;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.session.Session;
import energy.muster.service.session.Sessions;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;

/** Tells people who are there, and records that there was something to tell. */
public final class Notices {
  private final Sessions sessions;
  private final Outbound outbound;
  private final Journal journal;
  private final InstantSource clock;

  public Notices(Sessions sessions, Outbound outbound, Journal journal, InstantSource clock) {
    this.sessions = sessions;
    this.outbound = outbound;
    this.journal = journal;
    this.clock = clock;
  }

  /** Tells each proven person whose certificate matches. */
  public void tell(String kind, Optional<BareJid> device, String text, Predicate<Certified> whom) {
    Instant now = clock.instant();
    ObjectNode notice = Json.object().put("at", now.toString()).put("kind", kind);
    device.ifPresent(jid -> notice.put("device", jid.toString()));
    Payload payload = Payload.of(Wire.NOTICE, notice.put("text", text));
    for (Session person : sessions.persons(whom)) {
      outbound.tell(person.jid(), payload);
    }
    journal.appendSoon(new Entry.Noticed(now, kind, device, text));
  }
}
