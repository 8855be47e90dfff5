// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.identity.BareJid;
import energy.muster.presence.Certainty;
import energy.muster.presence.Operating;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jivesoftware.openfire.interceptor.PacketRejectedException;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.IQ;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.PacketError;
import org.xmpp.packet.Presence;

final class CurtainTest {
  private static final String GUEST = "guest@grid.example/phone";
  private static final String LOAD = "load-48@grid.example";
  private static final Refusal SLOW = new Refusal(Reason.RATE_LIMITED, "slow down");

  private final Server server = new Server();
  private final Curtain curtain =
      new Curtain(
          server, new PubsubTalk(Server.PUBSUB, "*", "archive"), Server.SERVICE, Server.DOMAIN);

  private void leaves(Packet packet, String from, String to) throws PacketRejectedException {
    packet.setFrom(from);
    packet.setTo(to);
    curtain.leaving(packet, Server.session(to, "s1"));
  }

  private void dropped(Packet packet, String from, String to) {
    assertThatThrownBy(() -> leaves(packet, from, to))
        .as(packet.toXML())
        .isInstanceOf(PacketRejectedException.class);
  }

  private void passes(Packet packet, String from, String to) {
    assertThatCode(() -> leaves(packet, from, to)).as(packet.toXML()).doesNotThrowAnyException();
  }

  private static Presence told() {
    Presence presence = new Presence();
    presence.setShow(Presence.Show.dnd);
    presence.setStatus("ON, 20 kW");
    presence.addChildElement("device", "urn:muster:presence:1");
    presence.addChildElement("c", "http://jabber.org/protocol/caps");
    presence.addChildElement("geoloc", "http://jabber.org/protocol/geoloc");
    return presence;
  }

  private void grant() {
    server.grant(Server.GUEST, Server.contact(Server.LOAD, Operating.ON, Certainty.REAL));
  }

  @Test
  void withoutAGrantNothingOfADeviceIsSeen() {
    dropped(told(), LOAD, GUEST);
    dropped(told(), LOAD + "/k1", GUEST);
    dropped(new Presence(Presence.Type.subscribed), LOAD, GUEST);
  }

  @Test
  void withAGrantItsPresenceIsSeenAsAnyClientKnowsPresence() throws Exception {
    grant();
    Presence presence = told();
    leaves(presence, LOAD, GUEST);
    assertThat(presence.getShow()).isEqualTo(Presence.Show.dnd);
    assertThat(presence.getStatus()).isEqualTo("ON, 20 kW");
    assertThat(children(presence)).containsExactly("show", "status", "c", "geoloc");
  }

  @Test
  void whatAnySessionMayHaveLeftBehindIsNotSeen() throws Exception {
    grant();
    Presence last = told();
    last.setType(Presence.Type.unavailable);
    leaves(last, LOAD, GUEST);
    assertThat(children(last)).containsExactly("show", "status");
  }

  private static List<String> children(Presence presence) {
    List<String> names = new ArrayList<>();
    presence.getElement().elements().forEach(child -> names.add(child.getName()));
    return names;
  }

  @Test
  void whatASessionOfTheDeviceSaysItselfIsNotSeenEvenWithAGrant() {
    grant();
    dropped(told(), LOAD + "/k1", GUEST);
    dropped(new Presence(Presence.Type.unavailable), LOAD + "/k1", GUEST);
  }

  @Test
  void theEndOfALookIsSeenWithoutItsWords() throws Exception {
    Presence end = new Presence(Presence.Type.unavailable);
    end.setStatus("gone; last: ON");
    leaves(end, LOAD, GUEST);
    assertThat(end.getElement().elements()).isEmpty();
    passes(new Presence(Presence.Type.unsubscribed), LOAD, GUEST);
  }

  @Test
  void aDeviceDoesNotHearWhatItSaidItself() {
    dropped(told(), LOAD + "/k1", LOAD + "/k1");
    passes(told(), LOAD + "/k2", LOAD + "/k1");
    passes(told(), GUEST, GUEST);
  }

  @Test
  void aDeviceHearsTheServiceAndTheServerAlone() {
    passes(new Message(), "muster.grid.example", LOAD + "/k1");
    passes(new IQ(IQ.Type.result), "grid.example", LOAD + "/k1");
    passes(new Presence(), LOAD + "/other", LOAD + "/k1");
    dropped(new Message(), GUEST, LOAD + "/k1");
    dropped(new Presence(Presence.Type.subscribe), GUEST, LOAD + "/k1");
    dropped(new Message(), "gen-2@grid.example/k1", LOAD + "/k1");
    dropped(new Message(), "conference.grid.example", LOAD + "/k1");
  }

