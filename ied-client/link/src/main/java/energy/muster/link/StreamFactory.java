// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.identity.BareJid;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.Predicate;
import javax.net.ssl.X509TrustManager;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.ConnectionConfiguration;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.java7.XmppHostnameVerifier;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;

/** Makes the connections of one link, all alike but for their way and their random resource. */
final class StreamFactory {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
  private static final Duration STEP_WITHIN = Duration.ofSeconds(10);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final LinkConfig config;
  private final X509TrustManager anchors;

  StreamFactory(LinkConfig config) throws IOException {
    SmackSetup.ensure();
    this.config = config;
    this.anchors = TlsAnchors.load(config.tlsAnchors());
  }

  /** A new connection, not connected yet. */
  Stream create(Transport way, Predicate<Stanza> taker) throws IOException {
    Stream stream =
        switch (way) {
          case TCP -> tcp(taker);
          case BOSH -> bosh(taker);
        };
    AbstractXMPPConnection connection = stream.connection();
    Discovery.describe(connection, config);
    connection.setReplyTimeout(STEP_WITHIN.toMillis());
    connection.setParsingExceptionCallback(
        unreadable ->
            LogLines.LINK.warn(
                "{} skipped a stanza that cannot be read: {}",
                config.account(),
                unreadable.getParsingException().toString()));
    return stream;
  }

  private TcpStream tcp(Predicate<Stanza> taker) throws IOException {
    ServerRoute route = config.server();
    TunedSockets sockets = new TunedSockets(route);
    XMPPTCPConnectionConfiguration.Builder builder =
        XMPPTCPConnectionConfiguration.builder()
            .setHostAddress(sockets.address())
            .setPort(route.port())
            .setSocketFactory(sockets)
            .setConnectTimeout(Math.toIntExact(CONNECT_WITHIN.toMillis()));
    TcpStream stream = new TcpStream(common(builder).build(), sockets, taker);
    stream.setUseStreamManagement(true);
    // A resumable session hides a dead device for minutes and replays stale stanzas.
    stream.setUseStreamManagementResumption(false);
    return stream;
  }

  private BoshStream bosh(Predicate<Stanza> taker) throws IOException {
    BareJid account = config.account();
    HttpsPost post =
        new HttpsPost(
            config.server(),
            account.domain(),
            anchors,
            CONNECT_WITHIN,
            BoshRequests.WAIT.plus(STEP_WITHIN));
    return new BoshStream(common(BoshStream.Configuration.builder()).build(), account, post, taker);
  }

  private <B extends ConnectionConfiguration.Builder<B, ?>> B common(B builder) throws IOException {
    BareJid account = config.account();
    return builder
        .setXmppDomain(account.domain())
        .setUsernameAndPassword(account.local(), config.password())
        .setResource(Base32.random128(RANDOM))
        .setSecurityMode(SecurityMode.required)
        .setCustomX509TrustManager(anchors)
        .setHostnameVerifier(new XmppHostnameVerifier())
        .addEnabledSaslMechanism("SCRAM-SHA-1")
        .setCompressionEnabled(false)
        .setSendPresence(false);
  }
}
