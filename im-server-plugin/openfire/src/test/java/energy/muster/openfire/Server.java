// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.presence.Certainty;
import energy.muster.presence.Contact;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.presence.Show;
import energy.muster.service.Sight;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jivesoftware.openfire.StreamID;
import org.jivesoftware.openfire.session.ClientSession;
import org.xmpp.packet.JID;

/** What the plugin's parts meet on a server: accounts, some of them devices, and their sessions. */
final class Server implements Sight {
  static final String DOMAIN = "grid.example";
  static final JID SERVICE = new JID("muster.grid.example");
  static final JID PUBSUB = new JID("pubsub.grid.example");
  static final BareJid LOAD = BareJid.parse("load-48@grid.example");
  static final BareJid GENERATOR = BareJid.parse("gen-2@grid.example");
  static final BareJid GUEST = BareJid.parse("guest@grid.example");
  static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  private final Set<BareJid> devices = new HashSet<>(Set.of(LOAD, GENERATOR));
  private final Map<BareJid, Map<FullJid, Show>> reach = new HashMap<>();
  private Set<BareJid> peers = Set.of();
  private final Set<Set<BareJid>> acquainted = new HashSet<>();
  private final Map<BareJid, Map<BareJid, Contact>> granted = new HashMap<>();

  void peer(BareJid one, BareJid other) {
    peers = Set.of(one, other);
  }

  void grant(BareJid viewer, Contact contact) {
    granted.computeIfAbsent(viewer, any -> new HashMap<>()).put(contact.device(), contact);
  }

  void revoke(BareJid viewer) {
    granted.remove(viewer);
  }

  @Override
  public boolean isDevice(BareJid account) {
    return devices.contains(account);
  }

  /** They may know of each other. */
  void acquaint(BareJid one, BareJid other) {
    acquainted.add(Set.of(one, other));
  }

  @Override
  public boolean acquainted(BareJid asker, BareJid other) {
    return !asker.equals(other) && acquainted.contains(Set.of(asker, other));
  }

  /** This session is of somebody who answers for the device. */
  void answersFor(BareJid device, FullJid person) {
    reach.put(device, Map.of(person, Show.AVAILABLE));
  }

  @Override
  public Map<FullJid, Show> reach(BareJid device, BareJid person) {
    Map<FullJid, Show> sessions = new HashMap<>(reach.getOrDefault(device, Map.of()));
    sessions.keySet().removeIf(session -> !session.bare().equals(person));
    return sessions;
  }

  @Override
  public boolean peers(BareJid one, BareJid other) {
    return peers.equals(Set.of(one, other));
  }

  @Override
  public Optional<Contact> look(BareJid viewer, BareJid device) {
    return Optional.ofNullable(granted.getOrDefault(viewer, Map.of()).get(device));
  }

  @Override
  public List<Contact> looks(BareJid viewer) {
    return List.copyOf(granted.getOrDefault(viewer, Map.of()).values());
  }

  static Contact contact(BareJid device, Operating operating, Certainty certainty) {
    return new Contact(
        device,
        Set.of(),
        Optional.of(
            new DevicePresence(
                1,
                DeviceKind.LOAD,
                operating,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of(),
                Duration.ofSeconds(60))),
        certainty,
        NOW,
        Optional.empty());
  }

  /** A session of Openfire's own type that knows its address and its stream, and nothing else. */
  static ClientSession session(String address, String stream) {
    StreamID id = () -> stream;
    return (ClientSession)
        Proxy.newProxyInstance(
            Server.class.getClassLoader(),
            new Class<?>[] {ClientSession.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getAddress" -> new JID(address);
                  case "getStreamID" -> id;
                  case "toString" -> address;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
