// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Null;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * The profile of CMS SignedData that Muster speaks, and nothing besides: DER, attached content of
 * type data, SHA-256, ECDSA, one certificate a signer, no CRLs, no unsigned attributes. Whoever
 * finds two readings of one document finds none here.
 */
record CmsDocument(ASN1OctetString content, List<Signer> signers) {
  static final AlgorithmIdentifier SHA256 =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);
  static final AlgorithmIdentifier ECDSA_SHA256 =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

  private static final int MAX_SIGNERS = 8;

  /** One signer's part, with the certificate that it names. */
  record Signer(SignerInfo info, SignedAttributes attributes, Certificate certificate) {
    byte[] certificateDer() {
      return encode(certificate);
    }
  }

  CmsDocument {
    signers = List.copyOf(signers);
  }

  /** Reads DER; whatever is not of the profile is refused as malformed. */
  static CmsDocument parse(byte[] der) {
    DerShape.check(der);
    try {
      ASN1Primitive primitive = ASN1Primitive.fromByteArray(der);
      if (!Arrays.equals(primitive.getEncoded(ASN1Encoding.DER), der)) {
        throw malformed("it is not DER");
      }
      ContentInfo info = ContentInfo.getInstance(primitive);
      if (!info.getContentType().equals(CMSObjectIdentifiers.signedData)) {
        throw malformed("it is no SignedData");
      }
      return read(SignedData.getInstance(info.getContent()));
    } catch (IOException | RuntimeException e) {
      // The parser answers hostile bytes with many kinds of unchecked exception.
      throw e instanceof Refused refused ? refused : malformed("it cannot be parsed");
    }
  }

  private static CmsDocument read(SignedData data) {
    require(data.getVersion().hasValue(1), "its version is not 1");
    require(data.getCRLs() == null, "it carries CRLs");
    require(data.getDigestAlgorithms().size() == 1, "it has not exactly one digest algorithm");
    require(isSha256(data.getDigestAlgorithms().getObjectAt(0)), "its digest is not SHA-256");
    require(
        data.getEncapContentInfo().getContentType().equals(CMSObjectIdentifiers.data),
        "its content is not of type data");
    require(data.getEncapContentInfo().getContent() != null, "its content is detached");
    ASN1OctetString content = ASN1OctetString.getInstance(data.getEncapContentInfo().getContent());
    ASN1Set infos = data.getSignerInfos();
    require(infos.size() > 0, "nobody signed it");
    require(infos.size() <= MAX_SIGNERS, "more than " + MAX_SIGNERS + " signed it");
    require(data.getCertificates() != null, "its signers' certificates are missing");
    return new CmsDocument(content, signers(infos, data.getCertificates()));
  }

  private static List<Signer> signers(ASN1Set infos, ASN1Set certificates) {
    Map<ASN1Primitive, Certificate> byName = new HashMap<>();
    for (ASN1Encodable element : certificates) {
      Certificate certificate = Certificate.getInstance(element);
      IssuerAndSerialNumber name =
          new IssuerAndSerialNumber(
              certificate.getIssuer(), certificate.getSerialNumber().getValue());
      require(byName.put(name.toASN1Primitive(), certificate) == null, "a certificate is twice");
    }
    List<Signer> signers = new ArrayList<>(infos.size());
    for (ASN1Encodable element : infos) {
      SignerInfo info = SignerInfo.getInstance(element);
      require(info.getVersion().hasValue(1), "a signer is not named by issuer and serial");
      require(info.getUnauthenticatedAttributes() == null, "it has unsigned attributes");
      require(info.getAuthenticatedAttributes() != null, "it has no signed attributes");
      require(isSha256(info.getDigestAlgorithm()), "a signer's digest is not SHA-256");
      require(
          info.getDigestEncryptionAlgorithm().equals(ECDSA_SHA256),
          "a signature is not ECDSA with SHA-256");
      IssuerAndSerialNumber name = IssuerAndSerialNumber.getInstance(info.getSID().getId());
      Certificate certificate = byName.remove(name.toASN1Primitive());
      require(certificate != null, "a signer's certificate is missing, or it signed twice");
      signers.add(
          new Signer(info, SignedAttributes.read(info.getAuthenticatedAttributes()), certificate));
    }
    require(byName.isEmpty(), "it carries a certificate of nobody who signed");
    return signers;
  }

  // RFC 5754 2: the parameters should be absent; NULL must be accepted.
  private static boolean isSha256(ASN1Encodable element) {
    AlgorithmIdentifier algorithm = AlgorithmIdentifier.getInstance(element);
    return algorithm.getAlgorithm().equals(NISTObjectIdentifiers.id_sha256)
        && (algorithm.getParameters() == null
            || algorithm.getParameters().toASN1Primitive() instanceof ASN1Null);
  }

  byte[] encode() {
    ASN1EncodableVector certificates = new ASN1EncodableVector();
    ASN1EncodableVector infos = new ASN1EncodableVector();
    for (Signer signer : signers) {
      certificates.add(signer.certificate());
      infos.add(signer.info());
    }
    SignedData data =
        new SignedData(
            new DERSet(SHA256),
            new ContentInfo(CMSObjectIdentifiers.data, content),
            new DERSet(certificates),
            null,
            new DERSet(infos));
    return encode(new ContentInfo(CMSObjectIdentifiers.signedData, data));
  }

  static CmsDocument unsigned(byte[] content) {
    return new CmsDocument(new DEROctetString(content), List.of());
  }

  CmsDocument with(Signer signer) {
    List<Signer> more = new ArrayList<>(signers);
    more.add(signer);
    return new CmsDocument(content, more);
  }

  private static byte[] encode(ASN1Encodable value) {
    try {
      return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("what was parsed or made always encodes", e);
    }
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw malformed(otherwise);
    }
  }

  private static Refused malformed(String why) {
    return new Refused(Reason.MALFORMED, "the sealed document is not of our profile: " + why);
  }
}
