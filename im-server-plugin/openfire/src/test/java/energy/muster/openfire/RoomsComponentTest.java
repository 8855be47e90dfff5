// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.identity.Area;
import energy.muster.identity.FullJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.room.Entrance;
import energy.muster.service.room.History;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.dom4j.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

final class RoomsComponentTest {
  private static final String OP_1 = "op-1@grid.example/k1";
  private static final String ROOM = "branch-60@rooms.grid.example";
  private static final String CLOSED = "branch-7@rooms.grid.example";
  private static final String SERVICE = "rooms.grid.example";

  private final List<String> asked = new ArrayList<>();
  private final List<Packet> sent = new ArrayList<>();
  private boolean inside = true;
  private final RoomsComponent component =
      new RoomsComponent(
          new JID(SERVICE),
          Server.DOMAIN,
          new OneRoom(),
          InstantSource.fixed(Server.NOW),
          sent::add);

  /** Lets op-1 into branch-60, and nobody anywhere else. */
  private final class OneRoom implements Entrance {
    private <T> CompletionStage<T> of(FullJid asker, String name, String did, T answer) {
      if (!asker.equals(FullJid.parse(OP_1)) || !name.equals("branch-60")) {
        return CompletableFuture.failedFuture(new Refused(Reason.UNKNOWN, "there is no such room"));
      }
      asked.add(did);
      return CompletableFuture.completedFuture(answer);
    }

    @Override
    public CompletionStage<Set<Area>> open(FullJid asker) {
      boolean may = asker.equals(FullJid.parse(OP_1));
      return CompletableFuture.completedFuture(may ? Set.of(new Area("branch-60")) : Set.of());
    }

    @Override
    public CompletionStage<Boolean> holds(FullJid asker, String name) {
      return of(asker, name, "holds", inside);
    }

    @Override
    public CompletionStage<Void> enter(FullJid asker, String name, String nick, History history) {
      return of(
          asker,
          name,
          "enter as %s, %d since %s"
              .formatted(
                  nick, history.lines(), history.since().map(Object::toString).orElse("ever")),
          null);
    }

    @Override
    public CompletionStage<Void> leave(FullJid session, String name) {
      return of(session, name, "leave", null);
    }

    @Override
    public CompletionStage<Void> say(
        FullJid speaker, String name, String text, Optional<String> id) {
      return of(speaker, name, "say " + text + " as " + id.orElse("nothing"), null);
    }
  }

  private void comes(Packet packet, String from, String to) {
    packet.setFrom(from);
    packet.setTo(to);
    packet.setID("q1");
    component.processPacket(packet);
  }

  private static Presence join() {
    Presence presence = new Presence();
    presence.addChildElement("x", "http://jabber.org/protocol/muc");
    return presence;
  }

  private static Message line(String words) {
    Message message = new Message();
    message.setType(Message.Type.groupchat);
    message.setBody(words);
    return message;
  }

  private static IQ get(String namespace) {
    IQ iq = new IQ(IQ.Type.get);
    iq.setChildElement(namespace.equals("urn:xmpp:ping") ? "ping" : "query", namespace);
    return iq;
  }

  /** The condition of the one answer, which is an error that goes back to whom it came from. */
  private String refused() {
    assertThat(sent).hasSize(1);
    Packet answer = sent.remove(0);
    assertThat(answer.getElement().attributeValue("type")).isEqualTo("error");
    assertThat(answer.getID()).isEqualTo("q1");
    Element error = answer.getElement().element("error");
    assertThat(error.attributeValue("code")).isNull();
    return error.elements().get(0).getName();
  }

