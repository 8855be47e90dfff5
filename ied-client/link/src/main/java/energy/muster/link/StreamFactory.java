// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.identity.BareJid;
import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.Predicate;
import javax.net.ssl.X509TrustManager;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.java7.XmppHostnameVerifier;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;

/** Makes the connections of one link, all alike but for their random resource. */
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
  Stream create(Predicate<Stanza> taker) throws IOException {
    TunedSockets sockets = new TunedSockets();
    BareJid account = config.account();
    Stream stream =
        new Stream(
            XMPPTCPConnectionConfiguration.builder()
                .setXmppDomain(account.domain())
                .setHostAddress(InetAddress.getByName(config.host()))
                .setPort(config.port())
                .setUsernameAndPassword(account.local(), config.password())
                .setResource(Base32.random128(RANDOM))
                .setSecurityMode(SecurityMode.required)
                .setCustomX509TrustManager(anchors)
                .setHostnameVerifier(new XmppHostnameVerifier())
                .addEnabledSaslMechanism("SCRAM-SHA-1")
                .setSocketFactory(sockets)
                .setConnectTimeout(Math.toIntExact(CONNECT_WITHIN.toMillis()))
                .setCompressionEnabled(false)
                .setSendPresence(false)
                .build(),
            sockets,
            taker);
    Discovery.describe(stream, config);
    stream.setReplyTimeout(STEP_WITHIN.toMillis());
    stream.setUseStreamManagement(true);
    // A resumable session hides a dead device for minutes and replays stale stanzas.
    stream.setUseStreamManagementResumption(false);
    stream.setParsingExceptionCallback(
        unreadable ->
            LogLines.LINK.warn(
                "{} skipped a stanza that cannot be read: {}",
                account,
                unreadable.getParsingException().toString()));
    return stream;
  }
}
