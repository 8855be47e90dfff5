// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import energy.muster.fixture.TestPki;
import energy.muster.identity.Area;
import energy.muster.identity.Role;
import energy.muster.pki.CertificateAuthority;
import energy.muster.pki.Revocation;
import energy.muster.pki.RevocationReason;
import energy.muster.pki.Subject;
import energy.muster.refusal.Reason;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

/** An authority whose certificate was renewed over the same key, while both are believed. */
class RenewedAuthorityTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final Duration YEAR = Duration.ofDays(365);

  private final KeyPair key = key();
  private final X509Certificate old = certificate(1, NOW.minus(YEAR), NOW.minusSeconds(1));
  private final X509Certificate renewed = certificate(2, NOW.minus(YEAR), NOW.plus(YEAR));
  private final CertificateAuthority authority =
      CertificateAuthority.of(
          new Credentials(key.getPrivate(), List.of(renewed)), InstantSource.fixed(NOW));
  private final SigningIdentity person =
      authority.issue(Subject.of(TestPki.jid("op-1"), Role.OPERATOR, Area.ALL)).identity();

  RenewedAuthorityTest() throws Exception {}

  private static KeyPair key() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private X509Certificate certificate(int serial, Instant from, Instant until) throws Exception {
    X500Name name = new X500Name("O=test-site,CN=test-site authority");
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.valueOf(serial),
            Date.from(from),
            Date.from(until),
            name,
            key.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
  }

  private Trust trust(Revocation... revoked) {
    return Trust.of(old, renewed)
        .withCrl(authority.crl(BigInteger.ONE, Duration.ofHours(1), List.of(revoked)));
  }

  private Sealed sealed() {
    return Sealer.seal("{}".getBytes(UTF_8), NOW, person);
  }

  @Test
  void oneRevocationListOfItsKeyIsEnough() {
    Trust trust = trust();
    assertThat(trust.stale(NOW)).isFalse();
    assertThat(trust.complete()).isTrue();
    assertThat(trust.crls()).hasSize(1);
    assertThat(trust.stale(NOW.plus(Duration.ofHours(2)))).isTrue();
  }

  @Test
  void whatItIssuedIsBelievedByTheCertificateThatHolds() {
    assertThatCode(() -> trust().open(sealed(), NOW)).doesNotThrowAnyException();
    assertThatCode(() -> Trust.of(renewed, old).open(sealed(), NOW)).doesNotThrowAnyException();
  }

  @Test
  void whatItRevokedIsRevokedWhicheverOfThemIsNamedFirst() {
    Revocation revocation =
        new Revocation(person.certified().serial(), NOW, RevocationReason.KEY_COMPROMISE);
    SealingTest.assertRefused(Reason.REVOKED, () -> trust(revocation).open(sealed(), NOW));
  }

  @Test
  void withNoneThatHoldsAnyMoreNothingIsBelieved() {
    SealingTest.assertRefused(Reason.UNTRUSTED, () -> Trust.of(old).open(sealed(), NOW));
  }
}
