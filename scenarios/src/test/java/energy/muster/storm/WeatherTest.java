// SPDX-License-Identifier: Apache-2.0
package energy.muster.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is drawn from a seed. */
class WeatherTest {
  private static final int ROUNDS = 40;

  private static List<Weather.Round> drawn(long seed) {
    Weather weather = new Weather(seed, ROUNDS);
    return Stream.generate(weather::next).limit(ROUNDS).toList();
  }

  @Test
  void theSameSeedDrawsTheSame() {
    assertThat(drawn(7)).isEqualTo(drawn(7)).isNotEqualTo(drawn(8));
  }

  @Test
  void everyKindOfFaultComes() {
    assertThat(
            drawn(7).stream().flatMap(round -> round.strikes().stream()).map(Weather.Strike::kind))
        .contains(Weather.Kind.values());
  }

  @Test
  void aJournalIsCopiedOnceAndRestoredOnceLater() {
    List<Integer> ages =
        Stream.iterate(0, round -> round < ROUNDS, round -> round + 1)
            .filter(
                round ->
                    drawn(7).get(round).strikes().stream()
                        .anyMatch(strike -> strike.kind() == Weather.Kind.OLD_JOURNAL))
            .toList();

    assertThat(ages).hasSize(2).startsWith(0);
  }

  @Test
  void noOrderIsToBeExecutedBeforeItIsToBeDelivered() {
    assertThat(drawn(7).stream().flatMap(round -> round.orders().stream()))
        .allMatch(order -> order.deliverWithin().compareTo(Duration.ZERO) > 0)
        .allMatch(order -> order.executeWithin().compareTo(order.deliverWithin()) >= 0);
  }
}
