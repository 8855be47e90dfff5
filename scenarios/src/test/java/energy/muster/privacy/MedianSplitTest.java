// SPDX-License-Identifier: Apache-2.0
package energy.muster.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import energy.muster.privacy.MedianSplit.Sample;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MedianSplitTest {
  private static final int PROBES = 2_000;

  /** Times of both kinds with the same spread, some microseconds apart. */
  private static List<Sample> samples(double apart) {
    Random random = new Random(1);
    return IntStream.range(0, PROBES)
        .mapToObj(
            number -> {
              boolean hidden = number % 2 == 0;
              double micros = 500 + 100 * random.nextGaussian() + (hidden ? apart : 0);
              return new Sample(hidden, (long) (1000 * micros));
            })
        .toList();
  }

  @Test
  void whoTakesAsLongIsGuessedAt() {
    assertThat(MedianSplit.score(samples(0))).isCloseTo(0.5, within(0.04));
  }

  @Test
  void whoTakesLongerIsFoundOut() {
    assertThat(MedianSplit.score(samples(50))).isGreaterThan(0.55);
    assertThat(MedianSplit.score(samples(1000))).isGreaterThan(0.99);
  }

  @Test
  void whoTakesLessIsFoundOutToo() {
    assertThat(MedianSplit.score(samples(-1000))).isGreaterThan(0.99);
  }

  @Test
  void eachKindHasAMedianOfItsOwn() {
    List<Sample> samples =
        List.of(
            new Sample(true, 1_000_000),
            new Sample(false, 7_000_000),
            new Sample(true, 3_000_000),
            new Sample(true, 2_000_000));
    assertThat(MedianSplit.millis(samples, true)).isEqualTo(2);
    assertThat(MedianSplit.millis(samples, false)).isEqualTo(7);
  }
}
