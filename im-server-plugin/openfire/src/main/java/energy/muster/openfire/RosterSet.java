// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import java.util.List;
import java.util.Optional;
import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/**
 * What a client would change in its roster (RFC 6121 2).
 *
 * @param several whether it would change several contacts at once, which is an error
 * @param removed whom it would take out
 */
record RosterSet(boolean several, Optional<JID> removed) {
  private static final String ROSTER = "jabber:iq:roster";

  static boolean is(IQ iq) {
    return iq.getType() == IQ.Type.set
        && iq.getChildElement() != null
        && iq.getChildElement().getNamespaceURI().equals(ROSTER);
  }

  static RosterSet read(IQ iq) {
    List<Element> items = iq.getChildElement().elements("item");
    return new RosterSet(items.size() > 1, items.stream().findFirst().flatMap(RosterSet::removed));
  }

  private static Optional<JID> removed(Element item) {
    if (!item.attributeValue("subscription", "").equals("remove")) {
      return Optional.empty();
    }
    try {
      return Optional.of(new JID(item.attributeValue("jid", "")).asBareJID());
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty(); // The server says so.
    }
  }
}
