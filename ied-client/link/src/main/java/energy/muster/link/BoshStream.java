// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.identity.BareJid;
import java.io.IOException;
import java.util.function.Predicate;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.ConnectionConfiguration;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.SmackException.NotConnectedException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.XMPPException.StreamErrorException;
import org.jivesoftware.smack.packet.Nonza;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.TopLevelStreamElement;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jxmpp.jid.parts.Resourcepart;

/**
 * A stream over BOSH (XEP-0206): Smack's login and parsing, and our own requests below it. There
 * are no acknowledgements of stream management here; what matters is answered and journalled.
 */
final class BoshStream extends AbstractXMPPConnection implements Stream {
  private static final String STREAM =
      "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'/>";

  private final BoshRequests requests;
  private final Predicate<Stanza> taker;

  /** A configuration with what all transports have and nothing else. */
  static final class Configuration extends ConnectionConfiguration {
    private Configuration(Builder builder) {
      super(builder);
    }

    static Builder builder() {
      return new Builder();
    }

    static final class Builder extends ConnectionConfiguration.Builder<Builder, Configuration> {
      @Override
      public Configuration build() {
        return new Configuration(this);
      }

      @Override
      protected Builder getThis() {
        return this;
      }
    }
  }

  /**
   * @param taker answers whether it took the stanza; Smack handles the others. Must not block.
   */
  BoshStream(Configuration configuration, BareJid account, HttpPost post, Predicate<Stanza> taker) {
    super(configuration);
    this.taker = taker;
    this.requests =
        new BoshRequests(
            account,
            post,
            new BoshRequests.Ear() {
              @Override
              public void heard(BoshBody body) throws Exception {
                take(body);
              }

              @Override
              public void lost(Exception cause) {
                notifyConnectionError(cause);
              }
            });
  }

  @Override
  public AbstractXMPPConnection connection() {
    return this;
  }

  @Override
  protected void connectInternal() throws SmackException, IOException, InterruptedException {
    BoshBody first = requests.open();
    try {
      onStreamOpen(PacketParserUtils.getParserFor(STREAM));
      streamId = first.attribute("authid").orElse(null);
      connected = true;
      take(first);
    } catch (IOException | SmackException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the server began with what cannot be read", e);
    }
    requests.start();
  }

  /** Always: there is no other address than one of HTTPS. */
  @Override
  public boolean isSecureConnection() {
    return true;
  }

  @Override
  public boolean isUsingCompression() {
    return false;
  }

  @Override
  protected void loginInternal(String username, String password, Resourcepart resource)
      throws XMPPException, SmackException, IOException, InterruptedException {
    authenticate(username, password, config.getAuthzid(), null);
    bindResourceAndEstablishSession(resource);
    afterSuccessfulLogin(false);
  }

  /** XEP-0206 5: in place of another stream header. */
  @Override
  protected void afterSaslAuthenticationSuccess() throws NotConnectedException {
    lastFeaturesReceived = false;
    require(requests.restart());
  }

  @Override
  public void sendNonza(Nonza element) throws NotConnectedException {
    queue(element);
  }

  @Override
  protected void sendStanzaInternal(Stanza stanza) throws NotConnectedException {
    queue(stanza);
    firePacketSendingListeners(stanza);
  }

  private void queue(TopLevelStreamElement element) throws NotConnectedException {
    require(requests.send(element.toXML(BoshBody.NAMESPACE).toString()));
  }

  private void require(boolean open) throws NotConnectedException {
    if (!open) {
      throw new NotConnectedException();
    }
  }

  private void take(BoshBody body) throws Exception {
    XmlPullParser parser = body.parser();
    for (XmlPullParser.Event event = parser.next();
        event != XmlPullParser.Event.END_DOCUMENT;
        event = parser.next()) {
      if (event == XmlPullParser.Event.START_ELEMENT) {
        take(parser);
      }
    }
    if (body.ends()) {
      throw new IOException(
          "the server ended the session: "
              + body.attribute("condition").orElse("without a reason"));
    }
  }

  private void take(XmlPullParser parser) throws Exception {
    switch (parser.getName()) {
      case "message", "iq", "presence" -> parseAndProcessStanza(parser);
      case "features" -> parseFeaturesAndNotify(parser);
      case "error" -> throw new StreamErrorException(PacketParserUtils.parseStreamError(parser));
      default -> parseAndProcessNonza(parser);
    }
  }

  @Override
  protected void processStanza(Stanza stanza) throws InterruptedException {
    if (!taker.test(stanza)) {
      super.processStanza(stanza);
    }
  }

  @Override
  protected void shutdown() {
    try {
      requests.leave(getReplyTimeout());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    instantShutdown();
  }

  @Override
  public void instantShutdown() {
    setWasAuthenticated();
    authenticated = false;
    connected = false;
    requests.cut();
  }

  @Override
  public void cut() {
    instantShutdown();
  }
}
