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
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What was reckoned before excuses from nothing else. */
class HeldSignaturesTest {
  private static final byte[] CONTENT = "{\"type\":\"command\",\"v\":1}".getBytes(UTF_8);

  private final TestPki pki = new TestPki();
  private final SigningIdentity signer = pki.operator("op-1", "*");
  private final Sealed sealed = Sealer.seal(CONTENT, pki.now(), signer);

  @Test
  void whoIsRevokedMeanwhileIsRefused() {
    Trust before = pki.trust();
    before.open(sealed, pki.now());

    Trust after = before.withCrl(pki.revoke(signer).crl());

    assertRefused(Reason.REVOKED, () -> after.open(sealed, pki.now()));
  }

  @Test
  void aCertificateThatHasRunOutMeanwhileIsRefused() {
    Trust trust = pki.trust();
    trust.open(sealed, pki.now());
    Instant later = pki.now().plus(Duration.ofDays(4_000));

    assertRefused(Reason.UNTRUSTED, () -> trust.open(sealed, later));
  }

  @Test
  void eachOpeningGivesTheSame() {
    Trust trust = pki.trust();

    for (int i = 0; i < 3; i++) {
      Opened opened = trust.open(sealed, pki.now());
      assertThat(opened.content()).isEqualTo(CONTENT);
      assertThat(opened.soleSigner().jid()).isEqualTo(TestPki.jid("op-1"));
    }
  }

  @Test
  void aSignatureThatDidNotHoldDoesNotTheNextTimeEither() {
    Trust trust = pki.trust();
    byte[] altered = sealed.cms();
    altered[altered.length - 1] ^= 1;
    Sealed forged = new Sealed(altered);

    for (int i = 0; i < 3; i++) {
      assertRefused(Reason.BAD_SIGNATURE, () -> trust.open(forged, pki.now()));
    }
  }

  @Test
  void itHoldsForItsOwnDigestAndKeyAlone() {
    HeldSignatures held = new HeldSignatures();
    byte[] digest = Digest.of(CONTENT).bytes();
    byte[] other = Digest.of(new byte[0]).bytes();
    SigningIdentity one = signer;
    SigningIdentity two = pki.operator("op-2", "*");
    byte[] signature = Ecdsa.sign(digest, one.key());
    Digest first = Digest.of(new byte[] {1});
    Digest second = Digest.of(new byte[] {2});

    assertThat(held.holds(first, digest, signature, key(one))).isTrue();
    assertThat(held.holds(first, digest, signature, key(one))).isTrue();
    assertThat(held.holds(first, other, signature, key(one))).isFalse();
    assertThat(held.holds(second, digest, signature, key(two))).isFalse();
  }

  private static Supplier<SignerKey> key(SigningIdentity identity) {
    return () -> SignerKey.of(identity.holder().getSubjectPublicKeyInfo());
  }

  private static void assertRefused(Reason reason, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.refusal().reason()).isEqualTo(reason));
  }
}
