// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.refusal.Refused;
import energy.muster.seal.Trust;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The site's certificate authorities and its current revocation list, as files beside the server.
 */
final class TrustFiles {
  private static final Logger LOG = LoggerFactory.getLogger(TrustFiles.class);

  private final Optional<Path> crl;
  private Trust trust;
  private Stamp seen = Stamp.NONE;
  private String complaint = "";

  private record Stamp(Optional<FileTime> modified, long size) {
    static final Stamp NONE = new Stamp(Optional.empty(), -1);
  }

  /**
   * Reads the authorities.
   *
   * @param anchors PEM of one or more certificates
   * @param crl PEM or DER; absent where the list is only brought over the network
   */
  TrustFiles(Path anchors, Optional<Path> crl) throws IOException, GeneralSecurityException {
    this.crl = crl;
    try (InputStream in = Files.newInputStream(anchors)) {
      List<X509Certificate> authorities =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      this.trust = Trust.of(authorities);
    }
  }

  synchronized Trust trust() {
    return trust;
  }

  /**
   * Looks at the file again. The newer trust if it changed and is good; a bad one is logged once.
   */
  synchronized Optional<Trust> reread() {
    if (crl.isEmpty()) {
      return Optional.empty();
    }
    Path file = crl.get();
    try {
      Stamp stamp = new Stamp(Optional.of(Files.getLastModifiedTime(file)), Files.size(file));
      if (stamp.equals(seen)) {
        return Optional.empty();
      }
      seen = stamp;
      complaint = "";
      trust = trust.withCrl(der(Files.readAllBytes(file)));
      LOG.info("Revocation list {} is read from {}", trust.crlNumber(), file);
      return Optional.of(trust);
    } catch (IOException | GeneralSecurityException e) {
      complain("Cannot read the revocation list: " + e);
    } catch (Refused e) {
      complain("The revocation list " + file + " is not taken: " + e.refusal());
    }
    return Optional.empty();
  }

  private void complain(String text) {
    if (!text.equals(complaint)) {
      complaint = text;
      LOG.warn(text);
    }
  }

  private static byte[] der(byte[] bytes) throws GeneralSecurityException {
    X509CRL list =
        (X509CRL)
            CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(bytes));
    return list.getEncoded();
  }
}
