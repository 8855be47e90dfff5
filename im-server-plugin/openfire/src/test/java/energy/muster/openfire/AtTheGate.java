// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jivesoftware.openfire.interceptor.PacketRejectedException;
import org.xmpp.packet.IQ;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

/** A gate with everything behind it, at which stanzas arrive. */
abstract class AtTheGate {
  final Server server = new Server();
  final StreamsHeard streams = new StreamsHeard();
  final List<Packet> sent = new ArrayList<>();
  final RosterBook rosters = new RosterBook();
  final Looks looks =
      new Looks(server, sent::add, rosters, Runnable::run, InstantSource.fixed(Server.NOW));
  final PubsubTalk pubsub = new PubsubTalk(Server.PUBSUB, "*", "archive");
  final Curtain curtain = new Curtain(server, pubsub, Server.SERVICE, Server.DOMAIN);
  final Gate gate =
      new Gate(
          streams,
          new Keeping(streams, sent::add),
          new Sessions(streams, arrived -> {}),
          server,
          looks,
          curtain,
          new Nobody(curtain, rosters, sent::add),
          pubsub,
          Server.SERVICE,
          Server.DOMAIN);

  void arrives(Packet packet, String from) throws PacketRejectedException {
    gate.interceptPacket(from(packet, from), Server.session(from, "s-" + from), true, false);
  }

  static Packet from(Packet packet, String from) {
    packet.setFrom(from);
    return packet;
  }

  static Message chat(String to, String words) {
    Message message = new Message();
    message.setType(Message.Type.chat);
    message.setTo(to);
    message.setBody(words);
    return message;
  }

  static IQ request(String to) {
    IQ iq = new IQ(IQ.Type.get, "q1");
    iq.setTo(to);
    iq.setChildElement("ping", "urn:xmpp:ping");
    return iq;
  }

  void turnedAway(Packet packet, String from) {
    assertThatThrownBy(() -> arrives(packet, from))
        .as(packet.toXML())
        .isInstanceOf(PacketRejectedException.class);
  }
}
