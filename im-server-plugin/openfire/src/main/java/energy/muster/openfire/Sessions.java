// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.collection.Newest;
import energy.muster.identity.FullJid;
import energy.muster.presence.PersonPresence;
import energy.muster.presence.Show;
import energy.muster.refusal.Refused;
import energy.muster.service.Streams;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.dom4j.Element;
import org.dom4j.QName;
import org.jivesoftware.openfire.event.SessionEventListener;
import org.jivesoftware.openfire.session.ClientSession;
import org.jivesoftware.openfire.session.Session;
import org.jivesoftware.openfire.user.PresenceEventListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;
import org.xmpp.packet.Presence;

/**
 * What Openfire says of client sessions and their presence. Sessions are told apart by their
 * stream: in a conflict 4.2 destroys the old one before it creates the new, 5.x the other way.
 */
final class Sessions implements SessionEventListener, PresenceEventListener {
  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
  private static final int CLOSED_REMEMBERED = 2000;

  private final Streams streams;
  private final Consumer<FullJid> arrived;
  private final Map<String, FullJid> open = new ConcurrentHashMap<>();
  private final Set<String> closed = Collections.synchronizedSet(Newest.set(CLOSED_REMEMBERED));

  /**
   * @param arrived hears of sessions that became available
   */
  Sessions(Streams streams, Consumer<FullJid> arrived) {
    this.streams = streams;
    this.arrived = arrived;
  }

  /**
   * Makes sure that the service knows a session; also one that is older than the plugin, of which
   * no event tells.
   */
  void seen(Session session) {
    Optional<FullJid> address = Jids.full(session.getAddress());
    if (address.isEmpty()) {
      return; // Not bound yet.
    }
    String stream = session.getStreamID().getID();
    if (!closed.contains(stream) && open.putIfAbsent(stream, address.get()) == null) {
      streams.sessionOpened(address.get(), stream);
    }
  }

  private void gone(Session session) {
    String stream = session.getStreamID().getID();
    closed.add(stream);
    FullJid address = open.remove(stream);
    if (address != null) {
      streams.sessionClosed(address, stream);
    }
  }

  @Override
  public void sessionCreated(Session session) {
    Edge.quietly("a new session", () -> seen(session));
  }

  @Override
  public void resourceBound(Session session) {
    Edge.quietly("a bound resource", () -> seen(session));
  }

  @Override
  public void sessionDestroyed(Session session) {
    Edge.quietly("the end of a session", () -> gone(session));
  }

  @Override
  public void anonymousSessionCreated(Session session) {
    LOG.debug("An anonymous session is none of ours");
  }

  @Override
  public void anonymousSessionDestroyed(Session session) {
    LOG.debug("An anonymous session is none of ours");
  }

  @Override
  public void availableSession(ClientSession session, Presence presence) {
    Edge.quietly(
        "an available session",
        () -> {
          seen(session);
          tell(session, presence, true);
          Jids.full(session.getAddress()).ifPresent(arrived);
        });
  }

  @Override
  public void presenceChanged(ClientSession session, Presence presence) {
    Edge.quietly("a changed presence", () -> tell(session, presence, true));
  }

  @Override
  public void unavailableSession(ClientSession session, Presence presence) {
    Edge.quietly("an unavailable session", () -> tell(session, presence, false));
  }

  @Override
  public void subscribedToPresence(JID subscriber, JID authorizer) {
    LOG.debug("{} is subscribed to {}", subscriber, authorizer);
  }

  @Override
  public void unsubscribedToPresence(JID unsubscriber, JID recipient) {
    LOG.debug("{} is unsubscribed from {}", unsubscriber, recipient);
  }

  private void tell(ClientSession session, Presence presence, boolean available) {
    Jids.full(session.getAddress()).ifPresent(address -> tell(address, presence, available));
  }

  private void tell(FullJid address, Presence presence, boolean available) {
    Optional<Payload> device = element(Wire.DEVICE, address, presence);
    streams.presence(
        address,
        available,
        show(presence),
        Objects.requireNonNullElse(presence.getStatus(), ""),
        device);
    if (available && device.isEmpty()) {
      person(address, presence);
    }
  }

  private void person(FullJid address, Presence presence) {
    String status = Objects.requireNonNullElse(presence.getStatus(), "");
    Optional<String> own = element(Wire.PERSON, address, presence).flatMap(Payload::json);
    try {
      PersonPresence word =
          own.isPresent()
              ? PersonPresence.ofElement(own.get(), idle(presence))
              : PersonPresence.said(show(presence), status, idle(presence));
      streams.person(address, word, own.isPresent());
    } catch (Refused e) {
      LOG.debug("Presence of {} is not read: {}", address, e.refusal());
    }
  }

  /** XEP-0319. */
  private static Optional<Instant> idle(Presence presence) {
    Element idle = presence.getElement().element(QName.get("idle", "urn:xmpp:idle:1"));
    try {
      return Optional.ofNullable(idle)
          .map(element -> element.attributeValue("since"))
          .map(since -> OffsetDateTime.parse(since).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Show show(Presence presence) {
    if (presence.getShow() == null) {
      return Show.AVAILABLE;
    }
    return switch (presence.getShow()) {
      case chat -> Show.AVAILABLE;
      case away, xa -> Show.AWAY;
      case dnd -> Show.DND;
    };
  }

  private static Optional<Payload> element(Wire wire, FullJid address, Presence presence) {
    Element element = presence.getElement().element(QName.get(wire.element(), wire.namespace()));
    try {
      return Optional.ofNullable(element)
          .map(PayloadXml::read)
          .map(word -> Geoloc.into(word, presence.getElement()));
    } catch (Refused e) {
      LOG.debug("Presence of {} is not read: {}", address, e.refusal());
      return Optional.empty();
    }
  }
}
