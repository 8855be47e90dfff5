// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.view;

import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.presence.Contact;
import energy.muster.presence.ViewContents;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Contacts and their changes as text. Most views are told the same of a device at about the same
 * time, so the newest change of each is worded once. Only for use at the desk.
 */
final class Wording {
  private final Map<BareJid, Change> newest = new HashMap<>();

  private record Change(Contact before, Contact after, boolean justHeard, String text) {}

  /** Whether there is nothing to tell: being heard alone is not told. */
  static boolean same(Contact told, Contact now) {
    return told.heardAt(now.heard()).equals(now);
  }

  static String entry(Contact contact) {
    return Json.text(contact.write());
  }

  /** A change, told at that moment. */
  String change(Contact before, Contact after, Instant at) {
    boolean justHeard = ViewContents.justHeard(after, at);
    Change known = newest.get(after.device());
    if (known == null
        || known.justHeard() != justHeard
        || !known.before().equals(before)
        || !known.after().equals(after)) {
      String text = Json.text(ViewContents.change(before, after, at));
      known = new Change(before, after, justHeard, text);
      newest.put(after.device(), known);
    }
    return known.text();
  }
}
