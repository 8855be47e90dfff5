// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.json.MergePatch;
import energy.muster.presence.Contact;
import java.util.HashMap;
import java.util.Map;

/**
 * Contacts and their changes as text. Most views are told the same of a device at about the same
 * time, so the newest change of each is worded once. Only for use at the desk.
 */
final class Wording {
  private final Map<BareJid, Change> newest = new HashMap<>();

  private record Change(Contact before, Contact after, String text) {}

  /** Whether there is nothing to tell: being heard alone is not told. */
  static boolean same(Contact told, Contact now) {
    return told.heardAt(now.heard()).equals(now);
  }

  static String entry(Contact contact) {
    return Json.text(contact.write());
  }

  /** A merge patch (RFC 7396) that names its device. */
  String patch(Contact before, Contact after) {
    Change known = newest.get(after.device());
    if (known == null || !known.before().equals(before) || !known.after().equals(after)) {
      known = new Change(before, after, worded(before, after));
      newest.put(after.device(), known);
    }
    return known.text();
  }

  private static String worded(Contact before, Contact after) {
    ObjectNode patch = Json.object().put("device", after.device().toString());
    patch.setAll(MergePatch.between(before.write(), after.write()));
    return Json.text(patch);
  }
}
