// SPDX-License-Identifier: Apache-2.0
package energy.muster.identity;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.OtherName;

/** How a certificate names its holder's account and roles. */
public final class CertificateProfile {
  /** RFC 6120 13.7.1.4: id-on-xmppAddr. */
  private static final ASN1ObjectIdentifier XMPP_ADDRESS =
      new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.5");

  private static final String SUBJECT_ALT_NAME = "2.5.29.17";

  private CertificateProfile() {}

  /** The SubjectAltName entry for an account. */
  public static GeneralName xmppAddress(BareJid jid) {
    return new GeneralName(
        GeneralName.otherName, new OtherName(XMPP_ADDRESS, new DERUTF8String(jid.toString())));
  }

  static Certified read(X509Certificate certificate) {
    try {
      ASN1Primitive roles =
          extension(certificate, UserRoles.OID.getId())
              .orElseThrow(() -> untrusted(certificate, "it carries no roles and never signs"));
      return new Certified(
          jid(certificate),
          UserRoles.decode(roles),
          certificate.getSerialNumber(),
          fingerprint(certificate),
          certificate.getNotBefore().toInstant(),
          certificate.getNotAfter().toInstant(),
          CertificateDer.of(certificate));
    } catch (Refused e) {
      throw e.refusal().reason() == Reason.UNTRUSTED
          ? e
          : untrusted(certificate, e.refusal().text());
    } catch (IOException | CertificateEncodingException | RuntimeException e) {
      // The parser answers strange extensions with many kinds of unchecked exception.
      throw untrusted(certificate, "its extensions cannot be read");
    }
  }

  private static BareJid jid(X509Certificate certificate) throws IOException {
    ASN1Primitive names =
        extension(certificate, SUBJECT_ALT_NAME)
            .orElseThrow(() -> untrusted(certificate, "it names no account"));
    List<BareJid> found = new ArrayList<>();
    for (GeneralName name : GeneralNames.getInstance(names).getNames()) {
      if (name.getTagNo() == GeneralName.otherName) {
        OtherName other = OtherName.getInstance(name.getName());
        if (other.getTypeID().equals(XMPP_ADDRESS)) {
          found.add(BareJid.parse(ASN1UTF8String.getInstance(other.getValue()).getString()));
        }
      }
    }
    if (found.size() != 1) {
      throw untrusted(certificate, "it names " + found.size() + " accounts instead of one");
    }
    return found.get(0);
  }

  private static Optional<ASN1Primitive> extension(X509Certificate certificate, String oid)
      throws IOException {
    byte[] wrapped = certificate.getExtensionValue(oid);
    if (wrapped == null) {
      return Optional.empty();
    }
    return Optional.of(
        ASN1Primitive.fromByteArray(ASN1OctetString.getInstance(wrapped).getOctets()));
  }

  private static String fingerprint(X509Certificate certificate)
      throws CertificateEncodingException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static Refused untrusted(X509Certificate certificate, String why) {
    return new Refused(
        Reason.UNTRUSTED, "certificate " + certificate.getSerialNumber().toString(16) + ": " + why);
  }
}
