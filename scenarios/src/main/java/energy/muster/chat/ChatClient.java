// SPDX-License-Identifier: Apache-2.0
package energy.muster.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.SmackConfiguration;
import org.jivesoftware.smack.SmackConfiguration.UnknownIqRequestReplyMode;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.packet.UnparsedIQ;
import org.jivesoftware.smack.roster.Roster;
import org.jivesoftware.smack.roster.RosterEntry;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jxmpp.jid.BareJid;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;

/**
 * Does what the lines on its input say, and writes what comes as JSON objects, one a line.
 *
 * <p>A line is a number, a verb and its arguments, with tabs between them; it is answered by an
 * event of that number. The verbs: {@code presence ID TO TYPE}, {@code chat ID TO TEXT}, {@code
 * request ID TO TYPE ELEMENT NAMESPACE INNER-XML}, {@code contact JID}, {@code raw ID STANZA},
 * {@code race FILE} and {@code pubsub VERB NODE}. The end of the input is the end of the program.
 */
public final class ChatClient {
  private final XMPPTCPConnection connection;
  private final Roster roster;
  private final Race race;
  private final Publications publications;

  private ChatClient(XMPPTCPConnection connection) {
    this.connection = connection;
    this.roster = Roster.getInstanceFor(connection);
    this.race = new Race(connection);
    this.publications = new Publications(connection);
  }

  /** Arguments: port, account, file with its password, TLS anchors. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, SmackException, XMPPException {
    // Smack's answer to a request that it does not know repeats it as malformed XML.
    SmackConfiguration.setUnknownIqRequestReplyMode(UnknownIqRequestReplyMode.doNotReply);
    BareJid account = JidCreate.bareFrom(arguments[1]);
    XMPPTCPConnection connection =
        new XMPPTCPConnection(
            XMPPTCPConnectionConfiguration.builder()
                .setXmppDomain(account.asDomainBareJid())
                .setHost("127.0.0.1")
                .setPort(Integer.parseInt(arguments[0]))
                .setUsernameAndPassword(
                    account.getLocalpartOrThrow(), Files.readString(Path.of(arguments[2])).strip())
                .setSecurityMode(SecurityMode.required)
                .setCustomX509TrustManager(ServerTrust.of(Path.of(arguments[3])))
                .build());
    // Its acks would run between stanzas that are timed.
    connection.setUseStreamManagement(false);
    ChatClient client = new ChatClient(connection);
    client.roster.setSubscriptionMode(Roster.SubscriptionMode.manual);
    connection.addSyncStanzaListener(ChatClient::show, any -> !client.race.running());
    connection.connect().login();
    client.roster.reloadAndWait();
    Event.named("ready").write();
    client.obey();
    connection.disconnect();
  }

  private void obey() throws IOException, InterruptedException, SmackException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split("\t", -1);
      Event done = Event.named("done").with("number", words[0]);
      switch (words[1]) {
        case "presence" -> send(presence(words), words[2]);
        case "show" -> send(shown(words), words[2]);
        case "chat" -> send(chat(words), words[2]);
        case "request" -> send(new AnyRequest(words), words[2]);
        case "raw" -> send(new RawStanza(words[2], words[3]), words[2]);
        case "race" -> race.run(Path.of(words[2]), done);
        case "pubsub" -> publications.does(words[2], words[3], done);
        case "contact" -> contact(JidCreate.bareFrom(words[2]), done);
        default -> throw new IOException("no verb " + words[1]);
      }
      done.write();
    }
  }

  private void send(Stanza stanza, String id) throws InterruptedException, SmackException {
    stanza.setStanzaId(id);
    connection.sendStanza(stanza);
  }

  private static Presence presence(String[] words) throws IOException {
    return StanzaBuilder.buildPresence()
        .to(JidCreate.from(words[3]))
        .ofType(Presence.Type.fromString(words[4]))
        .build();
  }

  private static Presence shown(String[] words) {
    return StanzaBuilder.buildPresence()
        .setMode(Presence.Mode.fromString(words[3]))
        .setStatus(words[4])
        .build();
  }

  private static Message chat(String[] words) throws IOException {
    return StanzaBuilder.buildMessage()
        .to(JidCreate.from(words[3]))
        .ofType(Message.Type.chat)
        .setBody(words[4])
        .build();
  }

  private static final class AnyRequest extends IQ {
    private final String inner;

    AnyRequest(String[] words) throws IOException {
      super(words[5], words[6]);
      setTo(JidCreate.from(words[3]));
      setType(IQ.Type.fromString(words[4]));
      inner = words[7];
    }

    @Override
    protected IQChildElementXmlStringBuilder getIQChildElementBuilder(
        IQChildElementXmlStringBuilder xml) {
      xml.rightAngleBracket();
      xml.append(inner);
      return xml;
    }
  }

  private void contact(BareJid jid, Event answer) {
    Optional<RosterEntry> entry = Optional.ofNullable(roster.getEntry(jid));
    answer
        .with("subscription", entry.map(known -> known.getType().toString()).orElse("absent"))
        .with("asked", entry.map(known -> known.isSubscriptionPending() ? "yes" : "").orElse(""));
    describe(roster.getPresence(jid), answer);
  }

  private static void show(Stanza stanza) {
    Event event =
        Event.named("stanza")
            .with("from", text(stanza.getFrom()))
            .with("to", text(stanza.getTo()))
            .with("id", Optional.ofNullable(stanza.getStanzaId()).orElse(""))
            .with("xml", xml(stanza));
    if (stanza instanceof Presence presence) {
      describe(presence, event.with("kind", "presence"));
    } else if (stanza instanceof Message message) {
      event
          .with("kind", "message")
          .with("type", message.getType().toString())
          .with("body", Optional.ofNullable(message.getBody()).orElse(""));
    } else if (stanza instanceof IQ iq) {
      event.with("kind", "iq").with("type", iq.getType().toString());
    }
    event.write();
  }

  private static String xml(Stanza stanza) {
    // Smack escapes the content of an answer that it does not know a second time.
    return stanza instanceof UnparsedIQ answer
        ? "<iq type='%s' id='%s' from='%s' to='%s'>%s</iq>"
            .formatted(
                answer.getType(),
                answer.getStanzaId(),
                answer.getFrom(),
                answer.getTo(),
                answer.getContent())
        : stanza.toXML().toString();
  }

  private static void describe(Presence presence, Event event) {
    event
        .with("type", presence.getType().toString())
        .with("show", presence.getMode().toString())
        .with("status", Optional.ofNullable(presence.getStatus()).orElse(""))
        .with("extensions", Integer.toString(presence.getExtensions().size()));
  }

  private static String text(Jid jid) {
    return jid == null ? "" : jid.toString();
  }
}
