// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.service.room.RoomWord;
import energy.muster.service.room.RoomWord.Stay;
import energy.muster.service.room.Voice;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import org.dom4j.Element;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/** What rooms say, as any client for XEP-0045 understands it. */
final class RoomVoice implements Voice {
  private final JID service;
  private final Consumer<Packet> out;

  /**
   * @param out sends without blocking and keeps the order
   */
  RoomVoice(JID service, Consumer<Packet> out) {
    this.service = service;
    this.out = out;
  }

  @Override
  public void tell(FullJid to, RoomWord word) {
    Packet packet;
    if (word instanceof RoomWord.Occupancy occupancy) {
      packet = presence(occupancy);
    } else if (word instanceof RoomWord.Line line) {
      packet = line(line);
    } else {
      packet = topic((RoomWord.Topic) word);
    }
    packet.setTo(Jids.of(to));
    out.accept(packet);
  }

  private JID address(Area room, Optional<BareJid> who) {
    return new JID(room.name(), service.getDomain(), who.map(BareJid::local).orElse(null), true);
  }

  private Presence presence(RoomWord.Occupancy word) {
    boolean here = word.stay() == Stay.HERE;
    Presence presence = here ? new Presence() : new Presence(Presence.Type.unavailable);
    presence.setFrom(address(word.room(), Optional.of(word.who())));
    Element user = presence.addChildElement("x", Muc.USER);
    user.addElement("item")
        .addAttribute("affiliation", word.stay() == Stay.EXPELLED ? "none" : "member")
        .addAttribute("role", here ? "participant" : "none")
        .addAttribute("jid", word.who().toString());
    if (word.self()) {
      if (here) {
        status(user, "100"); // Everybody sees whose account it is.
      }
      status(user, "110");
    }
    if (word.renamed()) {
      status(user, "210");
    }
    if (word.stay() == Stay.EXPELLED) {
      status(user, "321");
    }
    return presence;
  }

  private static void status(Element user, String code) {
    user.addElement("status").addAttribute("code", code);
  }

  private Message line(RoomWord.Line word) {
    Message message = message(word.room(), word.speaker());
    word.id().ifPresent(message::setID);
    message.setBody(word.text());
    word.past().ifPresent(at -> delay(message, word.room(), at));
    return message;
  }

  private Message message(Area room, Optional<BareJid> speaker) {
    Message message = new Message();
    message.setType(Message.Type.groupchat);
    message.setFrom(address(room, speaker));
    return message;
  }

  private void delay(Message message, Area room, Instant at) {
    message
        .getElement()
        .addElement("delay", Muc.DELAY)
        .addAttribute("from", address(room, Optional.empty()).toString())
        .addAttribute("stamp", at.truncatedTo(ChronoUnit.MILLIS).toString());
  }

  private Message topic(RoomWord.Topic word) {
    Message message = message(word.room(), Optional.empty());
    message.setSubject(word.text());
    return message;
  }
}
