// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.dom4j.Element;
import org.jivesoftware.openfire.interceptor.PacketRejectedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.IQ;
import org.xmpp.packet.Message;
import org.xmpp.packet.PacketError;
import org.xmpp.packet.Presence;

/** Clients read what is laid out for them, and change nothing there. */
final class PubsubTalkTest extends AtTheGate {
  private static final String VISITOR = "visitor@grid.example/phone";
  private static final String ARCHIVE = "archive@grid.example/disk";

  private static IQ pubsub(IQ.Type type, String element, String node) {
    IQ iq = new IQ(type, "p1");
    iq.setTo(Server.PUBSUB);
    iq.setChildElement("pubsub", PubsubNodes.PUBSUB).addElement(element).addAttribute("node", node);
    return iq;
  }

  @ParameterizedTest
  @CsvSource({"get,items", "get,subscriptions", "set,subscribe", "set,unsubscribe"})
  void anyClientReadsTariffsAndSubscribes(String type, String element) {
    assertThatCode(
            () -> arrives(pubsub(IQ.Type.valueOf(type), element, "tariffs/northco"), VISITOR))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"publish", "create", "retract", "configure", "options"})
  void nobodyWrites(String element) {
    turnedAway(pubsub(IQ.Type.set, element, "tariffs/northco"), VISITOR);
    turnedAway(pubsub(IQ.Type.set, element, "changes/tariffs"), ARCHIVE);
  }

  @Test
  void nobodyOwnsANode() {
    IQ iq = new IQ(IQ.Type.get, "p1");
    iq.setTo(Server.PUBSUB);
    iq.setChildElement("pubsub", PubsubNodes.PUBSUB + "#owner")
        .addElement("subscriptions")
        .addAttribute("node", "tariffs/northco");

    turnedAway(iq, VISITOR);
  }

  @Test
  void changeSetsAreForThoseWhomTheAdministratorNames() throws PacketRejectedException {
    turnedAway(pubsub(IQ.Type.get, "items", "changes/tariffs"), VISITOR);
    turnedAway(pubsub(IQ.Type.set, "subscribe", "changes/tariffs"), VISITOR);
    arrives(pubsub(IQ.Type.set, "subscribe", "changes/tariffs"), ARCHIVE);
  }

  @Test
  void aNodeOfSomebodyElseIsNobodys() {
    turnedAway(pubsub(IQ.Type.get, "items", "chess"), VISITOR);
  }

  @Test
  void oneForbiddenPartIsEnough() {
    IQ iq = pubsub(IQ.Type.set, "subscribe", "tariffs/northco");
    iq.getChildElement().addElement("publish").addAttribute("node", "tariffs/northco");

    turnedAway(iq, VISITOR);
  }

  @Test
  void neitherMessagesNorPresenceReachIt() {
    Message message = chat("pubsub.grid.example", "hello");
    Presence presence = new Presence();
    presence.setTo(Server.PUBSUB);

    turnedAway(message, VISITOR);
    turnedAway(presence, VISITOR);
  }

  @Test
  void aDeviceHasNothingToDoThere() {
    turnedAway(pubsub(IQ.Type.get, "items", "tariffs/northco"), "load-48@grid.example/k1");
  }

  @Test
  void whatIsForbiddenIsAnsweredAsForbidden() throws PacketRejectedException {
    IQ iq = pubsub(IQ.Type.set, "publish", "tariffs/northco");
    turnedAway(iq, VISITOR);
    IQ answer = IQ.createResultIQ(iq);
    answer.setType(IQ.Type.error);
    answer.setError(PacketError.Condition.not_allowed);
    curtain.leaving(answer, Server.session(VISITOR, "s1"));

    assertThat(answer.getError().getCondition()).isEqualTo(PacketError.Condition.forbidden);
  }

  private static Message event(String node) {
    Message message = new Message();
    message.setFrom(Server.PUBSUB);
    Element event = message.addChildElement("event", PubsubNodes.PUBSUB + "#event");
    event.addElement("items").addAttribute("node", node);
    return message;
  }

  @Test
  void whoOnceSubscribedHearsOnlyWhatIsStillForThem() throws PacketRejectedException {
    curtain.leaving(event("tariffs/northco"), Server.session(VISITOR, "s1"));
    curtain.leaving(event("changes/tariffs"), Server.session(ARCHIVE, "s1"));

    assertThatThrownBy(
            () -> curtain.leaving(event("changes/tariffs"), Server.session(VISITOR, "s1")))
        .isInstanceOf(PacketRejectedException.class);
  }

  @Test
  void aDeviceHearsNothingOfIt() {
    assertThatThrownBy(
            () ->
                curtain.leaving(
                    event("tariffs/northco"), Server.session("load-48@grid.example/k1", "s1")))
        .isInstanceOf(PacketRejectedException.class);
  }
}
