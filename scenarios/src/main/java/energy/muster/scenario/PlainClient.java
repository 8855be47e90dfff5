// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario;

import energy.muster.identity.BareJid;
import energy.muster.stage.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.StanzaCollector;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.provider.ProviderManager;
import org.jivesoftware.smack.roster.Roster;
import org.jivesoftware.smack.roster.RosterEntry;
import org.jivesoftware.smack.roster.packet.RosterPacket;
import org.jivesoftware.smack.roster.provider.RosterPacketProvider;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.stringprep.XmppStringprepException;

/** Any chat client: a password, a roster, presence and chat, and nothing that knows of Muster. */
public final class PlainClient implements AutoCloseable {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private final Scene scene;
  private final String name;
  private final XMPPTCPConnection connection;
  private final Roster roster;
  private final BlockingQueue<Stanza> heard = new LinkedBlockingQueue<>();

  private PlainClient(Scene scene, String name, XMPPTCPConnection connection) {
    this.scene = scene;
    this.name = name;
    this.connection = connection;
    this.roster = Roster.getInstanceFor(connection);
    roster.setSubscriptionMode(Roster.SubscriptionMode.manual);
    connection.addSyncStanzaListener(heard::add, stanza -> true);
  }

  static PlainClient login(Scene scene, BareJid account)
      throws IOException, InterruptedException, SmackException, XMPPException {
    // The consoles of this process switch rosters off for themselves, and with them their reading.
    ProviderManager.addIQProvider(
        RosterPacket.ELEMENT, RosterPacket.NAMESPACE, new RosterPacketProvider());
    Stage stage = scene.stage();
    XMPPTCPConnection connection =
        new XMPPTCPConnection(
            XMPPTCPConnectionConfiguration.builder()
                .setXmppDomain(account.domain())
                .setHost("127.0.0.1")
                .setPort(stage.port())
                .setUsernameAndPassword(account.local(), stage.folder().password(account))
                .setSecurityMode(SecurityMode.required)
                .setCustomX509TrustManager(trust(stage.folder().server().resolve("tls.pem")))
                .build());
    connection.setReplyTimeout(ANSWER_WITHIN.toMillis());
    PlainClient client = new PlainClient(scene, account.local(), connection);
    scene.atTheEnd(client::close);
    connection.connect().login();
    client.roster.reloadAndWait();
    scene.transcript().line(client.name + " logs in with a chat client");
    return client;
  }

  public void subscribes(String contact) throws SmackException, InterruptedException {
    says("subscribes to " + contact);
    send(StanzaBuilder.buildPresence().to(jid(contact)).ofType(Presence.Type.subscribe).build());
  }

  /** Sends a chat message and returns the words that come back, or the error in place of them. */
  public String chats(String contact, String line) throws SmackException, InterruptedException {
    says("to " + contact + ": " + line);
    org.jxmpp.jid.BareJid other = jid(contact);
    try (StanzaCollector answers =
        connection.createStanzaCollector(
            stanza ->
                stanza instanceof Message
                    && stanza.getFrom() != null
                    && other.equals(stanza.getFrom().asBareJid()))) {
      send(chat(contact, line));
      Message answer = answers.nextResult();
      if (answer == null) {
        throw new StoryFailure(contact + " did not answer " + name + " on '" + line + "'");
      }
      String words =
          answer.getError() == null
              ? answer.getBody()
              : answer.getError().getCondition().toString();
      scene.transcript().line("  " + contact + ": " + words);
      return words;
    }
  }

  /** Sends a request and returns its answer, a result or an error. */
  public IQ asks(IQ request) throws SmackException, InterruptedException {
    StanzaCollector answers = connection.createStanzaCollectorAndSend(request);
    IQ answer = answers.nextResult();
    if (answer == null) {
      throw new StoryFailure("no answer to " + request);
    }
    return answer;
  }

  public void send(Stanza stanza) throws SmackException, InterruptedException {
    connection.sendStanza(stanza);
  }

  public static Message chat(String contact, String line) {
    return StanzaBuilder.buildMessage()
        .to(jid(contact))
        .ofType(Message.Type.chat)
        .setBody(line)
        .build();
  }

  /** What came since this was last asked, once nothing more has come for so long. */
  public List<Stanza> heard(Duration quiet) throws InterruptedException {
    List<Stanza> all = new ArrayList<>();
    for (Stanza next = heard.poll(quiet.toMillis(), TimeUnit.MILLISECONDS);
        next != null;
        next = heard.poll(quiet.toMillis(), TimeUnit.MILLISECONDS)) {
      all.add(next);
    }
    return all;
  }

  /** The contact as the client shows it; unavailable if it knows none. */
  public Presence presence(String contact) {
    return roster.getPresence(jid(contact));
  }

  /** The roster's entry in words: the subscription, and whether it is being asked for. */
  public String entry(String contact) {
    RosterEntry entry = roster.getEntry(jid(contact));
    return entry == null
        ? "none"
        : entry.getType() + (entry.isSubscriptionPending() ? ", asked" : "");
  }

  private void says(String what) {
    scene.transcript().line(name + " " + what);
  }

  /** {@code gen-2} of the stage's domain, or a host such as {@code muster.grid.example}. */
  public static org.jxmpp.jid.BareJid jid(String contact) {
    try {
      return JidCreate.bareFrom(contact.contains(".") ? contact : contact + "@" + Stage.DOMAIN);
    } catch (XmppStringprepException e) {
      throw new IllegalArgumentException(contact, e);
    }
  }

  private static X509TrustManager trust(Path pem) throws IOException {
    try (InputStream in = Files.newInputStream(pem)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (Certificate anchor : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("anchor-" + store.size(), anchor);
      }
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      return (X509TrustManager) trust.getTrustManagers()[0];
    } catch (GeneralSecurityException e) {
      throw new IOException(pem + " cannot be trusted", e);
    }
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}
