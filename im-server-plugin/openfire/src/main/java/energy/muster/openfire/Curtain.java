// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.identity.BareJid;
import energy.muster.refusal.Refusal;
import energy.muster.service.Sight;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.dom4j.Element;
import org.jivesoftware.openfire.interceptor.PacketRejectedException;
import org.jivesoftware.openfire.session.Session;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/**
 * What sessions receive, as it leaves: nothing of a device but what the service says, nothing to a
 * device but from the service and the server, and answers in the words that were meant.
 */
final class Curtain {
  private static final String SHOW = "show";
  private static final String STATUS = "status";

  private final Sight sight;
  private final PeerTalk peers;
  private final JID address;
  private final String domain;

  /** No account can be called this: the name is new with each start and told to nobody. */
  private final String nobody = "nobody-" + UUID.randomUUID() + ".";

  /**
   * The server answers a rejected IQ with "not-allowed" on the same thread, before anything else:
   * that answer is made into ours, so that there is exactly one.
   */
  private final Map<Thread, Rejected> rejected = new ConcurrentHashMap<>();

  private record Rejected(String id, Optional<Refusal> refusal) {}

  Curtain(Sight sight, JID address, String domain) {
    this.sight = sight;
    this.peers = new PeerTalk(sight);
    this.address = address;
    this.domain = domain;
  }

  /** A rejection whose answer, if the stanza is a request, is typed. */
  PacketRejectedException refusing(Packet packet, Refusal refusal) {
    if (packet instanceof IQ || packet instanceof Presence) {
      rejected.put(
          Thread.currentThread(),
          new Rejected(
              packet.getID(), Gate.request(packet) ? Optional.of(refusal) : Optional.empty()));
    }
    return dropping();
  }

  /** A rejection that nobody is told of: only messages, which the server does not answer. */
  PacketRejectedException dropping() {
    return new PacketRejectedException();
  }

  /** Sends a stanza to an account that does not exist, so that the server answers as for that. */
  void misdirect(Packet packet, BareJid device) {
    packet.setTo(
        new JID(nobody + device.local(), device.domain(), packet.getTo().getResource(), true));
  }

  void leaving(Packet packet, Session session) throws PacketRejectedException {
    settleRejection(packet);
    if (unveiled(packet)) {
      return; // The server's own answer for nobody, which must arrive as it is.
    }
    Optional<BareJid> to = Jids.bare(session.getAddress());
    if (to.isEmpty() || packet.getFrom() == null) {
      return;
    }
    Optional<BareJid> from = Jids.bare(packet.getFrom());
    if (from.equals(to)) {
      return;
    }
    if (sight.isDevice(to.get())) {
      boolean fromServer =
          packet.getFrom().getNode() == null
              && (packet.getFrom().getDomain().equals(domain) || packet.getFrom().equals(address));
      if (!fromServer && !peers.lets(packet, from, to)) {
        throw dropping();
      }
    } else if (packet instanceof Presence presence && from.filter(sight::isDevice).isPresent()) {
      ofDevice(presence, to.get(), from.get());
    }
  }

  private void settleRejection(Packet packet) throws PacketRejectedException {
    Rejected expected = rejected.remove(Thread.currentThread());
    if (expected == null) {
      return;
    }
    boolean answer =
        packet.getElement().attributeValue("type", "").equals("error")
            && String.valueOf(expected.id()).equals(String.valueOf(packet.getID()));
    if (!answer) {
      return;
    }
    if (packet instanceof IQ iq && expected.refusal().isPresent()) {
      Answers.refuse(iq, expected.refusal().get());
    } else {
      throw dropping();
    }
  }

  private boolean unveiled(Packet packet) {
    JID from = packet.getFrom();
    boolean misdirected =
        from != null && from.getNode() != null && from.getNode().startsWith(nobody);
    if (misdirected) {
      packet.setFrom(
          new JID(
              from.getNode().substring(nobody.length()),
              from.getDomain(),
              from.getResource(),
              true));
    }
    return misdirected;
  }

  /**
   * The server passes on what any session of the device's account says, proven or not. A viewer
   * gets what the service says instead, which comes from the bare address.
   */
  private void ofDevice(Presence presence, BareJid viewer, BareJid device)
      throws PacketRejectedException {
    if (presence.getFrom().getResource() != null) {
      throw dropping();
    }
    boolean may = sight.look(viewer, device).isPresent();
    boolean end =
        presence.getType() == Presence.Type.unavailable
            || presence.getType() == Presence.Type.unsubscribed;
    if (!may && !end) {
      throw dropping();
    }
    for (Element child : List.copyOf(presence.getElement().elements())) {
      boolean shown = child.getName().equals(SHOW) || child.getName().equals(STATUS);
      if (!may || !shown) {
        presence.getElement().remove(child);
      }
    }
  }
}
