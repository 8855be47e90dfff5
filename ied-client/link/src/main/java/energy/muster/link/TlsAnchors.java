// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Collection;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Trusts the certificates of one PEM file and nothing that came with the JDK. */
final class TlsAnchors {
  private TlsAnchors() {}

  /** Fails when the file cannot be read or holds no certificate. */
  static X509TrustManager load(Path pem) throws IOException {
    try (InputStream in = Files.newInputStream(pem)) {
      Collection<? extends Certificate> anchors =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (anchors.isEmpty()) {
        throw new IOException(pem + " holds no certificate");
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (Certificate anchor : anchors) {
        store.setCertificateEntry("anchor-" + store.size(), anchor);
      }
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      return Arrays.stream(trust.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .map(X509TrustManager.class::cast)
          .findFirst()
          .orElseThrow(() -> new IOException("this Java checks no X.509 certificates"));
    } catch (GeneralSecurityException e) {
      throw new IOException(pem + " cannot be used: " + e.getMessage(), e);
    }
  }
}
