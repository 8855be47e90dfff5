// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.identity.BareJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.XmlEnvironment;
import org.junit.jupiter.api.Test;

/** A session's part in rooms, against what a room sends. */
final class RoomTalkTest {
  private static final String ROOM = "branch-60@rooms.grid.example";
  private static final String ME = "op-1@grid.example/k1";

  private final List<Stanza> sent = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private final CompletableFuture<IQ> answer = new CompletableFuture<>();
  private int id;
  private final RoomTalk rooms =
      new RoomTalk(
          BareJid.parse("op-1@grid.example"),
          () -> "r" + ++id,
          sent::add,
          question -> answer,
          new RoomTalk.Ear() {
            @Override
            public void heard(RoomLine line) {
              heard.add(
                  line.room()
                      + " "
                      + line.speaker().orElse("itself")
                      + ": "
                      + line.text()
                      + line.past().map(at -> " " + at).orElse(""));
            }

            @Override
            public void expelled(String room) {
              heard.add("expelled from " + room);
            }
          });

  private boolean comes(String xml) {
    return rooms.take(Parsed.stanza(xml.formatted(ROOM, ME)));
  }

  private String last() {
    return sent.get(sent.size() - 1).toXML(XmlEnvironment.EMPTY).toString();
  }

  private static Reason refused(CompletableFuture<?> asked) {
    try {
      asked.join();
    } catch (CompletionException e) {
      return ((Refused) e.getCause()).refusal().reason();
    }
    throw new AssertionError("not refused");
  }

  @Test
  void oneIsInWhenTheRoomShowsOneselfAndNotBefore() {
    CompletableFuture<Void> in = rooms.enter("branch-60", Optional.empty());
    assertThat(last())
        .contains("to='branch-60@rooms.grid.example/op-1'", "http://jabber.org/protocol/muc");

    comes("<presence xmlns='jabber:client' from='%s/op-2' to='%s'/>");
    assertThat(in).isNotDone();
    comes("<presence xmlns='jabber:client' from='%s/op-1' to='%s'/>");
    assertThat(in).isCompleted();
  }

  @Test
  void whoComesBackAsksForWhatWasMissed() {
    CompletableFuture<Void> unused = rooms.enter("branch-60", Optional.of(Duration.ofSeconds(30)));

    assertThat(last()).contains("seconds='31'");
  }

  @Test
  void aRoomThatDoesNotOpenIsUnknown() {
    CompletableFuture<Void> in = rooms.enter("branch-60", Optional.empty());

    comes(
        "<presence xmlns='jabber:client' type='error' from='%s/op-1' to='%s'><error type='cancel'>"
            + "<item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></presence>");

    assertThat(refused(in)).isEqualTo(Reason.UNKNOWN);
    assertThat(refused(rooms.enter("@", Optional.empty()))).isEqualTo(Reason.UNKNOWN);
  }

  @Test
  void aLineIsSaidWhenTheRoomShowsItAndEverybodysAreHeard() {
    CompletableFuture<Void> said = rooms.say("branch-60", "good morning");
    assertThat(last()).contains("type='groupchat'", "id='r1'");

    comes(
        "<message xmlns='jabber:client' type='groupchat' id='r1' from='%s/op-2' to='%s'>"
            + "<body>hello</body></message>");
    assertThat(said).isNotDone();
    comes(
        "<message xmlns='jabber:client' type='groupchat' id='r1' from='%s/op-1' to='%s'>"
            + "<body>good morning</body></message>");

    assertThat(said).isCompleted();
    assertThat(heard).containsExactly("branch-60 op-2: hello", "branch-60 op-1: good morning");
  }

  @Test
  void tooManyLinesAreARefusal() {
    CompletableFuture<Void> said = rooms.say("branch-60", "again");

    comes(
        "<message xmlns='jabber:client' type='error' id='r1' from='%s' to='%s'><error type='wait'>"
            + "<resource-constraint xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>");

    assertThat(refused(said)).isEqualTo(Reason.RATE_LIMITED);
  }

  @Test
  void theRoomItselfIsHeardAndThePastWithItsTime() {
    comes(
        "<message xmlns='jabber:client' type='groupchat' from='%s' to='%s'>"
            + "<body>load-48: executed</body>"
            + "<delay xmlns='urn:xmpp:delay' stamp='2026-06-01T12:00:00Z'/></message>");
    comes(
        "<message xmlns='jabber:client' type='groupchat' from='%s' to='%s'>"
            + "<subject>branch-60</subject></message>");

    assertThat(heard)
        .containsExactly(
            "branch-60 itself: load-48: executed " + Instant.parse("2026-06-01T12:00:00Z"));
  }

  @Test
  void leavingIsNoExpulsion() {
    CompletableFuture<Void> left = rooms.leave("branch-60");
    comes("<presence xmlns='jabber:client' type='unavailable' from='%s/op-1' to='%s'/>");
    assertThat(left).isCompleted();
    assertThat(heard).isEmpty();

    comes("<presence xmlns='jabber:client' type='unavailable' from='%s/op-1' to='%s'/>");
    assertThat(heard).containsExactly("expelled from branch-60");
  }

  @Test
  void theRoomsThatMayBeEnteredAreListed() {
    CompletableFuture<List<String>> open = rooms.open();
    answer.complete(
        (IQ)
            Parsed.stanza(
                "<iq xmlns='jabber:client' type='result' id='r1' from='rooms.grid.example'>"
                    + "<query xmlns='http://jabber.org/protocol/disco#items'>"
                    + "<item jid='feeder-123@rooms.grid.example'/><item jid='"
                    + ROOM
                    + "'/></query></iq>"));

    assertThat(open).isCompletedWithValue(List.of("branch-60", "feeder-123"));
  }

  @Test
  void whatComesFromElsewhereIsNotTaken() {
    assertThat(
            rooms.take(
                Parsed.stanza(
                    "<message xmlns='jabber:client' type='groupchat'"
                        + " from='branch-60@rooms.other.example/op-1'><body>x</body></message>")))
        .isFalse();
    assertThat(heard).isEmpty();
  }

  @Test
  void theEndOfTheSessionEndsWhatIsWaitedFor() {
    CompletableFuture<Void> in = rooms.enter("branch-60", Optional.empty());

    rooms.failAll("the connection was cut");

    assertThat(in).isCompletedExceptionally();
  }
}
