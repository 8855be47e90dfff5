// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import energy.muster.identity.FullJid;
import energy.muster.wire.GoldenStanza;
import energy.muster.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import org.dom4j.DocumentHelper;
import org.jivesoftware.openfire.session.ClientSession;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.Presence;

final class SessionsTest {
  private static final String LOAD = "load-48@grid.example/k1";

  private final StreamsHeard streams = new StreamsHeard();
  private final List<FullJid> arrived = new ArrayList<>();
  private final Sessions sessions = new Sessions(streams, arrived::add);
  private final ClientSession old = Server.session(LOAD, "old");
  private final ClientSession fresh = Server.session(LOAD, "fresh");

  @Test
  void aSessionIsToldOfOnceHoweverOftenItIsSeen() {
    sessions.sessionCreated(old);
    sessions.resourceBound(old);
    sessions.seen(old);
    assertThat(streams.told).containsExactly("opened " + LOAD + " old");
  }

  @Test
  void aSessionWithoutAResourceIsNotToldOf() {
    sessions.sessionCreated(Server.session("grid.example/unbound", "s1"));
    assertThat(streams.told).isEmpty();
  }

  @Test
  void inAConflictTheNewSessionStaysWhicheverEventComesFirst() {
    sessions.sessionCreated(old);
    sessions.sessionCreated(fresh);
    sessions.sessionDestroyed(old);
    assertThat(streams.told)
        .containsExactly(
            "opened " + LOAD + " old", "opened " + LOAD + " fresh", "closed " + LOAD + " old");
  }

  @Test
  void aStanzaLeftOverFromAClosedSessionDoesNotReviveIt() {
    sessions.sessionCreated(old);
    sessions.sessionDestroyed(old);
    sessions.seen(old);
    assertThat(streams.told).containsExactly("opened " + LOAD + " old", "closed " + LOAD + " old");
  }

  @Test
  void anAvailableSessionIsToldOfWithItsDevicesWord() throws Exception {
    Presence presence =
        new Presence(
            DocumentHelper.parseText(GoldenStanza.PRESENCE_AVAILABLE.xml()).getRootElement());
    sessions.availableSession(old, presence);
    assertThat(streams.told.get(0)).isEqualTo("opened " + LOAD + " old");
    assertThat(streams.told.get(1)).startsWith("available " + LOAD);
    assertThat(streams.device)
        .hasValueSatisfying(word -> assertThat(word.wire()).isEqualTo(Wire.DEVICE));
    assertThat(arrived).containsExactly(FullJid.parse(LOAD));
  }

  @Test
  void aBrokenWordLeavesThePresence() {
    Presence presence = new Presence();
    presence.setShow(Presence.Show.xa);
    presence.setStatus("OFF");
    presence.addChildElement("device", Wire.DEVICE.namespace()).addElement("evil");
    sessions.presenceChanged(old, presence);
    assertThat(streams.told).containsExactly("available " + LOAD + " AWAY OFF");
    assertThat(streams.device).isEmpty();
  }

  @Test
  void anUnavailableSessionIsToldOf() {
    sessions.unavailableSession(old, new Presence(Presence.Type.unavailable));
    assertThat(streams.told).hasSize(1);
    assertThat(streams.told.get(0)).startsWith("unavailable " + LOAD);
  }

  @Test
  void whatFailsHereNeverReachesTheServersLogin() {
    Sessions failing =
        new Sessions(
            streams,
            session -> {
              throw new NoSuchMethodError("as on another version of the server");
            });
    assertThatCode(() -> failing.availableSession(old, new Presence())).doesNotThrowAnyException();
  }
}
