// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.service.room.RoomWord;
import energy.muster.service.room.RoomWord.Stay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;

final class RoomVoiceTest {
  private static final Area ROOM = new Area("branch-60");
  private static final BareJid OP_1 = BareJid.parse("op-1@grid.example");
  private static final FullJid READER = FullJid.parse("op-2@grid.example/k7");

  private final List<Packet> sent = new ArrayList<>();
  private final RoomVoice voice = new RoomVoice(new JID("rooms.grid.example"), sent::add);

  private Packet told(RoomWord word) {
    voice.tell(READER, word);
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).getTo()).isEqualTo(new JID("op-2@grid.example/k7"));
    return sent.get(0);
  }

  private static List<String> codes(Packet presence) {
    return presence.getElement().element("x").elements("status").stream()
        .map(status -> status.attributeValue("code"))
        .toList();
  }

  private static String item(Packet presence, String attribute) {
    return presence.getElement().element("x").element("item").attributeValue(attribute);
  }

  @Test
  void anOccupantIsShownWithTheirAccount() {
    Packet presence = told(new RoomWord.Occupancy(ROOM, OP_1, Stay.HERE, false, false));

    assertThat(presence.getFrom()).isEqualTo(new JID("branch-60@rooms.grid.example/op-1"));
    assertThat(presence.getElement().attributeValue("type")).isNull();
    assertThat(presence.getElement().element("x").getNamespaceURI())
        .isEqualTo("http://jabber.org/protocol/muc#user");
    assertThat(item(presence, "jid")).isEqualTo("op-1@grid.example");
    assertThat(item(presence, "affiliation")).isEqualTo("member");
    assertThat(item(presence, "role")).isEqualTo("participant");
    assertThat(codes(presence)).isEmpty();
  }

  @Test
  void aNewcomerKnowsItselfAndThatItIsCalledOtherwise() {
    Packet presence = told(new RoomWord.Occupancy(ROOM, OP_1, Stay.HERE, true, true));

    assertThat(codes(presence)).containsExactly("100", "110", "210");
  }

  @Test
  void oneWhoIsExpelledIsTold() {
    Packet presence = told(new RoomWord.Occupancy(ROOM, OP_1, Stay.EXPELLED, true, false));

    assertThat(presence.getElement().attributeValue("type")).isEqualTo("unavailable");
    assertThat(item(presence, "affiliation")).isEqualTo("none");
    assertThat(item(presence, "role")).isEqualTo("none");
    assertThat(codes(presence)).containsExactly("110", "321");
  }

  @Test
  void aLineComesFromItsSpeakerWithTheIdItWasGiven() {
    Packet line =
        told(
            new RoomWord.Line(
                ROOM, Optional.of(OP_1), "good morning", Optional.of("m7"), Optional.empty()));

    assertThat(line.toXML())
        .isEqualToIgnoringWhitespace(
            """
            <message type="groupchat" from="branch-60@rooms.grid.example/op-1" id="m7"
              to="op-2@grid.example/k7"><body>good morning</body></message>""");
  }

  @Test
  void thePastComesWithItsTimeAndTheRoomSpeaksForItself() {
    Packet line =
        told(
            new RoomWord.Line(
                ROOM,
                Optional.empty(),
                "load-48: executed",
                Optional.empty(),
                Optional.of(Server.NOW)));

    assertThat(line.getFrom()).isEqualTo(new JID("branch-60@rooms.grid.example"));
    assertThat(line.getElement().element("delay").asXML())
        .contains("urn:xmpp:delay", "stamp=\"2026-06-01T12:00:00Z\"");
  }

  @Test
  void theSubjectHasNoBody() {
    Packet topic = told(new RoomWord.Topic(ROOM, "branch-60: its orders"));

    assertThat(topic.getElement().elementText("subject")).isEqualTo("branch-60: its orders");
    assertThat(topic.getElement().element("body")).isNull();
  }
}
