// SPDX-License-Identifier: Apache-2.0
package energy.muster.pki;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/** Certificates and lists as text (RFC 7468). */
public final class Pem {
  private static final int LINE = 64;

  private Pem() {}

  public static String encode(X509Certificate certificate) {
    try {
      return encode("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read encodes", e);
    }
  }

  /**
   * Any DER under a label.
   *
   * @param label such as {@code X509 CRL}
   */
  public static String encode(String label, byte[] der) {
    String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  /** Reads a file's certificates, in PEM or DER; a file without any is an error. */
  public static List<X509Certificate> certificates(Path file) throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(file);
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (certificates.isEmpty()) {
        throw new IOException(file + " holds no certificate");
      }
      return certificates;
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + file, e);
    } catch (CertificateException e) {
      throw new IOException(file + " holds no certificate that can be read", e);
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }
}
