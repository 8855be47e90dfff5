// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import java.util.function.Consumer;
import org.jivesoftware.openfire.interceptor.PacketRejectedException;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.PacketError;
import org.xmpp.packet.Presence;

/**
 * What a sender hears of whoever it may not know of, and of whoever does not exist. The server is
 * not asked which of the two it is: there is one answer, and one way to it.
 */
final class Nobody {
  private final Curtain curtain;
  private final Contacts contacts;
  private final Consumer<Packet> send;

  /**
   * @param send passes on an answer, without waiting
   */
  Nobody(Curtain curtain, Contacts contacts, Consumer<Packet> send) {
    this.curtain = curtain;
    this.contacts = contacts;
    this.send = send;
  }

  /** RFC 6121 8.5.1, of an account that does not exist. */
  PacketRejectedException answers(Packet packet) {
    if (packet instanceof Message message) {
      return unheard(message, PacketError.Condition.service_unavailable);
    }
    if (packet instanceof Presence presence) {
      subscription(presence);
    }
    return curtain.refusing(packet, PacketError.Condition.service_unavailable);
  }

  /** To a stanza that names somebody whom the sender may not know of. */
  PacketRejectedException named(Packet packet) {
    return packet instanceof Message message
        ? unheard(message, PacketError.Condition.item_not_found)
        : curtain.refusing(packet, PacketError.Condition.item_not_found);
  }

  /** The sender takes one out of its roster, which concerns nobody else. */
  PacketRejectedException removed(IQ request, JID contact) {
    return contacts.remove(request.getFrom().asBareJID(), contact)
        ? curtain.granting(request)
        : curtain.refusing(request, PacketError.Condition.item_not_found);
  }

  private PacketRejectedException unheard(Message message, PacketError.Condition condition) {
    if (message.getType() != Message.Type.error && message.getType() != Message.Type.headline) {
      Message answer = new Message();
      answer.setID(message.getID());
      answer.setTo(message.getFrom());
      answer.setFrom(message.getTo());
      answer.setError(Answers.plain(condition));
      send.accept(answer);
    }
    return curtain.dropping();
  }

  /** The sender's own roster has it as for anybody who does not answer. */
  private void subscription(Presence presence) {
    JID owner = presence.getFrom().asBareJID();
    JID contact = presence.getTo().asBareJID();
    if (presence.getType() == Presence.Type.subscribe) {
      contacts.ask(owner, contact);
    } else if (presence.getType() == Presence.Type.unsubscribe) {
      contacts.withdraw(owner, contact);
    }
  }
}
