// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.service.Sight;
import energy.muster.service.Streams;
import energy.muster.wire.Payload;
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
import org.xmpp.packet.PacketError;
import org.xmpp.packet.Presence;

/**
 * What clients send, as it comes in: counted against their rate, and passed on to accounts that the
 * sender may know of. Devices talk to the service and the server, and bring an alarm to whoever
 * answers for them. Whoever else is addressed or named is answered for as if there were no such
 * account, without a look whether there is.
 */
final class Gate implements PacketInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private static final QName ADDRESSES =
      QName.get("addresses", "http://jabber.org/protocol/address");

  private final Streams streams;
  private final Keeping keeping;
  private final Sessions sessions;
  private final Sight sight;
  private final Looks looks;
  private final Curtain curtain;
  private final PeerTalk peers;
  private final AlarmTalk alarms;
  private final PubsubTalk pubsub;
  private final Nobody nobody;
  private final String domain;
  private final String address;

  Gate(
      Streams streams,
      Keeping keeping,
      Sessions sessions,
      Sight sight,
      Looks looks,
      Curtain curtain,
      Nobody nobody,
      PubsubTalk pubsub,
      JID address,
      String domain) {
    this.streams = streams;
    this.keeping = keeping;
    this.sessions = sessions;
    this.sight = sight;
    this.looks = looks;
    this.curtain = curtain;
    this.peers = new PeerTalk(sight);
    this.alarms = new AlarmTalk(sight);
    this.pubsub = pubsub;
    this.nobody = nobody;
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
      if (!processed) {
        // What nobody judged would be answered by the server, which knows who exists.
        throw new PacketRejectedException();
      }
    }
  }

  private void arriving(Packet packet, Session session) throws PacketRejectedException {
    Optional<FullJid> sender = Jids.full(packet.getFrom());
    if (sender.isEmpty()) {
      if (packet.getFrom() != null && packet.getFrom().getNode() != null) {
        // Nothing that follows knows such an address, so nothing would hold it back.
        throw curtain.refusing(
            packet, new Refusal(Reason.MALFORMED, "take a resource of 1 to 256 characters"));
      }
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
    JID to = packet.getTo();
    boolean own = to != null && to.toBareJID().equals(from.bare().toString());
    if (sight.isDevice(from.bare()) && !own && !toServerOrService(to)) {
      ofDevice(packet, from.bare());
    } else if (pubsub.concerns(to)) {
      if (!pubsub.lets(packet, from.bare())) {
        throw curtain.refusing(packet, PacketError.Condition.forbidden);
      }
    } else if (to != null && account(to) && !own) {
      toAccount(packet, from, Jids.bare(to));
    } else if (to == null || !to.getDomain().equals(address)) {
      toServer(packet, from.bare());
    }
  }

  private void ofDevice(Packet packet, BareJid device) throws PacketRejectedException {
    JID to = packet.getTo();
    if (peers.lets(packet, Optional.of(device), Jids.bare(to))
        || (account(to) && alarms.raises(packet, Optional.of(device), to))) {
      return;
    }
    Optional<Payload> where = account(to) ? alarms.whereabouts(packet, device) : Optional.empty();
    if (where.isPresent()) {
      throw curtain.saying((IQ) packet, where.get());
    }
    throw curtain.refusing(
        packet, new Refusal(Reason.NOT_AUTHORISED, "a device talks to the service alone"));
  }

  private boolean account(JID jid) {
    return jid.getNode() != null && jid.getDomain().equals(domain);
  }

  /** Who is not acquainted is not looked up: what follows is the same for whoever it is. */
  private void toAccount(Packet packet, FullJid from, Optional<BareJid> to)
      throws PacketRejectedException {
    if (alarms.answers(packet, packet.getFrom(), to)) {
      return;
    }
    if (to.isPresent() && sight.acquainted(from.bare(), to.get())) {
      if (packet instanceof Message message && keeping.keeps(message, from, to.get())) {
        throw curtain.dropping();
      }
    } else if (to.isPresent() && sight.look(from.bare(), to.get()).isPresent()) {
      toDevice(packet, to.get());
    } else {
      throw nobody.answers(packet);
    }
  }

  /** Also to rooms and other parts of the server, which act on the names they are told. */
  private void toServer(Packet packet, BareJid from) throws PacketRejectedException {
    if (packet instanceof IQ iq && RosterSet.is(iq)) {
      rosterSet(iq, from);
    } else if (Gate.request(packet) || !(packet instanceof IQ)) {
      if (!Named.in(packet, jid -> stranger(from, jid)).isEmpty()) {
        throw nobody.named(packet);
      }
    }
  }

  private void rosterSet(IQ iq, BareJid from) throws PacketRejectedException {
    RosterSet set = RosterSet.read(iq);
    if (set.several()) {
      // RFC 6121 2.3.3.
      throw curtain.refusing(iq, PacketError.Condition.bad_request);
    }
    Optional<JID> removed = set.removed().filter(jid -> stranger(from, jid));
    if (removed.isPresent()) {
      throw nobody.removed(iq, removed.get());
    }
  }

  private boolean stranger(BareJid from, JID jid) {
    Optional<BareJid> other = Jids.bare(jid);
    return account(jid)
        && !other.equals(Optional.of(from))
        && other
            .filter(known -> sight.acquainted(from, known) || sight.look(from, known).isPresent())
            .isEmpty();
  }

  /** XEP-0033. */
  private static boolean toSeveral(Packet packet) {
    return packet.getElement().element(ADDRESSES) != null;
  }

  private boolean toServerOrService(JID to) {
    return to == null
        || (to.getNode() == null
            && (to.getDomain().equals(domain) || to.getDomain().equals(address)));
  }

  /** To a device that the sender may look at. */
  private void toDevice(Packet packet, BareJid device) throws PacketRejectedException {
    if (packet instanceof Message message) {
      looks.chat(message, Optional.of(device));
      throw curtain.dropping();
    }
    if (packet instanceof Presence presence && aboutSubscription(presence)) {
      return; // The server keeps the rosters; the curtain drops what the device would get.
    }
    if (Disco.asks(packet)) {
      throw curtain.describing((IQ) packet);
    }
    throw nobody.answers(packet);
  }

  private void after(Packet packet) {
    if (packet instanceof Presence presence && presence.getType() == Presence.Type.subscribe) {
      Optional<BareJid> viewer = Jids.bare(packet.getFrom());
      Optional<BareJid> device = Jids.bare(packet.getTo());
      if (viewer.isPresent() && device.isPresent()) {
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