  @Test
  void aDeviceHearsTheWarningsOfItsPeers() {
    server.peer(Server.LOAD, Server.GENERATOR);
    Message warning = new Message();
    warning.setType(Message.Type.headline);
    warning.addChildElement("warning", "urn:muster:warning:1");
    passes(warning.createCopy(), "gen-2@grid.example/k1", LOAD + "/k1");
    dropped(warning.createCopy(), "load-49@grid.example/k1", LOAD + "/k1");
    dropped(warning.createCopy(), GUEST, LOAD + "/k1");
    dropped(new Message(), "gen-2@grid.example/k1", LOAD + "/k1");
  }

  @Test
  void peopleHearOfThoseTheyMayKnowOfAndOfNobodyElse() {
    server.acquaint(Server.GUEST, BareJid.parse("op-1@grid.example"));
    passes(told(), "op-1@grid.example/console", GUEST);
    passes(new Message(), "op-1@grid.example/console", GUEST);
    passes(new IQ(IQ.Type.get), "op-1@grid.example/console", GUEST);
    dropped(told(), "op-2@grid.example/console", GUEST);
    dropped(new Message(), "op-2@grid.example/console", GUEST);
    dropped(new IQ(IQ.Type.get), "op-2@grid.example/console", GUEST);
  }

  @Test
  void theAnswerForNobodyComesUnderTheNameThatWasAsked() {
    Message answer = new Message();
    answer.setError(PacketError.Condition.service_unavailable);
    passes(answer, "op-2@grid.example", GUEST);
  }

  @Test
  void aRejectedRequestIsAnsweredOnceWithTheReason() throws Exception {
    IQ request = new IQ(IQ.Type.get, "q1");
    assertThat(curtain.refusing(request, SLOW)).isInstanceOf(PacketRejectedException.class);
    IQ answer = notAllowed("q1");
    leaves(answer, "grid.example", GUEST);
    assertThat(Answers.refusal(answer)).isEqualTo(SLOW);

    IQ next = notAllowed("q1");
    leaves(next, "grid.example", GUEST);
    assertThat(next.getError().getCondition()).isEqualTo(PacketError.Condition.not_allowed);
  }

  @Test
  void aDeviceIsToldWhyItsRequestWentNowhere() throws Exception {
    curtain.refusing(new IQ(IQ.Type.get, "q1"), SLOW);
    IQ answer = notAllowed("q1");
    leaves(answer, GUEST, LOAD + "/k1");
    assertThat(Answers.refusal(answer)).isEqualTo(SLOW);
  }

  @Test
  void theServersAnswerToARejectedResultIsDropped() {
    curtain.refusing(new IQ(IQ.Type.result, "q1"), SLOW);
    dropped(notAllowed("q1"), "grid.example", GUEST);
  }

  @Test
  void anotherStanzaOfTheSameThreadIsNotTakenForTheAnswer() throws Exception {
    curtain.refusing(new IQ(IQ.Type.get, "q1"), SLOW);
    IQ other = notAllowed("q2");
    leaves(other, "grid.example", GUEST);
    assertThat(other.getError().getCondition()).isEqualTo(PacketError.Condition.not_allowed);
  }

  private static IQ notAllowed(String id) {
    IQ answer = new IQ(IQ.Type.error, id);
    answer.setError(PacketError.Condition.not_allowed);
    return answer;
  }

  @Test
  void whatTheServerRefusesForUsIsAnErrorWithoutItsNumberOrAnEmptyResult() throws Exception {
    IQ request = new IQ(IQ.Type.get, "q1");
    curtain.refusing(request, PacketError.Condition.service_unavailable);
    assertThat(request.getChildElement()).as("the server repeats it").isNotNull();
    IQ answer = notAllowed("q1");
    leaves(answer, LOAD, GUEST);
    assertThat(answer.getError().toXML())
        .contains("service-unavailable")
        .doesNotContain("code", "not-allowed");

    curtain.granting(request);
    IQ result = notAllowed("q1");
    leaves(result, "grid.example", GUEST);
    assertThat(result.getType()).isEqualTo(IQ.Type.result);
    assertThat(result.getElement().elements()).isEmpty();
  }
}
