// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;

/**
 * What a signer signs beside the content: its type and digest, the time, and the digest of the
 * signer's own certificate (RFC 5035), so that no other certificate over the same key can be put in
 * its place.
 */
final class SignedAttributes {
  private static final ASN1ObjectIdentifier SIGNING_CERTIFICATE =
      PKCSObjectIdentifiers.id_aa_signingCertificateV2;
  private static final int ATTRIBUTES = 4;

  private final ASN1Set set;
  private final byte[] contentDigest;
  private final byte[] certificateDigest;
  private final Instant claimedAt;

  private SignedAttributes(
      ASN1Set set, byte[] contentDigest, byte[] certificateDigest, Instant claimedAt) {
    this.set = set;
    this.contentDigest = contentDigest;
    this.certificateDigest = certificateDigest;
    this.claimedAt = claimedAt;
  }

  static SignedAttributes make(byte[] contentDigest, byte[] certificateDigest, Instant claimedAt) {
    ASN1EncodableVector attributes = new ASN1EncodableVector();
    attributes.add(attribute(CMSAttributes.contentType, PKCSObjectIdentifiers.data));
    attributes.add(attribute(CMSAttributes.messageDigest, new DEROctetString(contentDigest)));
    attributes.add(attribute(CMSAttributes.signingTime, new Time(Date.from(claimedAt))));
    attributes.add(
        attribute(
            SIGNING_CERTIFICATE, new SigningCertificateV2(new ESSCertIDv2(certificateDigest))));
    return new SignedAttributes(
        new DERSet(attributes), contentDigest, certificateDigest, claimedAt);
  }

  private static Attribute attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
    return new Attribute(type, new DERSet(value));
  }

  /** Takes exactly the four attributes, one value each; parsing may throw whatever it throws. */
  static SignedAttributes read(ASN1Set set) {
    Map<ASN1ObjectIdentifier, ASN1Encodable> values = new HashMap<>();
    for (ASN1Encodable element : set) {
      Attribute attribute = Attribute.getInstance(element);
      if (attribute.getAttrValues().size() != 1
          || values.put(attribute.getAttrType(), attribute.getAttrValues().getObjectAt(0))
              != null) {
        throw new Refused(Reason.MALFORMED, "a signed attribute has not exactly one value");
      }
    }
    if (values.size() != ATTRIBUTES
        || !PKCSObjectIdentifiers.data.equals(value(values, CMSAttributes.contentType))) {
      throw new Refused(
          Reason.MALFORMED,
          "the signed attributes must be content type (data), message digest, signing time and"
              + " signing certificate");
    }
    return new SignedAttributes(
        set,
        ASN1OctetString.getInstance(value(values, CMSAttributes.messageDigest)).getOctets(),
        namedCertificate(SigningCertificateV2.getInstance(value(values, SIGNING_CERTIFICATE))),
        Time.getInstance(value(values, CMSAttributes.signingTime)).getDate().toInstant());
  }

  private static ASN1Encodable value(
      Map<ASN1ObjectIdentifier, ASN1Encodable> values, ASN1ObjectIdentifier type) {
    ASN1Encodable value = values.get(type);
    if (value == null) {
      throw new Refused(Reason.MALFORMED, "the signed attribute " + type + " is missing");
    }
    return value;
  }

  private static byte[] namedCertificate(SigningCertificateV2 attribute) {
    ESSCertIDv2[] named = attribute.getCerts();
    if (named.length != 1
        || !named[0].getHashAlgorithm().getAlgorithm().equals(NISTObjectIdentifiers.id_sha256)) {
      throw new Refused(Reason.MALFORMED, "not exactly one signing certificate is named");
    }
    return named[0].getCertHash();
  }

  boolean name(Digest content, Digest certificate) {
    return MessageDigest.isEqual(contentDigest, content.bytes())
        && MessageDigest.isEqual(certificateDigest, certificate.bytes());
  }

  /** When the signer says it signed. */
  Instant claimedAt() {
    return claimedAt;
  }

  ASN1Set set() {
    return set;
  }

  /** RFC 5652 5.4: what is signed is the DER of the SET OF, not its implicitly tagged form. */
  byte[] signedDigest() {
    try {
      return Digest.sha256().digest(set.getEncoded(ASN1Encoding.DER));
    } catch (IOException e) {
      throw new IllegalStateException("what was parsed or made always encodes", e);
    }
  }
}
