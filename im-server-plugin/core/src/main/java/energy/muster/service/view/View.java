// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.presence.Contact;
import energy.muster.service.session.Session;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** One session's look at the devices it may see. Only for use at the desk. */
final class View {
  private final String id;
  private final Session session;
  private final Set<BareJid> unseen = new LinkedHashSet<>();
  private long revision;
  private Instant notBefore = Instant.MIN;
  private boolean scheduled;

  View(String id, Session session) {
    this.id = id;
    this.session = session;
  }

  Session session() {
    return session;
  }

  void mark(BareJid device) {
    unseen.add(device);
  }

  boolean hasNews() {
    return !unseen.isEmpty();
  }

  Instant notBefore() {
    return notBefore;
  }

  void pauseUntil(Instant instant) {
    notBefore = instant;
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

  /** As many of the unseen as fit into so many characters, as they are now. */
  ObjectNode next(String field, int maxCharacters, Function<BareJid, Optional<Contact>> contacts) {
    ObjectNode message = Json.object();
    if (!field.equals("entries")) {
      message.put("id", id);
    }
    ArrayNode entries = message.put("rev", ++revision).putArray(field);
    int characters = 0;
    for (Iterator<BareJid> all = unseen.iterator(); all.hasNext(); ) {
      Optional<ObjectNode> entry = contacts.apply(all.next()).map(Contact::write);
      int length = entry.map(node -> Json.text(node).length()).orElse(0);
      if (characters > 0 && characters + length > maxCharacters) {
        break;
      }
      entry.ifPresent(entries::add);
      characters += length;
      all.remove();
    }
    return message;
  }
}
