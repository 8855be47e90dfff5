// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import static energy.muster.seal.SealingTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.identity.CertificateDer;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

/** Certificates that our own authority signed and that still may not sign documents. */
class ForgedSignerTest {
  private final Forge forge;

  ForgedSignerTest() throws Exception {
    forge = new Forge();
  }

  @Test
  void anHonestForgeryShowsThatTheForgeWorks() throws Exception {
    Sealed honest = Forge.honest(forge.signer(new Forge.Profile()));
    assertThat(forge.trust().open(honest, Forge.NOW).content()).isEqualTo(Forge.CONTENT);
  }

  @Test
  void aKeyOnAnotherCurveIsUntrusted() throws Exception {
    refuse("P-256", forge.signer(new Forge.Profile().key(Forge.ec("secp384r1"))));
  }

  @Test
  void anRsaKeyIsUntrusted() throws Exception {
    CertificateDer certificate =
        CertificateDer.of(forge.signer(new Forge.Profile().key(Forge.rsa())).certificate());
    assertRefused(Reason.UNTRUSTED, () -> forge.trust().certify(certificate, Forge.NOW));
  }

  @Test
  void aCertificateWithoutRolesIsUntrusted() throws Exception {
    refuse("no roles", forge.signer(new Forge.Profile().withoutRoles()));
  }

  @Test
  void aTlsCertificateIsUntrustedEvenWithRoles() throws Exception {
    refuse("for TLS", forge.signer(new Forge.Profile().forTls()));
  }

  @Test
  void anAuthoritysCertificateIsUntrustedEvenWithRoles() throws Exception {
    refuse(
        "authority's",
        forge.signer(
            new Forge.Profile()
                .asAuthority()
                .usage(KeyUsage.keyCertSign | KeyUsage.digitalSignature)));
  }

  @Test
  void theAuthorityItselfSignsNoDocuments() throws Exception {
    refuse("authority's", forge.authoritySigner());
  }

  @Test
  void aCertificateThatIsNotForSignaturesIsUntrusted() throws Exception {
    refuse("digital signatures", forge.signer(new Forge.Profile().usage(KeyUsage.keyAgreement)));
  }

  @Test
  void anAuthorityOfTheSameNameIsAnother() throws Exception {
    Sealed foreign = Forge.honest(new Forge().signer(new Forge.Profile()));
    assertRefused(Reason.UNTRUSTED, () -> forge.trust().open(foreign, Forge.NOW));
  }

  private void refuse(String because, Forge.Signer signer) throws Exception {
    Sealed sealed = Forge.honest(signer);
    assertThatThrownBy(() -> forge.trust().open(sealed, Forge.NOW))
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.refusal().reason()).isEqualTo(Reason.UNTRUSTED))
        .hasMessageContaining(because);
  }
}
