// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.fixture.TestPki;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SealingTest {
  private static final byte[] CONTENT = "{\"type\":\"command\",\"v\":1}".getBytes(UTF_8);

  private final TestPki pki = new TestPki();
  private final SigningIdentity op1 = pki.operator("op-1", "*");
  private final SigningIdentity op2 = pki.operator("op-2", "branch-60");
  private final Instant now = pki.now();

  @Test
  void theContentComesOutAsItWentIn() {
    assertThat(pki.trust().open(Sealer.seal(CONTENT, op1), now).content()).isEqualTo(CONTENT);
  }

  @Test
  void theSignerIsNamedByItsCertificate() {
    Opened opened = pki.trust().open(Sealer.seal(CONTENT, op1), now);
    assertThat(opened.soleSigner()).isEqualTo(op1.certified());
  }

  @Test
  void theDigestIsOfTheContent() {
    assertThat(pki.trust().open(Sealer.seal(CONTENT, op1), now).digest())
        .isEqualTo(Digest.of(CONTENT));
  }

  @Test
  void theClaimedTimeIsTheOneGiven() {
    Instant claimed = Instant.parse("2026-05-31T23:59:58Z");
    assertThat(pki.trust().open(Sealer.seal(CONTENT, claimed, op1), now).signatures())
        .extracting(Signature::claimedAt)
        .containsExactly(claimed);
  }

  @Test
  void twoMaySealTogether() {
    assertThat(pki.trust().open(Sealer.seal(CONTENT, op1, op2), now).signers())
        .containsExactlyInAnyOrder(op1.certified(), op2.certified());
  }

  @Test
  void aSecondSignatureMayBeAddedLater() {
    Sealed both = Sealer.cosign(Sealer.seal(CONTENT, op1), op2);
    assertThat(pki.trust().open(both, now).signers())
        .containsExactlyInAnyOrder(op1.certified(), op2.certified());
  }

  @Test
  void nobodyCosignsTwice() {
    Sealed sealed = Sealer.seal(CONTENT, op1);
    assertThatThrownBy(() -> Sealer.cosign(sealed, op1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void twoCertificatesOfOneAccountAreNotTwoPersons() {
    SigningIdentity again = pki.operator("op-1", "branch-60");
    Sealed sealed = Sealer.seal(CONTENT, op1, again);
    assertRefused(Reason.MALFORMED, () -> pki.trust().open(sealed, now));
  }

  @Test
  void aSoleSignerIsNotSaidOfTwo() {
    Opened opened = pki.trust().open(Sealer.seal(CONTENT, op1, op2), now);
    assertRefused(Reason.MALFORMED, opened::soleSigner);
  }

  @Test
  void aForeignAuthoritysSignerIsUntrusted() {
    SigningIdentity foreign = new TestPki().operator("op-1", "*");
    assertRefused(Reason.UNTRUSTED, () -> pki.trust().open(Sealer.seal(CONTENT, foreign), now));
  }

  @Test
  void oneUntrustedSignerOfTwoIsOneTooMany() {
    SigningIdentity foreign = new TestPki().operator("op-2", "*");
    assertRefused(
        Reason.UNTRUSTED, () -> pki.trust().open(Sealer.seal(CONTENT, op1, foreign), now));
  }

  @Test
  void anExpiredCertificateIsUntrustedEvenForWhatItSignedBefore() {
    Trust trust = pki.trust();
    Sealed sealed = Sealer.seal(CONTENT, now, op1);
    trust.open(sealed, now);
    assertRefused(
        Reason.UNTRUSTED, () -> trust.open(sealed, now.plus(Duration.ofDays(365)).plusSeconds(1)));
  }

  @Test
  void aCertificateOfTheFutureIsUntrusted() {
    assertRefused(
        Reason.UNTRUSTED,
        () -> pki.trust().open(Sealer.seal(CONTENT, op1), now.minus(Duration.ofHours(1))));
  }

  @Test
  void aRevokedSignerIsRefused() {
    pki.revoke(op1);
    assertRefused(Reason.REVOKED, () -> pki.trust().open(Sealer.seal(CONTENT, op1), now));
  }

  @Test
  void aRevocationReachesTrustThatKnewTheCertificate() {
    Trust before = pki.trust();
    before.certify(op1.certified().certificate(), now);
    Trust after = before.withCrl(pki.revoke(op1).crl());
    assertRefused(Reason.REVOKED, () -> after.certify(op1.certified().certificate(), now));
  }

  @Test
  void contentAbove64KibIsTooLarge() {
    byte[] content = new byte[Sealed.MAX_BYTES + 1];
    assertRefused(Reason.TOO_LARGE, () -> Sealer.seal(content, op1));
  }

  @Test
  void contentThatOnlyItsSignatureMakesTooLargeIsTooLarge() {
    byte[] content = new byte[Sealed.MAX_BYTES - 100];
    assertRefused(Reason.TOO_LARGE, () -> Sealer.seal(content, op1));
  }

  static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.refusal().reason()).isEqualTo(reason));
  }
}
