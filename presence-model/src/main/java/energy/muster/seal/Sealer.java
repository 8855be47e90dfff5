// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.time.Clock;
import java.time.Instant;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.x509.Certificate;

/** Seals documents: CMS SignedData around the content exactly as given. */
public final class Sealer {
  private Sealer() {}

  /** Seals content now; see {@link #seal(byte[], Instant, SigningIdentity...)}. */
  public static Sealed seal(byte[] content, SigningIdentity... signers) {
    return seal(content, Clock.systemUTC().instant(), signers);
  }

  /**
   * Seals content for one or more distinct signers. What comes to more than 64 KiB with its
   * signatures and certificates is refused as too large.
   *
   * @param claimedAt what the signatures say of their time, to the second; nobody judges by it
   */
  public static Sealed seal(byte[] content, Instant claimedAt, SigningIdentity... signers) {
    if (signers.length == 0) {
      throw new IllegalArgumentException("a sealed document has at least one signer");
    }
    // Refused here, before it is hashed and copied for nothing.
    if (content.length > Sealed.MAX_BYTES) {
      throw new Refused(Reason.TOO_LARGE, "a sealed document has at most 64 KiB");
    }
    CmsDocument document = CmsDocument.unsigned(content);
    for (SigningIdentity signer : signers) {
      document = sign(document, signer, claimedAt);
    }
    return new Sealed(document.encode());
  }

  /** Adds a second signature now; see {@link #cosign(Sealed, Instant, SigningIdentity)}. */
  public static Sealed cosign(Sealed sealed, SigningIdentity signer) {
    return cosign(sealed, Clock.systemUTC().instant(), signer);
  }

  /**
   * Adds a signature to a document that others have signed. Theirs are kept and not checked:
   * whoever cosigns has opened the document before.
   */
  public static Sealed cosign(Sealed sealed, Instant claimedAt, SigningIdentity signer) {
    return new Sealed(sign(CmsDocument.parse(sealed.der()), signer, claimedAt).encode());
  }

  private static CmsDocument sign(
      CmsDocument document, SigningIdentity identity, Instant claimedAt) {
    Certificate certificate = identity.holder().toASN1Structure();
    if (document.signers().stream().anyMatch(other -> other.certificate().equals(certificate))) {
      throw new IllegalArgumentException(identity.certified().jid() + " has already signed");
    }
    SignedAttributes attributes =
        SignedAttributes.make(
            Digest.sha256().digest(document.content().getOctets()),
            identity.certificateDigest(),
            claimedAt);
    SignerInfo info =
        new SignerInfo(
            new SignerIdentifier(new IssuerAndSerialNumber(certificate)),
            CmsDocument.SHA256,
            attributes.set(),
            CmsDocument.ECDSA_SHA256,
            new DEROctetString(Ecdsa.sign(attributes.signedDigest(), identity.key())),
            null);
    return document.with(new CmsDocument.Signer(info, attributes, certificate));
  }
}
