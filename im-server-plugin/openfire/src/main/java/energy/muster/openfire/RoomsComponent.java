// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.identity.FullJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.service.desk.Failures;
import energy.muster.service.room.Entrance;
import energy.muster.service.room.History;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.dom4j.Element;
import org.dom4j.QName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.component.Component;
import org.xmpp.component.ComponentManager;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.PacketError;
import org.xmpp.packet.Presence;

/**
 * The rooms' address on the server: the part of XEP-0045 that it takes to enter a room, to speak
 * and to leave. Whatever is not asked of {@link Entrance} is answered alike for every name, so that
 * no answer tells whether there is such a room. It knows of nothing that could act.
 */
final class RoomsComponent implements Component {
  private static final Logger LOG = LoggerFactory.getLogger(RoomsComponent.class);
  private static final QName JOIN = QName.get("x", Muc.JOIN);

  private final JID service;
  private final String domain;
  private final Entrance rooms;
  private final InstantSource clock;
  private final Consumer<Packet> out;

  /**
   * @param domain whose sessions are served
   * @param out sends without blocking and keeps the order
   */
  RoomsComponent(
      JID service, String domain, Entrance rooms, InstantSource clock, Consumer<Packet> out) {
    this.service = service;
    this.domain = domain;
    this.rooms = rooms;
    this.clock = clock;
    this.out = out;
  }

  @Override
  public String getName() {
    return "Muster rooms";
  }

  @Override
  public String getDescription() {
    return "A room per area, in which nothing said acts";
  }

  @Override
  public void initialize(JID jid, ComponentManager manager) {
    LOG.debug("The rooms are at {}", jid);
  }

  @Override
  public void start() {
    LOG.debug("The rooms are open");
  }

  @Override
  public void shutdown() {
    LOG.debug("The rooms are closed");
  }

  @Override
  public void processPacket(Packet packet) {
    Edge.quietly("a stanza to the rooms", () -> process(packet));
  }

  private void process(Packet packet) {
    if (packet instanceof IQ iq) {
      if (iq.isRequest()) {
        answer(iq);
      }
      return;
    }
    Optional<FullJid> from = sender(packet);
    if (from.isEmpty() || packet.getTo().getNode() == null) {
      return;
    }
    if (packet instanceof Presence presence) {
      presence(presence, from.get());
    } else if (packet instanceof Message message) {
      message(message, from.get());
    }
  }

  private Optional<FullJid> sender(Packet packet) {
    return Jids.full(packet.getFrom()).filter(jid -> jid.bare().domain().equals(domain));
  }

  private void presence(Presence presence, FullJid from) {
    String room = presence.getTo().getNode();
    Element join = presence.getElement().element(JOIN);
    if (presence.getType() == Presence.Type.unavailable) {
      orRefuse(rooms.leave(from, room), presence);
    } else if (presence.getType() == null && join != null) {
      String nick = presence.getTo().getResource();
      if (nick == null) {
        refuse(presence, Answers.plain(PacketError.Condition.jid_malformed));
      } else {
        History history = Histories.read(join, clock.instant());
        orRefuse(rooms.enter(from, room, nick, history), presence);
      }
    }
  }

  private void message(Message message, FullJid from) {
    if (message.getType() == Message.Type.error || message.getType() == Message.Type.headline) {
      return;
    }
    boolean toAll =
        message.getType() == Message.Type.groupchat && message.getTo().getResource() == null;
    String room = message.getTo().getNode();
    if (!toAll) {
      // No private words, invitations or requests to speak.
      refuse(message, Answers.plain(PacketError.Condition.feature_not_implemented));
    } else if (message.getBody() != null) {
      Optional<String> id = Optional.ofNullable(message.getID());
      orRefuse(rooms.say(from, room, message.getBody(), id), message);
    } else if (message.getSubject() != null) {
      orRefuse(rooms.holds(from, room).thenAccept(any -> topicIsOurs()), message);
    }
  }

  private static void topicIsOurs() {
    throw new Refused(Reason.NOT_AUTHORISED, "a room's subject is its area");
  }

  private void orRefuse(CompletionStage<?> done, Packet asked) {
    done.whenComplete(
        (any, failure) -> {
          if (failure != null) {
            refuse(asked, error(failure));
          }
        });
  }

  private static PacketError error(Throwable failure) {
    if (Failures.cause(failure) instanceof Refused no) {
      return Answers.plain(no.refusal());
    }
    LOG.error("The rooms failed", failure);
    return Answers.plain(new Refusal(Reason.BUSY, "the room failed at this; say it again"));
  }

  /** Sends a presence or a message back to whom it came from. */
  private void refuse(Packet asked, PacketError error) {
    Packet answer = asked.createCopy();
    JID room = asked.getTo();
    answer.setTo(asked.getFrom());
    answer.setFrom(room);
    answer.setError(error);
    out.accept(answer);
  }

  private void answer(IQ iq) {
    Element child = iq.getChildElement();
    String namespace = child == null ? "" : child.getNamespaceURI();
    boolean known =
        iq.getType() == IQ.Type.get
            && child.attribute("node") == null
            && Set.of(Disco.INFO, Disco.ITEMS, Disco.PING).contains(namespace);
    if (!known) {
      out.accept(no(iq, PacketError.Condition.service_unavailable));
    } else if (iq.getTo().getNode() == null) {
      ofService(iq, namespace);
    } else {
      ofRoom(iq, namespace);
    }
  }

  private void ofService(IQ iq, String namespace) {
    if (namespace.equals(Disco.INFO)) {
      out.accept(Muc.service(iq));
    } else if (namespace.equals(Disco.PING)) {
      out.accept(IQ.createResultIQ(iq));
    } else {
      sender(iq)
          .ifPresentOrElse(
              from -> result(iq, rooms.open(from), open -> Muc.items(iq, open, service)),
              () -> out.accept(Disco.items(iq)));
    }
  }

  private void ofRoom(IQ iq, String namespace) {
    Optional<FullJid> from = sender(iq);
    if (from.isEmpty()) {
      out.accept(no(iq, PacketError.Condition.item_not_found));
      return;
    }
    String room = iq.getTo().getNode();
    result(
        iq,
        rooms.holds(from.get(), room),
        inside -> {
          if (namespace.equals(Disco.PING)) {
            // XEP-0410: how a client finds out whether it is still in.
            return inside ? IQ.createResultIQ(iq) : no(iq, PacketError.Condition.not_acceptable);
          }
          return namespace.equals(Disco.INFO) ? Muc.room(iq, room) : Disco.items(iq);
        });
  }

  private <T> void result(IQ iq, CompletionStage<T> value, Function<T, IQ> wording) {
    value.whenComplete(
        (known, failure) -> {
          if (failure == null) {
            out.accept(wording.apply(known));
          } else {
            out.accept(no(iq, error(failure)));
          }
        });
  }

  private static IQ no(IQ iq, PacketError.Condition condition) {
    return no(iq, Answers.plain(condition));
  }

  private static IQ no(IQ iq, PacketError error) {
    IQ answer = IQ.createResultIQ(iq);
    answer.setType(IQ.Type.error);
    answer.setError(error);
    return answer;
  }
}
