// SPDX-License-Identifier: Apache-2.0
package energy.muster.identity;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;

/**
 * A certificate as it was issued. What a parser makes of it takes several times the memory, which
 * counts where thousands of devices are known.
 */
public final class CertificateDer {
  private final byte[] der;

  private CertificateDer(byte[] der) {
    this.der = der;
  }

  public static CertificateDer of(byte[] der) {
    return new CertificateDer(der.clone());
  }

  public static CertificateDer of(X509Certificate certificate) throws CertificateEncodingException {
    return new CertificateDer(certificate.getEncoded());
  }

  public byte[] bytes() {
    return der.clone();
  }

  public X509Certificate decode() throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CertificateDer that && Arrays.equals(der, that.der);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(der);
  }

  @Override
  public String toString() {
    return "certificate of " + der.length + " bytes";
  }
}
