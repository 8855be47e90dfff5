// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
  /** Well past the number of calls after which the second compiler has had its turn. */
  private static final int COMPILED = 300_000;

  private static final int BYTES = 32;

  @Test
  void itsBytesAndItsTextGiveItBack() {
    Digest digest = Digest.of(new byte[] {1, 2, 3});

    assertThat(new Digest(digest.bytes())).isEqualTo(digest).hasSameHashCodeAs(digest);
    assertThat(Digest.parse(digest.toString())).isEqualTo(digest);
  }

  @Test
  void eachOfItsBytesCounts() {
    byte[] bytes = Digest.of(new byte[0]).bytes();
    Digest digest = new Digest(bytes);

    for (int i = 0; i < BYTES; i++) {
      byte[] other = bytes.clone();
      other[i] ^= 1;
      assertThat(new Digest(other)).isNotEqualTo(digest);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33})
  void anotherNumberOfBytesIsNone(int length) {
    assertThatThrownBy(() -> new Digest(new byte[length]))
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.refusal().reason()).isEqualTo(Reason.MALFORMED));
  }

  @Test
  void outOfAListItIsEqualToItselfAlsoWhenCompiled() {
    Digest[] digests = new Digest[100];
    byte[] list = new byte[digests.length * BYTES];
    for (int i = 0; i < digests.length; i++) {
      digests[i] = Digest.of(new byte[] {(byte) i});
      System.arraycopy(digests[i].bytes(), 0, list, i * BYTES, BYTES);
    }

    for (int i = 0; i < COMPILED; i++) {
      int index = i % digests.length;
      if (!same(digests[index], list, index)) {
        throw new AssertionError("digest " + index + " is not itself at call " + i);
      }
    }
  }

  // By a copy of a part, as a caller might: this is what is compiled wrong if it is copied again.
  private static boolean same(Digest digest, byte[] list, int index) {
    return digest.equals(Digest.at(list, index))
        && digest.equals(new Digest(Arrays.copyOfRange(list, index * BYTES, (index + 1) * BYTES)));
  }
}
