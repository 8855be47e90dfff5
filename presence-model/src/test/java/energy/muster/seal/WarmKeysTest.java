// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.fixture.TestPki;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Whose tables are kept, and for how long. */
class WarmKeysTest {
  private final TestPki pki = new TestPki();
  private final SigningIdentity signer = pki.operator("op-1", "*");
  private final WarmKeys keys = new WarmKeys();

  @Test
  void whoeverSignsOnceIsNotKept() {
    Digest certificate = certificate(0);
    Verdicts.Verdict first = verdict();
    SignerKey once = keys.of(certificate, first);
    SignerKey twice = keys.of(certificate, first);
    assertThat(twice).isNotSameAs(once);
    assertThat(keys.of(certificate, first)).isSameAs(twice);
  }

  @Test
  void whoeverCameBackLongestAgoGivesWay() {
    SignerKey oldest = warm(0);
    SignerKey second = warm(1);
    for (int other = 2; other < WarmKeys.MOST; other++) {
      warm(other);
    }
    assertThat(warm(0)).isSameAs(oldest);
    warm(WarmKeys.MOST);
    assertThat(warm(0)).isSameAs(oldest);
    assertThat(warm(1)).isNotSameAs(second);
  }

  @Test
  void aKeyThatWasLetGoVerifiesAsBefore() {
    byte[] digest = Digest.of(new byte[] {1}).bytes();
    byte[] signature = Ecdsa.sign(digest, signer.key());
    SignerKey before = warm(0);
    for (int other = 1; other <= WarmKeys.MOST; other++) {
      warm(other);
    }
    SignerKey after = warm(0);
    assertThat(after).isNotSameAs(before);
    assertThat(Ecdsa.verify(digest, signature, after)).isTrue();
    assertThat(Ecdsa.verify(Digest.of(new byte[] {2}).bytes(), signature, after)).isFalse();
  }

  private SignerKey warm(int number) {
    Verdicts.Verdict verdict = verdict();
    var unused = keys.of(certificate(number), verdict);
    return keys.of(certificate(number), verdict);
  }

  private static Digest certificate(int number) {
    return Digest.of(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }

  private Verdicts.Verdict verdict() {
    return new Verdicts.Verdict(
        signer.certified(),
        List.of(signer.chain().get(0)),
        signer.holder().getSubjectPublicKeyInfo(),
        new AtomicBoolean());
  }
}
