// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.BERTaggedObject;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.cms.CMSAttributeTableGenerator;
import org.bouncycastle.cms.CMSSignedData;
import org.junit.jupiter.api.Test;

/** Documents of honest signers whose wrapping somebody changed. */
class ForgedCmsTest {
  private final Forge forge;
  private final Forge.Signer signer;
  private final Forge.Signer other;

  ForgedCmsTest() throws Exception {
    forge = new Forge();
    signer = forge.signer(new Forge.Profile());
    other = forge.signer(new Forge.Profile());
  }

  @Test
  void detachedContentIsMalformed() throws Exception {
    refuse(Reason.MALFORMED, "detached", honestly().detached().make());
  }

  @Test
  void aDocumentThatNobodySignedIsMalformed() throws Exception {
    SignedData data = data(Forge.honest(signer));
    refuse(
        Reason.MALFORMED, "nobody signed", rebuilt(data, data.getEncapContentInfo(), new DERSet()));
  }

  @Test
  void aSignerWithoutItsCertificateIsMalformed() throws Exception {
    refuse(
        Reason.MALFORMED,
        "certificates are missing",
        new Forge.Cms()
            .sign(signer, "SHA256withECDSA", Forge.attributes(signer.certificate()))
            .make());
  }

  @Test
  void aCertificateOfNobodyWhoSignedIsMalformed() throws Exception {
    refuse(Reason.MALFORMED, "nobody who signed", honestly().carry(other.certificate()).make());
  }

  @Test
  void aSecondSignatureOfTheSameSignerIsMalformed() throws Exception {
    refuse(
        Reason.MALFORMED,
        "signed twice",
        honestly().sign(signer, "SHA256withECDSA", Forge.attributes(signer.certificate())).make());
  }

  @Test
  void theSameSignatureTwiceIsMalformed() throws Exception {
    SignedData data = data(Forge.honest(signer));
    ASN1Encodable info = data.getSignerInfos().getObjectAt(0);
    refuse(
        Reason.MALFORMED,
        "signed twice",
        rebuilt(data, data.getEncapContentInfo(), new DERSet(new ASN1Encodable[] {info, info})));
  }

  @Test
  void anAlgorithmBelowSha256IsMalformed() throws Exception {
    refuse(
        Reason.MALFORMED,
        "SHA-256",
        new Forge.Cms()
            .sign(signer, "SHA1withECDSA", Forge.attributes(signer.certificate()))
            .carry(signer.certificate())
            .make());
  }

  @Test
  void aSignatureWithoutSignedAttributesIsMalformed() throws Exception {
    refuse(
        Reason.MALFORMED,
        "no signed attributes",
        new Forge.Cms().sign(signer, "SHA256withECDSA", null).carry(signer.certificate()).make());
  }

  @Test
  void signedAttributesThatLackOneAreMalformed() throws Exception {
    refuse(
        Reason.MALFORMED,
        "signed attributes must",
        new Forge.Cms()
            .sign(
                signer,
                "SHA256withECDSA",
                parameters ->
                    attributes(signer).getAttributes(parameters).remove(CMSAttributes.signingTime))
            .carry(signer.certificate())
            .make());
  }

  @Test
  void attributesThatNameAnothersCertificateAreABadSignature() throws Exception {
    refuse(
        Reason.BAD_SIGNATURE,
        "does not match",
        new Forge.Cms()
            .sign(signer, "SHA256withECDSA", Forge.attributes(other.certificate()))
            .carry(signer.certificate())
            .make());
  }

  @Test
  void otherContentUnderTheSameSignatureIsABadSignature() throws Exception {
    SignedData data = data(Forge.honest(signer));
    byte[] content =
        ASN1OctetString.getInstance(data.getEncapContentInfo().getContent()).getOctets();
    content[0] ^= 1;
    refuse(
        Reason.BAD_SIGNATURE,
        "does not match",
        rebuilt(
            data,
            new ContentInfo(CMSObjectIdentifiers.data, new DEROctetString(content)),
            data.getSignerInfos()));
  }