  @Test
  void aPresenceWithTheElementEnters() {
    comes(join(), OP_1, ROOM + "/op-1");

    assertThat(asked).containsExactly("enter as op-1, 20 since ever");
    assertThat(sent).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "maxstanzas, 5, 5 since ever",
    "maxchars, 0, 0 since ever",
    "maxchars, 900, 20 since ever",
    "seconds, 60, 20 since 2026-06-01T11:59:00Z",
    "since, 2026-06-01T11:00:00Z, 20 since 2026-06-01T11:00:00Z",
    "since, yesterday, 20 since ever",
    "maxstanzas, many, 20 since ever"
  })
  void aNewcomerSaysHowMuchOfThePastItWants(String name, String value, String told) {
    Presence presence = join();
    presence.getElement().element("x").addElement("history").addAttribute(name, value);

    comes(presence, OP_1, ROOM + "/op-1");

    assertThat(asked).containsExactly("enter as op-1, " + told);
  }

  @Test
  void aPresenceWithoutItDoesNothing() {
    comes(new Presence(), OP_1, ROOM + "/op-1");
    comes(new Presence(Presence.Type.subscribe), OP_1, ROOM);

    assertThat(asked).isEmpty();
    assertThat(sent).isEmpty();
  }

  @Test
  void unavailableLeaves() {
    comes(new Presence(Presence.Type.unavailable), OP_1, ROOM + "/op-1");

    assertThat(asked).containsExactly("leave");
  }

  @Test
  void aLineIsSaidToAll() {
    comes(line("shed load-48"), OP_1, ROOM);

    assertThat(asked).containsExactly("say shed load-48 as q1");
    assertThat(sent).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"branch-7", "branch-99", "no room at all", "*"})
  void whateverIsAskedOfAnyOtherRoomIsAnsweredAsForNone(String name) {
    String room = new JID(name.replace(" ", ""), SERVICE, null, true).toString();
    for (Packet packet :
        List.of(
            line("hello"),
            get("http://jabber.org/protocol/disco#info"),
            get("http://jabber.org/protocol/disco#items"),
            get("urn:xmpp:ping"))) {
      comes(packet, OP_1, room);
      assertThat(refused()).as(packet.toXML()).isEqualTo("item-not-found");
    }
    comes(join(), OP_1, room + "/op-1");
    assertThat(refused()).isEqualTo("item-not-found");
    assertThat(asked).isEmpty();
  }

  @Test
  void whatIsNotOfferedIsAnsweredAlikeForEveryName() {
    for (String room : List.of(ROOM, CLOSED, "branch-99@" + SERVICE)) {
      Message privately = line("psst");
      comes(privately, OP_1, room + "/op-2");
      assertThat(refused()).isEqualTo("feature-not-implemented");

      Message invitation = new Message();
      invitation.addChildElement("x", "http://jabber.org/protocol/muc#user").addElement("invite");
      comes(invitation, OP_1, room);
      assertThat(refused()).isEqualTo("feature-not-implemented");

      IQ configuration = get("http://jabber.org/protocol/muc#owner");
      comes(configuration, OP_1, room);
      assertThat(refused()).isEqualTo("service-unavailable");

      comes(join(), OP_1, room);
      assertThat(refused()).isEqualTo("jid-malformed");
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void nobodyChangesTheSubject() {
    Message subject = new Message();
    subject.setType(Message.Type.groupchat);
    subject.setSubject("ours");
    comes(subject, OP_1, ROOM);
    assertThat(refused()).isEqualTo("forbidden");

    comes(subject.createCopy(), OP_1, CLOSED);
    assertThat(refused()).isEqualTo("item-not-found");
  }

  @Test
  void onlyOpenRoomsAreListed() {
    comes(get("http://jabber.org/protocol/disco#items"), OP_1, SERVICE);
    comes(get("http://jabber.org/protocol/disco#items"), "guest@grid.example/p", SERVICE);

    assertThat(sent.get(0).getElement().element("query").elements())
        .extracting(item -> item.attributeValue("jid"))
        .containsExactly(ROOM);
    assertThat(sent.get(1).getElement().element("query").elements()).isEmpty();
  }

  @Test
  void theServiceAndAnOpenRoomSayWhatTheyAre() {
    comes(get("http://jabber.org/protocol/disco#info"), "grid.example", SERVICE);
    comes(get("http://jabber.org/protocol/disco#info"), OP_1, ROOM);

    for (Packet answer : sent) {
      Element query = answer.getElement().element("query");
      assertThat(query.element("identity").attributeValue("category")).isEqualTo("conference");
      assertThat(query.elements("feature"))
          .extracting(feature -> feature.attributeValue("var"))
          .contains("http://jabber.org/protocol/muc");
    }
    assertThat(sent.get(1).toXML()).contains("muc_membersonly", "muc_nonanonymous");
  }

  @Test
  void aClientFindsOutWhetherItIsStillIn() {
    comes(get("urn:xmpp:ping"), OP_1, ROOM + "/op-1");
    assertThat(((IQ) sent.remove(0)).getType()).isEqualTo(IQ.Type.result);

    inside = false;
    comes(get("urn:xmpp:ping"), OP_1, ROOM + "/op-1");
    assertThat(refused()).isEqualTo("not-acceptable");
  }

  @Test
  void nobodyFromElsewhereIsServed() {
    comes(join(), "op-1@other.example/k1", ROOM + "/op-1");
    comes(line("hello"), "op-1@other.example/k1", ROOM);
    assertThat(sent).isEmpty();

    comes(get("http://jabber.org/protocol/disco#info"), "op-1@other.example/k1", ROOM);
    assertThat(refused()).isEqualTo("item-not-found");
    assertThat(asked).isEmpty();
  }

  @Test
  void errorsAreNeverAnswered() {
    Message bounced = line("hello");
    bounced.setType(Message.Type.error);
    comes(bounced, OP_1, ROOM);
    comes(new Presence(Presence.Type.error), OP_1, ROOM + "/op-1");

    assertThat(sent).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void theHistoryOfTheRoomIsBounded() {
    assertThat(new History(1_000, Optional.of(Server.NOW.minus(Duration.ofDays(1)))).lines())
        .isEqualTo(20);
  }
}
