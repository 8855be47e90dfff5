// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.view;

import energy.muster.identity.Certified;
import energy.muster.json.Fields;
import energy.muster.presence.Contact;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.Outbound;
import energy.muster.service.Timing;
import energy.muster.service.desk.Timetable;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.session.Session;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Open views: each gets the devices its person may see at once, and then their changes, gathered so
 * that no view has more than one message an interval and the last one shows the newest state. Only
 * for use at the desk.
 */
public final class Views {
  private static final int MAX_PER_SESSION = 16;
  private static final int MAX_ID = 64;
  // Within the 64 KiB that a reader of messages takes, and within half of a server's 1 MiB.
  private static final int MAX_CHANGES = 48 * 1024;
  private static final int MAX_SNAPSHOT = 512 * 1024;

  private final Map<Session, Map<String, View>> views = new HashMap<>();
  private final Ledger ledger;
  private final Outbound outbound;
  private final Timetable timetable;
  private final Timing timing;
  private final InstantSource clock;

  public Views(
      Ledger ledger, Outbound outbound, Timetable timetable, Timing timing, InstantSource clock) {
    this.ledger = ledger;
    this.outbound = outbound;
    this.timetable = timetable;
    this.timing = timing;
    this.clock = clock;
  }

  public Payload open(Session session, Payload request) {
    String id = id(request);
    Map<String, View> own = views.computeIfAbsent(session, any -> new HashMap<>());
    if (own.size() >= MAX_PER_SESSION && !own.containsKey(id)) {
      throw new Refused(
          Reason.BUSY, "a session has at most " + MAX_PER_SESSION + " views: close one");
    }
    View view = new View(id, session);
    own.put(id, view);
    ledger.contacts().stream()
        .filter(contact -> sees(session, contact))
        .map(Contact::device)
        .sorted()
        .forEach(view::mark);
    Payload snapshot =
        Payload.of(Wire.VIEW, view.next("entries", MAX_SNAPSHOT, ledger::contactNow));
    pause(view);
    return snapshot;
  }

  public Payload close(Session session, Payload request) {
    Map<String, View> own = views.getOrDefault(session, Map.of());
    if (own.isEmpty() || own.remove(id(request)) == null) {
      throw new Refused(Reason.UNKNOWN, "there is no such view to close");
    }
    return Payload.empty(Wire.CLOSE);
  }

  public void closeAll(Session session) {
    views.remove(session);
  }

  private static String id(Payload request) {
    String id = Fields.of(request.requireJson()).all(fields -> fields.text("id"));
    if (id.isEmpty() || id.length() > MAX_ID) {
      throw new Refused(Reason.INVALID_ARGUMENT, "a view's id has 1 to " + MAX_ID + " characters");
    }
    return id;
  }

  private boolean sees(Session session, Contact contact) {
    Certified device = ledger.certificate(contact.device()).orElseThrow();
    return session.certified().filter(person -> Coverage.covers(person, device)).isPresent();
  }

  public void changed(Contact contact) {
    for (Map.Entry<Session, Map<String, View>> entry : views.entrySet()) {
      if (!entry.getValue().isEmpty() && sees(entry.getKey(), contact)) {
        for (View view : entry.getValue().values()) {
          view.mark(contact.device());
          flush(view);
        }
      }
    }
  }

  private void flush(View view) {
    if (clock.instant().isBefore(view.notBefore())) {
      schedule(view);
      return;
    }
    Payload changes =
        Payload.of(Wire.CHANGES, view.next("changes", MAX_CHANGES, ledger::contactNow));
    outbound.tell(view.session().jid(), changes);
    pause(view);
  }

  private void pause(View view) {
    view.pauseUntil(clock.instant().plus(timing.viewInterval()));
    if (view.hasNews()) {
      schedule(view);
    }
  }

  private void schedule(View view) {
    if (view.schedule()) {
      Instant when = view.notBefore();
      timetable.at(
          when,
          () -> {
            view.unschedule();
            if (view.hasNews() && isOpen(view)) {
              flush(view);
            }
          });
    }
  }

  private boolean isOpen(View view) {
    return views.getOrDefault(view.session(), Map.of()).containsValue(view);
  }
}
