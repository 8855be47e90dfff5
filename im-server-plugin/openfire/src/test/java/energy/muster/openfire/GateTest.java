// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.presence.Certainty;
import energy.muster.presence.Operating;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.dom4j.Element;
import org.jivesoftware.openfire.interceptor.PacketRejectedException;
import org.jivesoftware.openfire.session.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.PacketError;
import org.xmpp.packet.Presence;

final class GateTest extends AtTheGate {
  private static final String GUEST = "guest@grid.example/phone";
  private static final String LOAD = "load-48@grid.example/k1";

  private static Presence presence(String to, Presence.Type type) {
    Presence presence = type == null ? new Presence() : new Presence(type);
    presence.setTo(to);
    return presence;
  }

  /** A device, a person elsewhere, and nobody. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "load-48@grid.example",
        "load-48@grid.example/k1",
        "op-3@grid.example",
        "op-3@grid.example/console",
        "load-49@grid.example",
        "load-49@grid.example/k1"
      })
  void whomTheSenderMayNotKnowOfIsNobody(String to) {
    for (Packet packet :
        List.of(
            request(to),
            new IQ(IQ.Type.result, "guessed"),
            presence(to, null),
            presence(to, Presence.Type.unavailable),
            presence(to, Presence.Type.probe),
            presence(to, Presence.Type.subscribed),
            presence(to, Presence.Type.unsubscribed))) {
      packet.setTo(to);
      turnedAway(packet, GUEST);
    }
    assertThat(sent).isEmpty();

    turnedAway(chat(to, "shed"), GUEST);
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).getFrom()).isEqualTo(new JID(to));
    assertThat(sent.get(0).getError().getCondition())
        .isEqualTo(PacketError.Condition.service_unavailable);
  }

  @ParameterizedTest
  @ValueSource(strings = {"error", "headline"})
  void toNobodyTheseAreSilent(String type) {
    Message message = chat("load-49@grid.example", "hello");
    message.setType(Message.Type.valueOf(type));
    turnedAway(message, GUEST);
    assertThat(sent).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"load-48@grid.example", "op-3@grid.example", "load-49@grid.example"})
  void theSendersRosterAloneKnowsOfASubscriptionToNobody(String to) {
    turnedAway(presence(to, Presence.Type.subscribe), GUEST);
    assertThat(rosters.asked).containsExactly("guest@grid.example " + to);
    turnedAway(presence(to, Presence.Type.unsubscribe), GUEST);
    assertThat(rosters.asked).isEmpty();
    assertThat(sent).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"load-48@grid.example", "op-3@grid.example", "load-49@grid.example"})
  void namingWhomOneMayNotKnowOfIsAnsweredBeforeTheServerLooks(String name) {
    IQ block = new IQ(IQ.Type.set, "q1");
    block
        .setChildElement("block", "urn:xmpp:blocking")
        .addElement("item")
        .addAttribute("jid", name);
    turnedAway(block, GUEST);

    IQ member = new IQ(IQ.Type.set, "q2");
    member.setTo("room@conference.grid.example");
    member
        .setChildElement("query", "http://jabber.org/protocol/muc#owner")
        .addElement("value")
        .setText(name);
    turnedAway(member, GUEST);
    assertThat(sent).isEmpty();

    Message invitation = new Message();
    invitation.setTo("room@conference.grid.example");
    invitation
        .addChildElement("x", "http://jabber.org/protocol/muc#user")
        .addElement("invite")
        .addAttribute("to", name);
    turnedAway(invitation, GUEST);
    assertThat(sent.get(0).getFrom()).isEqualTo(new JID("room@conference.grid.example"));
  }

  private static IQ rosterSet(String... items) {
    IQ iq = new IQ(IQ.Type.set, "q1");
    for (String item : items) {
      Element query =
          iq.getChildElement() == null
              ? iq.setChildElement("query", "jabber:iq:roster")
              : iq.getChildElement();
      query.addElement("item").addAttribute("jid", item).addAttribute("subscription", "remove");
    }
    return iq;
  }

  @Test
  void aSessionWhoseResourceNobodyHereKnowsIsTurnedAwayWhateverItSends() {
    String odd = "guest@grid.example/" + "r".repeat(300);
    IQ items = request("pubsub.grid.example");
    for (Packet packet :
        List.of(
            items,
            chat("load-49@grid.example", "hello"),
            new Presence(),
            new IQ(IQ.Type.get, "q1"))) {
      turnedAway(packet, odd);
    }
  }

  @Test
  void takingStrangersOutOfOnesRosterConcernsNobodyElse() {
    for (String name : List.of("load-48@grid.example", "load-49@grid.example")) {
      rosters.ask(new JID("guest@grid.example"), new JID(name));
      turnedAway(rosterSet(name), GUEST);
    }
    assertThat(rosters.asked).isEmpty();
    turnedAway(rosterSet("load-48@grid.example", "load-49@grid.example"), GUEST);
  }

  @Test
  void whoMayKnowOfEachOtherIsLeftToTheServer() throws Exception {
    server.acquaint(Server.GUEST, BareJid.parse("op-1@grid.example"));
    String colleague = "op-1@grid.example";
    arrives(chat(colleague, "good morning"), GUEST);
    arrives(presence(colleague, Presence.Type.subscribe), GUEST);
    arrives(rosterSet(colleague), GUEST);
    arrives(request(colleague + "/console"), GUEST);
    assertThat(sent).isEmpty();
  }

  @Test
  void whoSaysWhatCouldNotBeKeptForAnAbsentColleagueHearsSo() {
    server.acquaint(Server.GUEST, BareJid.parse("op-1@grid.example"));
    CompletableFuture<Void> kept = new CompletableFuture<>();
    streams.keeping = Optional.of(kept);
    Message line = chat("op-1@grid.example", "the key is in the hut");
    line.setID("m1");
    turnedAway(line, GUEST);
    assertThat(sent).isEmpty();

    kept.completeExceptionally(new Refused(Reason.NO_SPACE, "the disk is nearly full"));

    Message answer = (Message) sent.get(0);
    assertThat(answer.getID()).isEqualTo("m1");
    assertThat(answer.getTo()).hasToString(GUEST);
    assertThat(answer.getType()).isEqualTo(Message.Type.error);
    assertThat(answer.getError().getText()).isEqualTo("the disk is nearly full");
  }

  @Test
  void whatIsKeptForAnAbsentColleagueGoesNoFurther() {
    server.acquaint(Server.GUEST, BareJid.parse("op-1@grid.example"));
    streams.keeping = Optional.of(CompletableFuture.completedFuture(null));
    turnedAway(chat("op-1@grid.example", "good morning"), GUEST);
    assertThat(sent).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"load-48@grid.example", "load-49@grid.example"})
  void whatCannotBeJudgedGoesNoFurther(String to) {
    Message odd = chat(to, "hello");
    odd.getElement().addAttribute("type", "of no kind");
    turnedAway(odd, GUEST);
    assertThat(sent).isEmpty();
  }

  @Test
  void whatIsSaidInARoomMayNameAnybody() throws Exception {
    Message message = chat("room@conference.grid.example", "load-48@grid.example");
    message.setType(Message.Type.groupchat);
    arrives(message, GUEST);
    assertThat(sent).isEmpty();
  }

  @Test
  void aDeviceTalksToTheServiceAndTheServer() {
    for (String to : List.of("muster.grid.example", "grid.example", LOAD)) {
      assertThatCode(() -> arrives(request(to), LOAD)).as(to).doesNotThrowAnyException();
    }
    assertThatCode(() -> arrives(new Presence(), LOAD)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"guest@grid.example", "gen-2@grid.example", "conference.grid.example", "a.b"})
  void aDeviceTalksToNobodyElse(String to) {
    for (Packet packet : List.of(chat(to, "hello"), request(to), presence(to, null))) {
      assertThatThrownBy(() -> arrives(packet, LOAD))
          .as(packet.toXML())
          .isInstanceOf(PacketRejectedException.class);
    }
  }

  private static Message warning(String to) {
    Message message = new Message();
    message.setType(Message.Type.headline);
    message.setTo(to);
    message.addChildElement("warning", "urn:muster:warning:1");
    return message;
  }

  @Test
  void aDeviceWarnsItsPeersAndNobodyElse() throws Exception {
    server.peer(Server.LOAD, Server.GENERATOR);
    Message message = warning("gen-2@grid.example");
    arrives(message, LOAD);
    assertThat(message.getTo()).isEqualTo(new JID("gen-2@grid.example"));

    for (String to : List.of("guest@grid.example", "load-49@grid.example")) {
      assertThatThrownBy(() -> arrives(warning(to), LOAD))
          .as(to)
          .isInstanceOf(PacketRejectedException.class);
    }
  }

  @Test
  void peersSayNothingElseToEachOther() {
    server.peer(Server.LOAD, Server.GENERATOR);
    String peer = "gen-2@grid.example";
    Message spoken = warning(peer);
    spoken.setBody("hello");
    Message kept = warning(peer);
    kept.setType(Message.Type.normal);
    Message other = new Message();
    other.setType(Message.Type.headline);
    other.setTo(peer);
    other.addChildElement("deliver", "urn:muster:command:1");
    for (Packet packet :
        List.of(spoken, kept, other, chat(peer, "hello"), request(peer), presence(peer, null))) {
      assertThatThrownBy(() -> arrives(packet, LOAD))
          .as(packet.toXML())
          .isInstanceOf(PacketRejectedException.class);
    }
  }

  @Test
  void anAccountThatIsNoDeviceWarnsNobody() {
    turnedAway(warning("load-48@grid.example"), GUEST);
    assertThat(sent).isEmpty();
  }

  @Test
  void aViewersChatIsAnsweredForTheDeviceAndGoesNoFurther() {
    server.grant(Server.GUEST, Server.contact(Server.LOAD, Operating.ON, Certainty.REAL));
    assertThatThrownBy(() -> arrives(chat("load-48@grid.example", "status"), GUEST))
        .isInstanceOf(PacketRejectedException.class);
    assertThat(sent).hasSize(1);
    Message answer = (Message) sent.get(0);
    assertThat(answer.getTo()).isEqualTo(new JID(GUEST));
    assertThat(answer.getFrom()).isEqualTo(new JID("load-48@grid.example"));
    assertThat(answer.getBody()).startsWith("load-48: ON");
  }

  @Test
  void aViewersRequestIsStillAnsweredAsForNobody() {
    server.grant(Server.GUEST, Server.contact(Server.LOAD, Operating.ON, Certainty.REAL));
    turnedAway(request("load-48@grid.example/k1"), GUEST);
  }

  @Test
  void aSubscriptionIsLeftToTheServerAndAnsweredByTheGrant() throws Exception {
    server.grant(Server.GUEST, Server.contact(Server.LOAD, Operating.ON, Certainty.REAL));
    Presence subscribe = presence("load-48@grid.example", Presence.Type.subscribe);
    arrives(subscribe, GUEST);
    assertThat(subscribe.getTo()).isEqualTo(new JID("load-48@grid.example"));
    assertThat(sent).isEmpty();

    gate.interceptPacket(subscribe, Server.session(GUEST, "s1"), true, true);
    assertThat(((Presence) sent.get(0)).getType()).isEqualTo(Presence.Type.subscribed);
  }

  @Test
  void tooManyStanzasAreTurnedAway() {
    streams.admits = false;
    assertThatThrownBy(() -> arrives(request("muster.grid.example"), GUEST))
        .isInstanceOf(PacketRejectedException.class);
  }

  @Test
  void everyStanzaIsASignOfLife() throws Exception {
    arrives(request("muster.grid.example"), LOAD);
    assertThat(streams.heard).containsExactly(FullJid.parse(LOAD));
    assertThat(streams.told).containsExactly("opened " + LOAD + " s-" + LOAD);
  }

  @Test
  void whatTheServerSendsItselfIsNotJudged() {
    Session none = null;
    assertThatCode(
            () ->
                gate.interceptPacket(
                    from(chat("load-48@grid.example", "hi"), "grid.example"), none, true, false))
        .doesNotThrowAnyException();
    assertThat(streams.heard).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {GUEST, LOAD})
  void nobodySendsToSeveralThroughTheServer(String from) {
    Message message = chat("grid.example", "status");
    message
        .getElement()
        .addElement("addresses", "http://jabber.org/protocol/address")
        .addElement("address")
        .addAttribute("type", "to")
        .addAttribute("jid", "load-48@grid.example");

    assertThatThrownBy(() -> arrives(message, from)).isInstanceOf(PacketRejectedException.class);
  }
}
