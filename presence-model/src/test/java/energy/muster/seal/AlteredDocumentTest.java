// SPDX-License-Identifier: Apache-2.0
package energy.muster.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.fixture.TestPki;
import energy.muster.refusal.Refused;
import java.util.Arrays;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AlteredDocumentTest {
  private static final TestPki PKI = new TestPki();
  private static final Trust TRUST = PKI.trust();
  private static final byte[] CONTENT = "{\"type\":\"command\",\"v\":1}".getBytes(UTF_8);
  private static final byte[] CMS =
      Sealer.seal(CONTENT, PKI.now(), PKI.operator("op-1", "*"), PKI.operator("op-2", "*")).cms();
  private static final Opened ORIGINAL = TRUST.open(new Sealed(CMS), PKI.now());

  @Test
  void everyFlippedBitIsRefusedOrChangesNothing() {
    for (int bit = 0; bit < CMS.length * Byte.SIZE; bit++) {
      byte[] altered = CMS.clone();
      altered[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      openOrRefuse(altered);
    }
  }

  @Property
  void aChangedByteIsRefusedOrChangesNothing(
      @ForAll @IntRange(max = 10_000) int position,
      @ForAll @ByteRange(min = 1, max = 127) byte change) {
    byte[] altered = CMS.clone();
    altered[position % altered.length] ^= change;
    openOrRefuse(altered);
  }

  @Property(tries = 300)
  void aShortenedDocumentIsRefused(@ForAll @IntRange(max = 10_000) int length) {
    Sealed shortened = new Sealed(Arrays.copyOf(CMS, length % CMS.length));
    assertThatThrownBy(() -> TRUST.open(shortened, PKI.now())).isInstanceOf(Refused.class);
  }

  @Property(tries = 300)
  void anyBytesAreRefusedNeverAFault(@ForAll @Size(max = 400) byte[] bytes) {
    openOrRefuse(bytes);
  }

  private static void openOrRefuse(byte[] bytes) {
    try {
      Opened opened = TRUST.open(new Sealed(bytes), PKI.now());
      assertThat(opened.content()).isEqualTo(CONTENT);
      assertThat(Set.copyOf(opened.signers())).isEqualTo(Set.copyOf(ORIGINAL.signers()));
    } catch (Refused refused) {
      assertThat(refused.refusal().reason()).isNotNull();
    }
  }
}
