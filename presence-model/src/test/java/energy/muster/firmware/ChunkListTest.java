// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkListTest {
  private static final int CHUNK = 4_096;

  private final byte[] bytes = new byte[3 * CHUNK + 17];

  ChunkListTest() {
    new Random(1).nextBytes(bytes);
  }

  private ChunkList list() throws IOException {
    return ChunkList.of(new ByteArrayInputStream(bytes), CHUNK);
  }

  private byte[] piece(int index) {
    return Arrays.copyOfRange(bytes, index * CHUNK, Math.min(bytes.length, (index + 1) * CHUNK));
  }

  @Test
  void saysWhatTheWholeImageIs() throws IOException {
    Image image = list().image();

    assertThat(image.size()).isEqualTo(bytes.length);
    assertThat(image.digest()).isEqualTo(Digest.of(bytes));
    assertThat(image.chunks()).isEqualTo(4);
    assertThat(image.length(3)).isEqualTo(17);
  }

  @Test
  void holdsEachPieceInItsOwnPlaceAlone() throws IOException {
    ChunkList list = ChunkList.read(list().bytes(), list().image());

    for (int index = 0; index < 4; index++) {
      for (int other = 0; other < 4; other++) {
        assertThat(list.holds(index, piece(other))).isEqualTo(index == other);
      }
    }
  }

  @Test
  void aPieceThatIsAlteredCutOrLongerIsNotThatPiece() throws IOException {
    ChunkList list = list();
    byte[] altered = piece(1);
    altered[CHUNK - 1] ^= 1;

    assertThat(list.holds(1, altered)).isFalse();
    assertThat(list.holds(1, Arrays.copyOf(piece(1), CHUNK - 1))).isFalse();
    assertThat(list.holds(1, Arrays.copyOf(piece(1), CHUNK + 1))).isFalse();
    assertThat(list.holds(3, Arrays.copyOf(piece(3), CHUNK))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 96, 127, 129, 160})
  void aListOfAnotherLengthIsCorrupt(int length) throws IOException {
    Image image = list().image();
    byte[] other = Arrays.copyOf(list().bytes(), length);

    assertThatThrownBy(() -> ChunkList.read(other, image))
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.refusal().reason()).isEqualTo(Reason.CORRUPT));
  }

  @Test
  void aListWithOtherDigestsIsCorrupt() throws IOException {
    Image image = list().image();
    byte[] other = list().bytes();
    other[40] ^= 1;

    assertThatThrownBy(() -> ChunkList.read(other, image)).isInstanceOf(Refused.class);
  }

  @Test
  void anEmptyImageIsNone() {
    assertThatThrownBy(() -> ChunkList.of(new ByteArrayInputStream(new byte[0]), CHUNK))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anImageOfWholePiecesHasNoEmptyLast() throws IOException {
    Image image = ChunkList.of(new ByteArrayInputStream(new byte[2 * CHUNK]), CHUNK).image();

    assertThat(image.chunks()).isEqualTo(2);
    assertThat(image.length(1)).isEqualTo(CHUNK);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4_095, 32_769})
  void aPieceTravelsInOneStanzaAndIsWorthOne(int chunk) {
    assertThatThrownBy(() -> ChunkList.of(new ByteArrayInputStream(bytes), chunk))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
