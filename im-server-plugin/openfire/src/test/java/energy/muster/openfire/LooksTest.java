// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.presence.Certainty;
import energy.muster.presence.Contact;
import energy.muster.presence.Operating;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

final class LooksTest {
  private static final BareJid GUEST = Server.GUEST;
  private static final BareJid LOAD = Server.LOAD;
  private static final Contact ON = Server.contact(LOAD, Operating.ON, Certainty.REAL);

  private final Server server = new Server();
  private final List<String> sent = new ArrayList<>();
  private final List<Packet> packets = new ArrayList<>();
  private final RosterBook rosters = new RosterBook();
  private final Looks looks =
      new Looks(
          server,
          this::send,
          rosters,
          Runnable::run,
          InstantSource.fixed(Server.NOW.plus(Duration.ofSeconds(7))));

  private void send(Packet packet) {
    packets.add(packet);
    if (packet instanceof Presence presence) {
      String type = presence.getType() == null ? "available" : presence.getType().name();
      String words = presence.getStatus() == null ? "" : ": " + presence.getStatus();
      sent.add(type + " " + presence.getFrom() + " to " + presence.getTo() + words);
    }
  }

  @Test
  void aSubscriptionUnderAGrantIsAcceptedAndTheDeviceShown() {
    server.grant(GUEST, ON);
    looks.subscribed(GUEST, LOAD);
    assertThat(sent)
        .containsExactly(
            "subscribed load-48@grid.example to guest@grid.example",
            "available load-48@grid.example to guest@grid.example: ON");
  }

  @Test
  void aSubscriptionWithoutAGrantIsAnsweredWhenOneComes() {
    looks.subscribed(GUEST, LOAD);
    assertThat(sent).isEmpty();
    rosters.ask(Jids.of(GUEST), Jids.of(LOAD));
    looks.showChanged(GUEST, ON);
    assertThat(sent.get(0)).isEqualTo("subscribed load-48@grid.example to guest@grid.example");
    rosters.withdraw(Jids.of(GUEST), Jids.of(LOAD));
    sent.clear();
    looks.showChanged(GUEST, ON);
    assertThat(sent).containsExactly("available load-48@grid.example to guest@grid.example: ON");
  }

  @Test
  void theEndOfALookTakesTheSubscriptionBackAndThenTellsTheRoster() {
    looks.lookEnded(GUEST, LOAD);
    assertThat(sent)
        .containsExactly(
            "unavailable load-48@grid.example to guest@grid.example",
            "unsubscribed load-48@grid.example to guest@grid.example");
    assertThat(rosters.pushed).containsExactly("guest@grid.example load-48@grid.example");
  }

  @Test
  void aSessionThatComesIsShownWhatItsAccountMaySee() {
    server.grant(GUEST, ON);
    looks.arrived(FullJid.parse("guest@grid.example/phone"));
    assertThat(sent)
        .containsExactly("available load-48@grid.example to guest@grid.example/phone: ON");
  }

  @Test
  void aSessionOfAStrangerIsShownNothing() {
    looks.arrived(FullJid.parse("guest@grid.example/phone"));
    assertThat(sent).isEmpty();
  }

  @Test
  void aDeviceThatIsOffIsAwayAndOneThatIsGoneIsUnavailable() {
    looks.showChanged(GUEST, Server.contact(LOAD, Operating.OFF, Certainty.ACTUAL));
    assertThat(((Presence) packets.get(0)).getShow()).isEqualTo(Presence.Show.away);
    looks.showChanged(GUEST, Server.contact(LOAD, Operating.OFF, Certainty.TEMPORARY));
    assertThat(sent.get(1)).startsWith("unavailable ").endsWith(": gone; last: OFF, ready");
  }

  @Test
  void statusIsAnsweredInWordsForTheContactThatWasAsked() {
    server.grant(GUEST, ON);
    assertThat(looks.say(GUEST, Optional.of(LOAD), "Status"))
        .isEqualTo("load-48: ON (real, heard 7 s ago)");
  }

  @Test
  void theServiceIsAskedWithADevicesName() {
    server.grant(GUEST, ON);
    for (String name : List.of("load-48", "LOAD-48", "load-48@grid.example")) {
      assertThat(looks.say(GUEST, Optional.empty(), "status " + name)).startsWith("load-48: ON");
    }
    assertThat(looks.say(GUEST, Optional.empty(), "status")).contains("Which device?");
  }

  @Test
  void aDeviceThatIsHiddenIsSpokenOfAsOneThatIsNot() {
    String hidden = looks.say(GUEST, Optional.empty(), "status load-48");
    String missing = looks.say(GUEST, Optional.empty(), "status load-99");
    assertThat(hidden.replace("load-48", "load-99")).isEqualTo(missing);
  }

  @Test
  void nothingElseThatIsSaidActs() {
    server.grant(GUEST, ON);
    assertThat(looks.say(GUEST, Optional.of(LOAD), "shed load-48")).contains("acts");
  }

  @Test
  void anAnswerGoesBackToTheSessionThatAskedInItsThread() {
    server.grant(GUEST, ON);
    looks.chat(message(Message.Type.chat, "status"), Optional.of(LOAD));
    Message answer = (Message) packets.get(0);
    assertThat(answer.getTo()).isEqualTo(new JID("guest@grid.example/phone"));
    assertThat(answer.getFrom()).isEqualTo(new JID("load-48@grid.example"));
    assertThat(answer.getThread()).isEqualTo("t1");
  }

  @Test
  void errorsHeadlinesAndEmptyMessagesAreNotAnswered() {
    server.grant(GUEST, ON);
    looks.chat(message(Message.Type.error, "status"), Optional.of(LOAD));
    looks.chat(message(Message.Type.headline, "status"), Optional.of(LOAD));
    looks.chat(message(Message.Type.chat, null), Optional.of(LOAD));
    assertThat(packets).isEmpty();
  }

  private static Message message(Message.Type type, String body) {
    Message message = new Message();
    message.setType(type);
    message.setFrom("guest@grid.example/phone");
    message.setTo("load-48@grid.example");
    message.setThread("t1");
    if (body != null) {
      message.setBody(body);
    }
    return message;
  }
}
