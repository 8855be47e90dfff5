// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.identity.BareJid;
import energy.muster.presence.Location;
import energy.muster.refusal.Refusal;
import energy.muster.service.Sight;
import energy.muster.wire.Payload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.dom4j.Element;
import org.jivesoftware.openfire.interceptor.PacketRejectedException;
import org.jivesoftware.openfire.session.Session;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;
import org.xmpp.packet.PacketError;
import org.xmpp.packet.Presence;

/**
 * What sessions receive, as it leaves: nothing of accounts they may not know of, nothing of a
 * device but what the service says and its own alarms, nothing to a device but from the service,
 * the server and whoever answers its alarm, and answers in the words that were meant.
 */
final class Curtain {
  private static final Set<String> PLAIN = Set.of("show", "status");
  private static final Set<String> RICH = Set.of(Location.NAMESPACE, Disco.CAPS);

  private final Sight sight;
  private final PeerTalk peers;
  private final AlarmTalk alarms;
  private final PubsubTalk pubsub;
  private final JID address;
  private final String domain;

  /**
   * The server answers a rejected IQ with "not-allowed" on the same thread, before anything else:
   * that answer is made into ours, so that there is exactly one.
   */
  private final Map<Thread, Rejected> rejected = new ConcurrentHashMap<>();

  /**
   * @param answer makes ours of the server's; without it there is none
   */
  private record Rejected(String id, Optional<Consumer<IQ>> answer) {}

  Curtain(Sight sight, PubsubTalk pubsub, JID address, String domain) {
    this.sight = sight;
    this.pubsub = pubsub;
    this.peers = new PeerTalk(sight);
    this.alarms = new AlarmTalk(sight);
    this.address = address;
    this.domain = domain;
  }

  /** A rejection whose answer, if the stanza is a request, is typed. */
  PacketRejectedException refusing(Packet packet, Refusal refusal) {
    return answering(packet, answer -> Answers.refuse(answer, refusal));
  }

  /** A rejection whose answer, if the stanza is a request, is this error and no more. */
  PacketRejectedException refusing(Packet packet, PacketError.Condition condition) {
    return answering(packet, answer -> answer.setError(Answers.plain(condition)));
  }

  /** A rejection of what was done otherwise. */
  PacketRejectedException granting(IQ request) {
    return answering(request, Answers::grant);
  }

  /** A rejection of what was answered here. */
  PacketRejectedException saying(IQ request, Payload payload) {
    return granting(request, answer -> answer.setChildElement(PayloadXml.write(payload)));
  }

  /** What a device is, to whoever may look at it. */
  PacketRejectedException describing(IQ request) {
    Optional<String> node = Optional.ofNullable(request.getChildElement().attributeValue("node"));
    return granting(request, answer -> Disco.device(answer, node));
  }

  private PacketRejectedException granting(IQ request, Consumer<IQ> words) {
    return answering(
        request,
        answer -> {
          Answers.grant(answer);
          words.accept(answer);
        });
  }

  private PacketRejectedException answering(Packet packet, Consumer<IQ> answer) {
    if (packet instanceof IQ iq && iq.getChildElement() == null) {
      // The server repeats it in its answer, and fails where there is none.
      iq.setChildElement("nothing", "urn:muster:nothing:1");
    }
    if (packet instanceof IQ || packet instanceof Presence) {
      rejected.put(
          Thread.currentThread(),
          new Rejected(
              packet.getID(), Gate.request(packet) ? Optional.of(answer) : Optional.empty()));
    }
    return dropping();
  }

  /** A rejection that nobody is told of: only messages, which the server does not answer. */
  PacketRejectedException dropping() {
    return new PacketRejectedException();
  }

  void leaving(Packet packet, Session session) throws PacketRejectedException {
    if (settled(packet)) {
      return;
    }
    Optional<BareJid> to = Jids.bare(session.getAddress());
    JID from = packet.getFrom();
    if (to.isEmpty() || from == null) {
      return;
    }
    if (from.toBareJID().equals(to.get().toString())) {
      ofItself(packet, from, session.getAddress(), to.get());
    } else if (sight.isDevice(to.get())) {
      boolean fromServer =
          from.getNode() == null && (from.getDomain().equals(domain) || from.equals(address));
      if (!fromServer
          && !peers.lets(packet, Jids.bare(from), to)
          && !alarms.answers(packet, from, to)) {
        throw dropping();
      }
    } else if (pubsub.concerns(from)) {
      if (!pubsub.tells(packet, to.get())) {
        throw dropping();
      }
    } else if (from.getNode() != null
        && from.getDomain().equals(domain)
        && !alarms.raises(packet, Jids.bare(from), session.getAddress())) {
      ofAccount(packet, to.get(), Jids.bare(from));
    }
  }

  /** The server sends everybody's presence to themselves as well; a device knows what it said. */
  private void ofItself(Packet packet, JID from, JID to, BareJid account)
      throws PacketRejectedException {
    if (packet instanceof Presence presence
        && presence.getType() == null
        && from.equals(to)
        && sight.isDevice(account)) {
      throw dropping();
    }
  }

  private void ofAccount(Packet packet, BareJid viewer, Optional<BareJid> from)
      throws PacketRejectedException {
    boolean error = packet.getElement().attributeValue("type", "").equals("error");
    if (error || from.filter(other -> sight.acquainted(viewer, other)).isPresent()) {
      return; // Errors are the gate's: those of a stranger have not come in.
    }
    boolean looks = from.filter(device -> sight.look(viewer, device).isPresent()).isPresent();
    if (packet instanceof Presence presence) {
      ofDevice(presence, looks);
    } else if (!looks) {
      throw dropping();
    }
  }

  /** Whether this is the server's answer to what was rejected, and now says what was meant. */
  private boolean settled(Packet packet) throws PacketRejectedException {
    Rejected expected = rejected.remove(Thread.currentThread());
    boolean answer =
        expected != null
            && packet.getElement().attributeValue("type", "").equals("error")
            && String.valueOf(expected.id()).equals(String.valueOf(packet.getID()));
    if (!answer) {
      return false;
    }
    if (packet instanceof IQ iq && expected.answer().isPresent()) {
      expected.answer().get().accept(iq);
      return true;
    }
    throw dropping();
  }

  /**
   * The server passes on what any session of the device's account says, proven or not. A viewer
   * gets what the service says instead, which comes from the bare address.
   */
  private void ofDevice(Presence presence, boolean may) throws PacketRejectedException {
    if (presence.getFrom().getResource() != null) {
      throw dropping();
    }
    boolean end =
        presence.getType() == Presence.Type.unavailable
            || presence.getType() == Presence.Type.unsubscribed;
    if (!may && !end) {
      throw dropping();
    }
    // What the server remembers of its going may be any session's; that it is there the service
    // says.
    boolean here = presence.getType() == null;
    for (Element child : List.copyOf(presence.getElement().elements())) {
      boolean shown =
          PLAIN.contains(child.getName()) || (here && RICH.contains(child.getNamespaceURI()));
      if (!may || !shown) {
        presence.getElement().remove(child);
      }
    }
  }
}
