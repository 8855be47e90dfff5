// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario;

import energy.muster.chat.ServerTrust;
import energy.muster.identity.BareJid;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.ConnectionListener;
import org.jivesoftware.smack.SmackException.NotConnectedException;
import org.jivesoftware.smack.java7.XmppHostnameVerifier;
import org.jivesoftware.smack.packet.ExtensionElement;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.IqData;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.PresenceBuilder;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.packet.XmlEnvironment;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jxmpp.jid.impl.JidCreate;

/** One connection that hands out every stanza as text and lets Smack answer none. */
public final class RawStream extends XMPPTCPConnection {
  private final Taker taker;

  /** Hears of each stanza, on the reader's thread. */
  @FunctionalInterface
  public interface Taker {
    void take(String id, boolean answer, String stanza);
  }

  private RawStream(XMPPTCPConnectionConfiguration configuration, Taker taker, Runnable cut) {
    super(configuration);
    this.taker = taker;
    setUseStreamManagement(false);
    addConnectionListener(
        new ConnectionListener() {
          @Override
          public void connectionClosed() {
            cut.run();
          }

          @Override
          public void connectionClosedOnError(Exception e) {
            cut.run();
          }
        });
  }

  public static RawStream to(
      int port, BareJid account, String password, Path tls, Taker taker, Runnable cut)
      throws IOException {
    return new RawStream(
        XMPPTCPConnectionConfiguration.builder()
            .setXmppDomain(account.domain())
            .setHostAddress(InetAddress.getLoopbackAddress())
            .setPort(port)
            .setUsernameAndPassword(account.local(), password)
            .setSecurityMode(SecurityMode.required)
            .setCustomX509TrustManager(ServerTrust.of(tls))
            .setHostnameVerifier(new XmppHostnameVerifier())
            .addEnabledSaslMechanism("SCRAM-SHA-1")
            .setCompressionEnabled(false)
            .setSendPresence(false)
            .build(),
        taker,
        cut);
  }

  @Override
  protected void processStanza(Stanza stanza) throws InterruptedException {
    // While it logs in, Smack itself waits for the answers.
    if (isAuthenticated()) {
      boolean answer = stanza instanceof IQ iq && !iq.isRequestIQ();
      taker.take(stanza.getStanzaId(), answer, stanza.toXML().toString());
    } else {
      super.processStanza(stanza);
    }
  }

  /** Whether it could be sent. */
  boolean post(String id, String to, boolean set, RawElement element) throws InterruptedException {
    IqData envelope =
        StanzaBuilder.buildIqData(id)
            .ofType(set ? IQ.Type.set : IQ.Type.get)
            .to(JidCreate.fromOrThrowUnchecked(to));
    return sent(new RawIq(envelope, element));
  }

  void headline(String to, RawElement element) throws InterruptedException {
    Message message =
        StanzaBuilder.buildMessage()
            .ofType(Message.Type.headline)
            .to(JidCreate.fromOrThrowUnchecked(to))
            .addExtension(new RawExtension(element))
            .build();
    if (!sent(message)) {
      throw new StoryFailure(getUser() + " is not connected and cannot tell " + to + " anything");
    }
  }

  void present(RawElement element) throws InterruptedException {
    PresenceBuilder presence =
        getStanzaFactory().buildPresenceStanza().addExtension(new RawExtension(element));
    if (!sent(presence.build())) {
      throw new StoryFailure(getUser() + " is not connected and cannot be present");
    }
  }

  private boolean sent(Stanza stanza) throws InterruptedException {
    try {
      sendStanza(stanza);
      return true;
    } catch (NotConnectedException e) {
      return false;
    }
  }

  private static final class RawIq extends IQ {
    private final String content;

    RawIq(IqData envelope, RawElement element) {
      super(envelope, element.wire().element(), element.wire().namespace());
      this.content = element.content();
    }

    @Override
    protected IQChildElementXmlStringBuilder getIQChildElementBuilder(
        IQChildElementXmlStringBuilder xml) {
      xml.rightAngleBracket();
      xml.append(content);
      return xml;
    }
  }

  private record RawExtension(RawElement element) implements ExtensionElement {
    @Override
    public String getNamespace() {
      return element.wire().namespace();
    }

    @Override
    public String getElementName() {
      return element.wire().element();
    }

    @Override
    public CharSequence toXML(XmlEnvironment enclosing) {
      return element.xml();
    }
  }
}
