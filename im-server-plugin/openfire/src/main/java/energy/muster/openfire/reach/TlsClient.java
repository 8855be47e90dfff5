// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.reach;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates are believed when somebody else's server is spoken to. */
final class TlsClient {
  private TlsClient() {}

  /**
   * @param anchors authorities as PEM; without them, those that Java brings
   */
  static SSLContext context(Optional<Path> anchors) throws IOException, GeneralSecurityException {
    if (anchors.isEmpty()) {
      return SSLContext.getDefault();
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(anchors.get())) {
      for (Certificate anchor : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry("anchor-" + store.size(), anchor);
      }
    }
    if (store.size() == 0) {
      throw new IOException(anchors.get() + " holds no certificate");
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
