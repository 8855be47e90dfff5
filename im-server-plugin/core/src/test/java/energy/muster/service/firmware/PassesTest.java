// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.firmware.Pass;
import energy.muster.fixture.TestPki;
import energy.muster.identity.BareJid;
import energy.muster.seal.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token opens one image for an hour, and only as it was given. */
class PassesTest {
  private static final BareJid DEVICE = TestPki.jid("sw2");
  private static final Digest IMAGE = Digest.of(new byte[] {1});
  private static final Digest OTHER = Digest.of(new byte[] {2});

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-02T12:00:00.400Z"));
  private final Passes passes = new Passes(now::get);
  private final Pass pass = passes.give(DEVICE, IMAGE);

  private boolean admits(String token) {
    return passes.admits(token, IMAGE.toString());
  }

  @Test
  void aTokenOpensItsImageUntilItsTimeIsOver() {
    assertThat(pass.until()).isEqualTo(Instant.parse("2026-03-02T13:00:00Z"));
    assertThat(admits(pass.token())).isTrue();

    now.set(pass.until().minusMillis(1));
    assertThat(admits(pass.token())).isTrue();
    now.set(pass.until());
    assertThat(admits(pass.token())).isFalse();
    assertThat(admits(passes.give(DEVICE, IMAGE).token())).isTrue();
  }

  @Test
  void aTokenOpensNoOtherImage() {
    assertThat(passes.admits(pass.token(), OTHER.toString())).isFalse();
    assertThat(passes.admits(pass.token(), "")).isFalse();
    assertThat(passes.admits(pass.token(), IMAGE + ".part")).isFalse();
  }

  @Test
  void aTokenOfAnotherServiceOrOfThisOneBeforeItStartedAgainOpensNothing() {
    assertThat(admits(new Passes(now::get).give(DEVICE, IMAGE).token())).isFalse();
  }

  @Test
  void noByteOfATokenCanBeChangedNorItsTimePutOff() {
    byte[] bytes = Base64.getUrlDecoder().decode(pass.token());
    for (int i = 0; i < bytes.length; i++) {
      byte[] altered = bytes.clone();
      altered[i] ^= 1;

      assertThat(admits(Base64.getUrlEncoder().withoutPadding().encodeToString(altered)))
          .as("byte %d", i)
          .isFalse();
    }
    now.set(pass.until().plus(Duration.ofDays(1)));
    assertThat(admits(pass.token())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 39, 40, 41, 100, 511, 100_000})
  void whatIsNoTokenOpensNothingHoweverLongItIs(int length) {
    assertThat(admits("A".repeat(length))).isFalse();
    assertThat(admits("*".repeat(length))).isFalse();
  }

  @Test
  void twoDevicesHaveDifferentTokens() {
    assertThat(passes.give(TestPki.jid("sw3"), IMAGE).token()).isNotEqualTo(pass.token());
  }
}
