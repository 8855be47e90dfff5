// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.security.Provider;
import java.util.Map;
import javax.security.auth.callback.CallbackHandler;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import javax.security.sasl.SaslServerFactory;
import org.jivesoftware.openfire.Connection.TLSPolicy;
import org.jivesoftware.openfire.sasl.SaslServerFactoryImpl;
import org.jivesoftware.openfire.session.LocalSession;

/**
 * Comes before Openfire's own SASL provider and refuses who has not started TLS where it is
 * required. Openfire 4.2.0 takes such a login and ends the stream only at the first stanza after
 * it.
 */
final class TlsBeforeSasl extends Provider {
  private static final long serialVersionUID = 1L;

  TlsBeforeSasl(String mechanism) {
    super("MusterTlsBeforeSasl", "1", "SASL after TLS only");
    put("SaslServerFactory." + mechanism, Factory.class.getName());
  }

  /** Made by name by the JDK. */
  public static final class Factory implements SaslServerFactory {
    private final SaslServerFactory openfire = new SaslServerFactoryImpl();

    @Override
    public SaslServer createSaslServer(
        String mechanism,
        String protocol,
        String serverName,
        Map<String, ?> properties,
        CallbackHandler callbacks)
        throws SaslException {
      if (properties.get(LocalSession.class.getCanonicalName()) instanceof LocalSession session
          && session.getConnection() != null
          && session.getConnection().getTlsPolicy() == TLSPolicy.required
          && !session.getConnection().isSecure()) {
        throw new SaslException("TLS comes first");
      }
      return openfire.createSaslServer(mechanism, protocol, serverName, properties, callbacks);
    }

    @Override
    public String[] getMechanismNames(Map<String, ?> properties) {
      return openfire.getMechanismNames(properties);
    }
  }
}
