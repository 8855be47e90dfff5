// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.identity.BareJid;
import energy.muster.service.Sight;
import energy.muster.wire.Wire;
import java.util.List;
import java.util.Optional;
import org.dom4j.Element;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

/** The one thing devices say to each other: a warning, from a peer on the same branch. */
final class PeerTalk {
  private final Sight sight;

  PeerTalk(Sight sight) {
    this.sight = sight;
  }

  /** Whether this may go from the one device to the other. */
  boolean lets(Packet packet, Optional<BareJid> from, Optional<BareJid> to) {
    return packet instanceof Message message
        && warns(message)
        && from.isPresent()
        && to.isPresent()
        && sight.peers(from.get(), to.get());
  }

  /** A headline that holds a warning and nothing beside it. */
  private static boolean warns(Message message) {
    List<Element> children = message.getElement().elements();
    return message.getType() == Message.Type.headline
        && children.size() == 1
        && children.get(0).getName().equals(Wire.WARNING.element())
        && children.get(0).getNamespaceURI().equals(Wire.WARNING.namespace());
  }
}
