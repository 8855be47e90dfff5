// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import energy.muster.identity.Certified;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * What never changes about a certificate: who issued it, what it says and with which key it signs.
 * Checked once and kept, so that a signature costs one verification and not two. Only certificates
 * that our own authorities issued are kept, so that strangers cannot fill the memory.
 */
final class Verdicts {
  private static final int MAX_KEPT = 16_384;

  /**
   * A certificate that one of the anchors issued for signing, with a key that can.
   *
   * @param anchors every certificate of the authority that issued it, never empty
   * @param key a point on P-256, which {@link SignerKey#of} reads
   * @param signed whether a signature with its key was verified
   */
  record Verdict(
      Certified certified,
      List<X509Certificate> anchors,
      SubjectPublicKeyInfo key,
      AtomicBoolean signed) {}

  private final Set<X509Certificate> anchors;
  private final ConcurrentHashMap<Digest, Verdict> kept = new ConcurrentHashMap<>();

  Verdicts(Set<X509Certificate> anchors) {
    this.anchors = anchors;
  }

  /** The verdict on a certificate, or its refusal as untrusted. */
  Verdict on(byte[] der, Digest digest) {
    Verdict known = kept.get(digest);
    if (known != null) {
      return known;
    }
    Verdict verdict = judge(der);
    if (kept.size() >= MAX_KEPT) {
      kept.clear();
    }
    kept.put(digest, verdict);
    return verdict;
  }

  private Verdict judge(byte[] der) {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      X509Certificate certificate =
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
      List<X509Certificate> issuers = issuers(factory, certificate);
      requireSigner(certificate);
      SubjectPublicKeyInfo key =
          SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded());
      // Refuses any other kind of key; the tables of this one come later.
      var unused = SignerKey.of(key);
      return new Verdict(Certified.of(certificate), issuers, key, new AtomicBoolean());
    } catch (CertificateException e) {
      throw new Refused(Reason.UNTRUSTED, "the signer's certificate cannot be read");
    }
  }

  private List<X509Certificate> issuers(CertificateFactory factory, X509Certificate certificate)
      throws CertificateException {
    List<X509Certificate> issuers = new ArrayList<>();
    for (X509Certificate anchor : anchors) {
      if (certificate.getIssuerX500Principal().equals(anchor.getSubjectX500Principal())
          && issued(factory, anchor, certificate)) {
        issuers.add(anchor);
      }
    }
    if (issuers.isEmpty()) {
      throw untrusted(certificate, "was not issued by an authority of this site");
    }
    return List.copyOf(issuers);
  }

  private static boolean issued(
      CertificateFactory factory, X509Certificate anchor, X509Certificate certificate)
      throws CertificateException {
    try {
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
      // Revocation and the validity at the moment are asked at each opening; here, only the rest.
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(certificate.getNotBefore().toInstant()));
      CertPathValidator.getInstance("PKIX")
          .validate(factory.generateCertPath(List.of(certificate)), parameters);
      return true;
    } catch (CertPathValidatorException e) {
      return false;
    } catch (GeneralSecurityException e) {
      if (e instanceof CertificateException unreadable) {
        throw unreadable;
      }
      throw new IllegalStateException("every Java platform validates PKIX paths", e);
    }
  }

  private static void requireSigner(X509Certificate certificate)
      throws CertificateParsingException {
    if (certificate.getBasicConstraints() >= 0) {
      throw untrusted(certificate, "is an authority's and signs no documents");
    }
    boolean[] usage = certificate.getKeyUsage();
    if (usage == null || !usage[0]) {
      throw untrusted(certificate, "is not for digital signatures");
    }
    List<String> extended = certificate.getExtendedKeyUsage();
    if (extended != null
        && (extended.contains(KeyPurposeId.id_kp_serverAuth.getId())
            || extended.contains(KeyPurposeId.id_kp_clientAuth.getId()))) {
      throw untrusted(certificate, "is for TLS and signs no documents");
    }
  }

  private static Refused untrusted(X509Certificate certificate, String why) {
    return new Refused(
        Reason.UNTRUSTED, "certificate " + certificate.getSerialNumber().toString(16) + " " + why);
  }
}
