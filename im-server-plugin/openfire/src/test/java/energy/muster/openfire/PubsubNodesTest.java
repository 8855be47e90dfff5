// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.json.Json;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.dom4j.Element;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.IQ;
import org.xmpp.packet.Packet;
import org.xmpp.packet.PacketError;

/** A node is made, looked through, and given what it lacks. */
final class PubsubNodesTest {
  private static final Payload PAYLOAD =
      Payload.of(Wire.PUBLICATION, Json.object().put("text", "northco/home version 2"));

  private final List<Packet> sent = new ArrayList<>();
  private Instant now = Clock.systemUTC().instant();
  private final InstantSource clock = () -> now;
  private final PubsubNodes nodes =
      new PubsubNodes(Server.SERVICE, Server.PUBSUB, sent::add, Runnable::run, clock);

  private IQ last() {
    return (IQ) sent.get(sent.size() - 1);
  }

  private void answers(IQ asked) {
    assertThat(nodes.answered(IQ.createResultIQ(asked))).isTrue();
  }

  private void fails(IQ asked, PacketError.Condition condition) {
    IQ answer = IQ.createResultIQ(asked);
    answer.setType(IQ.Type.error);
    answer.setError(condition);
    assertThat(nodes.answered(answer)).isTrue();
  }

  private void has(IQ asked, String... items) {
    IQ answer = IQ.createResultIQ(asked);
    Element query = answer.setChildElement("query", Disco.ITEMS);
    for (String item : items) {
      query
          .addElement("item")
          .addAttribute("jid", "pubsub.grid.example")
          .addAttribute("name", item);
    }
    assertThat(nodes.answered(answer)).isTrue();
  }

  private String published() {
    return last().getChildElement().element("publish").element("item").attributeValue("id");
  }

  @Test
  void nothingIsSentBeforeThereIsAnAddress() {
    nodes.publish("tariffs/northco", "1", PAYLOAD);
    assertThat(sent).isEmpty();

    nodes.begin();
    assertThat(last().getChildElement().element("create").attributeValue("node"))
        .isEqualTo("tariffs/northco");
  }

  @Test
  void aNewNodeGetsItsItemsOneAfterTheOther() {
    nodes.begin();
    nodes.publish("tariffs/northco", "1", PAYLOAD);
    nodes.publish("tariffs/northco", "2", PAYLOAD);
    answers(last());
    has(last());
    assertThat(published()).isEqualTo("1");
    assertThat(last().getChildElement().asXML()).contains("northco/home version 2");
    answers(last());
    assertThat(published()).isEqualTo("2");
    answers(last());
    assertThat(sent).hasSize(4);
  }

  @Test
  void aNodeThatIsThereGetsOnlyWhatItLacks() {
    nodes.begin();
    nodes.publish("tariffs/northco", "1", PAYLOAD);
    nodes.publish("tariffs/northco", "2", PAYLOAD);
    fails(last(), PacketError.Condition.conflict);
    has(last(), "1");

    assertThat(published()).isEqualTo("2");
  }

  @Test
  void whatIsNotAnsweredIsAskedAgain() {
    nodes.begin();
    nodes.publish("tariffs/northco", "1", PAYLOAD);
    nodes.retry();
    assertThat(sent).hasSize(1);

    now = now.plusSeconds(11);
    nodes.retry();
    assertThat(sent).hasSize(2);
  }

  @Test
  void aNodeThatTheServerLostIsMadeAnew() {
    nodes.begin();
    nodes.publish("tariffs/northco", "1", PAYLOAD);
    answers(last());
    has(last());
    fails(last(), PacketError.Condition.item_not_found);
    nodes.retry();

    assertThat(last().getChildElement().element("create")).isNotNull();
  }

  @Test
  void anAnswerOfSomebodyElseIsNone() {
    nodes.begin();
    nodes.publish("tariffs/northco", "1", PAYLOAD);
    IQ forged = IQ.createResultIQ(last());
    forged.setFrom("visitor@grid.example/phone");

    assertThat(nodes.answered(forged)).isFalse();
  }
}
