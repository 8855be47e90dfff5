// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.Contact;
import energy.muster.presence.Scope;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.Outbound;
import energy.muster.service.Timing;
import energy.muster.service.desk.Pause;
import energy.muster.service.desk.Timetable;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.session.Session;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Open views: each gets the devices its person may see and asked for, and then what changes,
 * gathered so that no view has more than one message an interval and the last one shows the newest
 * state. Who was away for a while goes on from the revision it has. Only for use at the desk.
 */
public final class Views {
  /** How long a view waits for its receiver to come back. */
  static final Duration KEPT = Duration.ofMinutes(15);

  private static final int MAX_PER_SESSION = 16;
  private static final int MAX_ID = 64;
  // Within the 64 KiB that a reader of messages takes, and within half of a server's 1 MiB.
  private static final int MAX_CHANGES = 48 * 1024;
  private static final int MAX_SNAPSHOT = 512 * 1024;

  /** A revision says something only of the views that this service made since it started. */
  private final String epoch = UUID.randomUUID().toString();

  private final Wording wording = new Wording();
  private final Map<Session, Map<String, View>> views = new HashMap<>();
  private final Map<BareJid, Map<String, Kept>> kept = new HashMap<>();
  private final Ledger ledger;
  private final Outbound outbound;
  private final Timetable timetable;
  private final Timing timing;
  private final InstantSource clock;

  /** The view of a session that ended. */
  private record Kept(View view, Instant until) {}

  /** What a receiver says that it has. */
  private record Since(String epoch, long revision) {
    static Since read(Fields fields) {
      return fields.all(own -> new Since(own.text("epoch"), own.integer("rev")));
    }
  }

  private record Opening(String id, Scope scope, Optional<Since> since) {
    static Opening read(Fields fields) {
      return new Opening(
          Views.id(fields),
          fields.optionalObject("only").map(Scope::read).orElse(Scope.ALL),
          fields.optionalObject("since").map(Since::read));
    }
  }

  public Views(
      Ledger ledger, Outbound outbound, Timetable timetable, Timing timing, InstantSource clock) {
    this.ledger = ledger;
    this.outbound = outbound;
    this.timetable = timetable;
    this.timing = timing;
    this.clock = clock;
  }

  public Payload open(Session session, Payload request) {
    Opening opening = Fields.readAll(request.requireJson(), Opening::read);
    Map<String, View> own = views.computeIfAbsent(session, any -> new HashMap<>());
    if (own.size() >= MAX_PER_SESSION && !own.containsKey(opening.id())) {
      throw new Refused(
          Reason.BUSY, "a session has at most " + MAX_PER_SESSION + " views: close one");
    }
    ObjectNode head = Json.object().put("epoch", epoch);
    Optional<View> known = known(session, opening);
    known.ifPresent(
        again -> {
          long since = opening.since().orElseThrow().revision();
          again.resume(session, since);
          head.put("since", since);
        });
    View view = known.orElseGet(() -> new View(opening.id(), opening.scope(), session, wording));
    own.put(view.id(), view);
    ledger.contacts().stream()
        .filter(contact -> sees(view, contact))
        .map(Contact::device)
        .sorted()
        .forEach(view::mark);
    String answer =
        view.begin(head, MAX_SNAPSHOT, clock.instant(), device -> visible(view, device));
    pause(view);
    return new Payload(Wire.VIEW, Optional.empty(), Optional.of(answer));
  }

  /** The view to go on with, if what the receiver says it has is of this view. */
  private Optional<View> known(Session session, Opening opening) {
    Optional<View> open =
        Optional.ofNullable(views.getOrDefault(session, Map.of()).get(opening.id()));
    return open.or(() -> take(session.account(), opening.id()))
        .filter(view -> view.scope().equals(opening.scope()))
        .filter(
            view ->
                opening
                    .since()
                    .filter(since -> since.epoch().equals(epoch) && view.knows(since.revision()))
                    .isPresent());
  }

  private Optional<View> take(BareJid account, String id) {
    return Optional.ofNullable(kept.get(account))
        .flatMap(waiting -> Optional.ofNullable(waiting.remove(id)))
        .map(Kept::view);
  }

  public Payload close(Session session, Payload request) {
    Map<String, View> own = views.getOrDefault(session, Map.of());
    String id = Fields.readAll(request.requireJson(), Views::id);
    if (own.isEmpty() || own.remove(id) == null) {
      throw new Refused(Reason.UNKNOWN, "there is no such view to close");
    }
    return Payload.empty(Wire.CLOSE);
  }

  /** The session speaks for nobody any more; its person may come back and go on. */
  public void closeAll(Session session) {
    Map<String, View> own = views.remove(session);
    if (own == null || own.isEmpty()) {
      return;
    }
    Instant until = clock.instant().plus(KEPT);
    Map<String, Kept> waiting = kept.computeIfAbsent(session.account(), any -> new HashMap<>());
    own.forEach((id, view) -> waiting.put(id, new Kept(view, until)));
    while (waiting.size() > MAX_PER_SESSION) {
      waiting.values().remove(oldest(waiting));
    }
    timetable.after(KEPT, () -> forget(session.account(), until));
  }

  private static Kept oldest(Map<String, Kept> waiting) {
    return waiting.values().stream().min(Comparator.comparing(Kept::until)).orElseThrow();
  }

  private void forget(BareJid account, Instant now) {
    kept.computeIfPresent(
        account,
        (any, waiting) -> {
          waiting.values().removeIf(each -> !each.until().isAfter(now));
          return waiting.isEmpty() ? null : waiting;
        });
  }

  private static String id(Fields fields) {
    String id = fields.text("id");
    if (id.isEmpty() || id.length() > MAX_ID) {
      throw new Refused(Reason.INVALID_ARGUMENT, "a view's id has 1 to " + MAX_ID + " characters");
    }
    return id;
  }

  private boolean sees(View view, Contact contact) {
    Certified device = ledger.certificate(contact.device()).orElseThrow();
    // In this order: what is asked for must not decide how long the others take.
    return view.session().certified().filter(person -> Coverage.covers(person, device)).isPresent()
        && view.scope().covers(contact);
  }

  private Optional<Contact> visible(View view, BareJid device) {
    return ledger.contactNow(device).filter(contact -> sees(view, contact));
  }

  public void changed(Contact contact) {
    for (Map<String, View> own : views.values()) {
      for (View view : own.values()) {
        if (view.shows(contact.device()) || sees(view, contact)) {
          view.mark(contact.device());
          flush(view);
        }
      }
    }
  }

  private void flush(View view) {
    if (!view.pause().over(clock.instant())) {
      schedule(view);
      return;
    }
    view.next(MAX_CHANGES, clock.instant(), device -> visible(view, device))
        .ifPresent(
            text -> {
              outbound.tell(
                  view.session().jid(),
                  new Payload(Wire.CHANGES, Optional.empty(), Optional.of(text)));
              pause(view);
            });
  }

  private void pause(View view) {
    view.pause(Pause.of(clock.instant(), timing.viewInterval()));
    if (view.hasNews()) {
      schedule(view);
    }
  }

  private void schedule(View view) {
    if (view.schedule()) {
      timetable.after(
          view.pause().left(clock.instant()),
          () -> {
            view.unschedule();
            if (view.hasNews() && isOpen(view)) {
              flush(view);
            }
          });
    }
  }

  private boolean isOpen(View view) {
    return views.getOrDefault(view.session(), Map.of()).get(view.id()) == view;
  }
}
