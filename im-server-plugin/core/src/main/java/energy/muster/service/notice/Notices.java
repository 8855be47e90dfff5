// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.notice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.json.Json;
import energy.muster.presence.Difference;
import energy.muster.service.Outbound;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.Notice;
import energy.muster.service.session.Session;
import energy.muster.service.session.Sessions;
import energy.muster.service.view.Coverage;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;

/** Tells people who are there, and records that there was something to tell. */
public final class Notices {
  /** Of a string in a document, below 1 KiB. */
  private static final int LONGEST = 1_000;

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

  /** A notice on the wire, to one person who must have it. */
  public static Payload payload(Notice notice) {
    return Payload.of(
        Wire.NOTICE,
        json(
            notice.at(),
            notice.kind(),
            Optional.of(notice.order()),
            notice.device(),
            notice.text()));
  }

  private static ObjectNode json(
      Instant at, String kind, Optional<DocumentId> order, Optional<BareJid> device, String text) {
    ObjectNode notice = Json.object().put("at", at.toString()).put("kind", kind);
    order.ifPresent(id -> notice.put("order", id.text()));
    device.ifPresent(jid -> notice.put("device", jid.toString()));
    return notice.put("text", shortened(text));
  }

  /** What devices say goes into it: it must not grow beyond what its reader takes. */
  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }

  /** Tells each proven person whose certificate matches. */
  public void tell(String kind, Optional<BareJid> device, String text, Predicate<Certified> whom) {
    Instant now = clock.instant();
    tell(json(now, kind, Optional.empty(), device, text), whom);
    journal.appendSoon(new Entry.Noticed(now, kind, device, text));
  }

  /** Tells of a device, by its name, each proven person who may know of it. */
  public void tellOf(Certified device, String kind, String text) {
    tell(
        kind,
        Optional.of(device.jid()),
        device.jid().local() + ": " + text,
        person -> Coverage.covers(person, device));
  }

  /** As {@link #tell}, how a device came back. */
  public void tell(BareJid device, Difference difference, String text, Predicate<Certified> whom) {
    Instant now = clock.instant();
    String kind = "difference";
    ObjectNode notice = json(now, kind, Optional.empty(), Optional.of(device), text);
    notice.set(kind, difference.write());
    tell(notice, whom);
    journal.appendSoon(new Entry.Noticed(now, kind, Optional.of(device), text));
  }

  private void tell(ObjectNode notice, Predicate<Certified> whom) {
    Payload payload = Payload.of(Wire.NOTICE, notice);
    for (Session person : sessions.persons(whom)) {
      outbound.tell(person.jid(), payload);
    }
  }
}
