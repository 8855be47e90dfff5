// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import static energy.muster.seal.SealingTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.fixture.TestPki;
import energy.muster.refusal.Reason;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RevocationListTest {
  private final TestPki pki = new TestPki();

  @Test
  void trustWithoutAListIsStale() {
    assertThat(pki.trustWithoutCrl().stale(pki.now())).isTrue();
  }

  @Test
  void trustWithAFreshListIsNotStale() {
    assertThat(pki.trust().stale(pki.now())).isFalse();
  }

  @Test
  void trustIsStaleAfterTheListsNextUpdate() {
    Trust trust = pki.trustWithoutCrl().withCrl(pki.crl(Duration.ofHours(1)));
    assertThat(trust.stale(pki.now().plus(Duration.ofHours(1)).plusSeconds(1))).isTrue();
  }

  @Test
  void anOlderListIsRefusedAsReplayed() {
    byte[] older = pki.crl();
    Trust trust = pki.trustWithoutCrl().withCrl(pki.crl());
    assertRefused(Reason.REPLAYED, () -> trust.withCrl(older));
  }

  @Test
  void theListAlreadyHeldChangesNothing() {
    byte[] list = pki.crl();
    Trust trust = pki.trustWithoutCrl().withCrl(list);
    assertThat(trust.withCrl(list)).isSameAs(trust);
  }

  @Test
  void anotherListUnderTheSameNumberIsAConflict() {
    Trust trust = pki.trustWithoutCrl().withCrl(pki.crl());
    byte[] twin = pki.authority().crl(trust.crlNumber(), Duration.ofHours(2), java.util.List.of());
    assertRefused(Reason.ID_CONFLICT, () -> trust.withCrl(twin));
  }

  @Test
  void aListOfAnotherAuthorityOfTheSameNameIsRefused() {
    byte[] foreign = new TestPki().crl();
    assertRefused(Reason.BAD_SIGNATURE, () -> pki.trustWithoutCrl().withCrl(foreign));
  }

  @Test
  void aListWithAChangedByteIsRefused() {
    byte[] list = pki.revoke(pki.operator("op-1", "*")).crl();
    list[list.length - 1] ^= 1;
    assertRefused(Reason.BAD_SIGNATURE, () -> pki.trustWithoutCrl().withCrl(list));
  }

  @Test
  void bytesThatAreNoListAreMalformed() {
    assertRefused(Reason.MALFORMED, () -> pki.trustWithoutCrl().withCrl(new byte[] {0x30, 0}));
  }

  @Test
  void theNumberIsThatOfTheNewestList() {
    pki.crl();
    assertThat(pki.trust().crlNumber()).isEqualTo(BigInteger.TWO);
  }
}
