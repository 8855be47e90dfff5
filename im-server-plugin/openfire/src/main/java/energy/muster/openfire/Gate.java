// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.service.Sight;
import energy.muster.service.Streams;
import java.util.Optional;
import org.dom4j.QName;
import org.jivesoftware.openfire.interceptor.PacketInterceptor;
import org.jivesoftware.openfire.interceptor.PacketRejectedException;
import org.jivesoftware.openfire.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/**
 * What clients send, as it comes in: counted against their rate, and kept from devices, which talk
 * to the service and the server alone. To everybody else a device is answered for as if there were
 * no such account.
 */
final class Gate implements PacketInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private static final QName ADDRESSES =
      QName.get("addresses", "http://jabber.org/protocol/address");

  private final Streams streams;
  private final Sessions sessions;
  private final Sight sight;
  private final Looks looks;
  private final Curtain curtain;
  private final PeerTalk peers;
  private final String domain;
  private final String address;

  Gate(
      Streams streams,
      Sessions sessions,
      Sight sight,
      Looks looks,
      Curtain curtain,
      JID address,
      String domain) {
    this.streams = streams;
    this.sessions = sessions;
    this.sight = sight;
    this.looks = looks;
    this.curtain = curtain;
    this.peers = new PeerTalk(sight);
    this.domain = domain;
    this.address = address.toString();
  }

  @Override
  public void interceptPacket(Packet packet, Session session, boolean incoming, boolean processed)
      throws PacketRejectedException {
    try {
      if (session == null) {
        return; // From the server itself or one of its components.
      }
      if (!incoming) {
        if (!processed) {
          curtain.leaving(packet, session);
        }
      } else if (processed) {
        after(packet);
      } else {
        arriving(packet, session);
      }
    } catch (PacketRejectedException rejection) {
      throw rejection;
    } catch (RuntimeException | LinkageError e) {
      LOG.error("Could not judge a stanza of {}", packet.getFrom(), e);
    }
  }

  private void arriving(Packet packet, Session session) throws PacketRejectedException {
    Optional<FullJid> sender = Jids.full(packet.getFrom());
    if (sender.isEmpty()) {
      return; // Not bound yet: logging in is the server's business.
    }
    FullJid from = sender.get();
    sessions.seen(session);
    streams.heard(from);
    if (!streams.admit(from)) {
      throw curtain.refusing(
          packet, new Refusal(Reason.RATE_LIMITED, "too many stanzas a second; slow down"));
    }
    if (toSeveral(packet)) {
      // The server would send the copies itself, past all that is judged here.
      throw curtain.refusing(
          packet, new Refusal(Reason.UNSUPPORTED, "a stanza has one address here"));
    }
    Optional<BareJid> to = Jids.bare(packet.getTo());
    if (to.filter(from.bare()::equals).isPresent()) {
      return;
    }
    if (sight.isDevice(from.bare())) {
      if (!toServerOrService(packet.getTo()) && !peers.lets(packet, Optional.of(from.bare()), to)) {
        throw curtain.refusing(
            packet, new Refusal(Reason.NOT_AUTHORISED, "a device talks to the service alone"));
      }
    } else if (to.filter(sight::isDevice).isPresent()) {
      toDevice(packet, from, to.get());
    } else if (packet instanceof Message message && kept(message, from, to)) {
      throw curtain.dropping();
    }
  }

  /** XEP-0033. */
  private static boolean toSeveral(Packet packet) {
    return packet.getElement().element(ADDRESSES) != null;
  }

  /** The server's own offline store loses messages: what colleagues say is kept by the service. */
  private boolean kept(Message message, FullJid from, Optional<BareJid> to) {
    boolean spoken =
        message.getBody() != null
            && (message.getType() == Message.Type.chat || message.getType() == Message.Type.normal);
    return spoken && to.isPresent() && streams.keep(from, to.get(), message.getBody());
  }

  private boolean toServerOrService(JID to) {
    return to == null
        || (to.getNode() == null
            && (to.getDomain().equals(domain) || to.getDomain().equals(address)));
  }

  private void toDevice(Packet packet, FullJid from, BareJid device)
      throws PacketRejectedException {
    if (packet instanceof Message message && sight.look(from.bare(), device).isPresent()) {
      looks.chat(message, Optional.of(device));
      throw curtain.dropping();
    }
    if (packet instanceof Presence presence && aboutSubscription(presence)) {
      return; // The sender's own roster must look as it would for nobody; the curtain drops it.
    }
    curtain.misdirect(packet, device);
  }

  private void after(Packet packet) {
    if (packet instanceof Presence presence && presence.getType() == Presence.Type.subscribe) {
      Optional<BareJid> device = Jids.bare(packet.getTo()).filter(sight::isDevice);
      Optional<BareJid> viewer = Jids.bare(packet.getFrom());
      if (device.isPresent() && viewer.isPresent()) {
        looks.subscribed(viewer.get(), device.get());
      }
    }
  }

  private static boolean aboutSubscription(Presence presence) {
    if (presence.getType() == null) {
      return false;
    }
    return switch (presence.getType()) {
      case subscribe, subscribed, unsubscribe, unsubscribed -> true;
      case unavailable, probe, error -> false;
    };
  }

  static boolean request(Packet packet) {
    return packet instanceof IQ iq && iq.isRequest();
  }
}
