// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.presence.Contact;
import energy.muster.presence.Scope;
import energy.muster.presence.ViewContents;
import energy.muster.service.desk.Pause;
import energy.muster.service.session.Session;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What one receiver was told of the devices it may see, and what it has yet to be told. Only for
 * use at the desk.
 */
final class View {
  private final String id;
  private final Scope scope;
  private final Wording wording;
  private final Map<BareJid, Told> told = new HashMap<>();
  private final Set<BareJid> unseen = new LinkedHashSet<>();
  private Session session;
  private long revision;
  private Pause pause = Pause.NONE;
  private boolean scheduled;

  /**
   * What was said of a device last.
   *
   * @param revision of the message that said it
   * @param contact as it was told; empty when it cannot be known what arrived
   */
  private record Told(long revision, boolean there, Optional<Contact> contact) {}

  View(String id, Scope scope, Session session, Wording wording) {
    this.id = id;
    this.scope = scope;
    this.session = session;
    this.wording = wording;
  }

  String id() {
    return id;
  }

  Scope scope() {
    return scope;
  }

  Session session() {
    return session;
  }

  /** Whether the receiver has been told that the device is there. */
  boolean shows(BareJid device) {
    Told known = told.get(device);
    return known != null && known.there();
  }

  void mark(BareJid device) {
    unseen.add(device);
  }

  /** Whether this can go on from what its receiver says it has. */
  boolean knows(long since) {
    return since >= 1 && since <= revision;
  }

  /**
   * Goes on with a receiver that has everything up to this revision. What was sent since may have
   * arrived or not: it is told again, in full.
   */
  void resume(Session with, long since) {
    session = with;
    unseen.clear();
    told.values().removeIf(known -> !known.there() && known.revision() <= since);
    told.replaceAll(
        (device, known) ->
            known.revision() <= since ? known : new Told(known.revision(), true, Optional.empty()));
    unseen.addAll(told.keySet());
  }

  boolean hasNews() {
    return !unseen.isEmpty();
  }

  /** In which it has no other message. */
  Pause pause() {
    return pause;
  }

  void pause(Pause next) {
    pause = next;
  }

  /** Whether nobody has put it on the timetable yet. */
  boolean schedule() {
    boolean first = !scheduled;
    scheduled = true;
    return first;
  }

  void unschedule() {
    scheduled = false;
  }

  /**
   * The answer to its opening, with as much of the unseen as fits into so many characters.
   *
   * @param at now
   * @param visible the device as it is now, if the receiver may see it
   */
  String begin(
      ObjectNode head,
      int maxCharacters,
      Instant at,
      Function<BareJid, Optional<Contact>> visible) {
    revision++;
    return gather(maxCharacters, at, visible)
        .text(head.put("rev", revision), at, ViewContents.ENTRIES);
  }

  /** The next message; empty when nothing is other than it was told. */
  Optional<String> next(
      int maxCharacters, Instant at, Function<BareJid, Optional<Contact>> visible) {
    revision++;
    Message message = gather(maxCharacters, at, visible);
    if (message.length() == 0) {
      revision--;
      return Optional.empty();
    }
    return Optional.of(
        message.text(Json.object().put("id", id).put("rev", revision), at, ViewContents.CHANGES));
  }

  private Message gather(
      int maxCharacters, Instant at, Function<BareJid, Optional<Contact>> visible) {
    Message message = new Message();
    Iterator<BareJid> all = unseen.iterator();
    while (all.hasNext() && message.length() < maxCharacters) {
      BareJid device = all.next();
      all.remove();
      say(message, device, at, visible.apply(device));
    }
    return message;
  }

  private void say(Message message, BareJid device, Instant at, Optional<Contact> now) {
    boolean there = shows(device);
    if (now.isEmpty()) {
      if (there) {
        message.gone(device.toString());
        told.put(device, new Told(revision, false, Optional.empty()));
      }
      return;
    }
    Optional<Contact> before = there ? told.get(device).contact() : Optional.empty();
    if (before.isEmpty()) {
      message.entry(Wording.entry(now.get()));
    } else if (Wording.same(before.get(), now.get())) {
      return;
    } else {
      message.change(wording.change(before.get(), now.get(), at));
    }
    told.put(device, new Told(revision, true, now));
  }
}