  @Test
  void unsignedAttributesAreMalformed() throws Exception {
    SignedData data = data(Forge.honest(signer));
    SignerInfo info = SignerInfo.getInstance(data.getSignerInfos().getObjectAt(0));
    SignerInfo more =
        new SignerInfo(
            info.getSID(),
            info.getDigestAlgorithm(),
            info.getAuthenticatedAttributes(),
            info.getDigestEncryptionAlgorithm(),
            info.getEncryptedDigest(),
            info.getAuthenticatedAttributes());
    refuse(
        Reason.MALFORMED,
        "unsigned attributes",
        rebuilt(data, data.getEncapContentInfo(), new DERSet(more)));
  }

  @Test
  void aStrippedSignerLeavesItsCertificateBehindAndIsMalformed() throws Exception {
    SignedData data = data(both());
    ASN1Set one = new DERSet(data.getSignerInfos().getObjectAt(0));
    refuse(Reason.MALFORMED, "nobody who signed", rebuilt(data, data.getEncapContentInfo(), one));
  }

  @Test
  void bytesAfterTheEndAreMalformed() throws Exception {
    byte[] cms = Forge.honest(signer).cms();
    refuse(Reason.MALFORMED, "bytes follow", new Sealed(Arrays.copyOf(cms, cms.length + 1)));
  }

  @Test
  void berOfTheSameDocumentIsMalformed() throws Exception {
    // As Bouncy Castle's generator makes it when nobody asks for DER: of indefinite length.
    byte[] ber = new CMSSignedData(Forge.honest(signer).cms()).toASN1Structure().getEncoded();
    SignedData data = SignedData.getInstance(ContentInfo.getInstance(ber).getContent());
    byte[] indefinite =
        new BERSequence(
                new ASN1Encodable[] {CMSObjectIdentifiers.signedData, new BERTaggedObject(0, data)})
            .getEncoded();
    refuse(Reason.MALFORMED, "indefinite", new Sealed(indefinite));
  }

  @Test
  void endlessNestingIsMalformedAndNoFault() {
    byte[] nested = new byte[Sealed.MAX_BYTES];
    for (int i = 0; i + 1 < nested.length; i += 2) {
      nested[i] = 0x30;
      nested[i + 1] = (byte) 0x80;
    }
    refuse(Reason.MALFORMED, "indefinite", new Sealed(nested));
  }

  @Test
  void nothingAtAllIsMalformed() {
    refuse(Reason.MALFORMED, "ends too early", new Sealed(new byte[0]));
  }

  @Test
  void theForgesTwoSignersAreOneAccount() throws Exception {
    assertThat(data(both()).getSignerInfos().size()).isEqualTo(2);
    refuse(Reason.MALFORMED, "signed the document twice", both());
  }

  private Forge.Cms honestly() throws Exception {
    return new Forge.Cms()
        .sign(signer, "SHA256withECDSA", Forge.attributes(signer.certificate()))
        .carry(signer.certificate());
  }

  private Sealed both() throws Exception {
    return honestly()
        .sign(other, "SHA256withECDSA", Forge.attributes(other.certificate()))
        .carry(other.certificate())
        .make();
  }

  private static CMSAttributeTableGenerator attributes(Forge.Signer signer) {
    try {
      return Forge.attributes(signer.certificate());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static SignedData data(Sealed sealed) {
    return SignedData.getInstance(Forge.parse(sealed).getContent());
  }

  private static Sealed rebuilt(SignedData data, ContentInfo content, ASN1Set infos)
      throws IOException {
    ASN1EncodableVector certificates = new ASN1EncodableVector();
    data.getCertificates().forEach(certificates::add);
    SignedData changed =
        new SignedData(data.getDigestAlgorithms(), content, new DERSet(certificates), null, infos);
    return new Sealed(
        new ContentInfo(CMSObjectIdentifiers.signedData, changed).getEncoded(ASN1Encoding.DER));
  }

  private void refuse(Reason reason, String because, Sealed sealed) {
    assertThatThrownBy(() -> forge.trust().open(sealed, Forge.NOW))
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.refusal().reason()).isEqualTo(reason))
        .hasMessageContaining(because);
  }
}
