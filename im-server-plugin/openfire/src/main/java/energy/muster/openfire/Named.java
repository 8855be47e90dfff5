// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.dom4j.Attribute;
import org.dom4j.Element;
import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;

/**
 * The accounts that a stanza names inside, where a server or a room might act on them: who is
 * invited, blocked, made a member, subscribed.
 */
final class Named {
  /** What is only kept for its owner, or said to people. */
  private static final Set<String> KEPT = Set.of("jabber:iq:private", "vcard-temp");

  private static final Set<String> SAID = Set.of("body", "subject", "html", "thread");

  private Named() {}

  static List<JID> in(Packet packet, Predicate<JID> which) {
    List<JID> named = new ArrayList<>();
    for (Element child : packet.getElement().elements()) {
      if (!KEPT.contains(child.getNamespaceURI()) && !SAID.contains(child.getName())) {
        collect(child, named);
      }
    }
    named.removeIf(which.negate());
    return named;
  }

  private static void collect(Element element, List<JID> named) {
    for (Attribute attribute : element.attributes()) {
      account(attribute.getValue()).ifPresent(named::add);
    }
    account(element.getText()).ifPresent(named::add);
    element.elements().forEach(child -> collect(child, named));
  }

  /** A text that is an address as a whole. */
  private static Optional<JID> account(String text) {
    if (text.indexOf('@') < 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(new JID(text.strip()));
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }
}
