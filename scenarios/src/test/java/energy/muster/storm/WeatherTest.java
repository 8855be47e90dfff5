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
    assertThat(drawn(7).stream().flatMap(round -> round.strikes().stream()).map(Strike::kind))
        .contains(Strike.Kind.values());
  }

  @Test
  void aJournalIsCopiedOnceAndRestoredOnceLater() {
    List<Weather.Round> rounds = drawn(7);

    assertThat(
            rounds.stream()
                .flatMap(round -> round.strikes().stream())
                .filter(strike -> strike.kind() == Strike.Kind.OLD_JOURNAL))
        .hasSize(2);
    assertThat(rounds.get(0).strikes())
        .anyMatch(strike -> strike.kind() == Strike.Kind.OLD_JOURNAL);
    assertThat(restoredIn(rounds)).isPositive();
  }

  @Test
  void anOrderWaitsForTheDeviceThatComesBackFromACopyOfItsJournal() {
    for (Weather.Round round : drawn(7)) {
      for (Strike strike : round.strikes()) {
        if (strike.kind() == Strike.Kind.OLD_JOURNAL) {
          assertThat(round.orders())
              .anyMatch(
                  order ->
                      order.devices().equals(List.of(Fleet.RESTORED))
                          && order.at().equals(strike.at().plus(strike.lasts()))
                          && order.deliverWithin().compareTo(Duration.ofSeconds(15)) >= 0);
        }
      }
    }
  }

  @Test
  void mostRoundsOrderSomethingOfTheDeviceWithTheOlderJournal() {
    List<Weather.Round> rounds = drawn(7);
    long restored =
        rounds.stream()
            .skip(restoredIn(rounds))
            .filter(
                round ->
                    round.orders().stream()
                        .anyMatch(order -> order.devices().contains(Fleet.RESTORED)))
            .count();

    assertThat(restored).isGreaterThan(ROUNDS / 2);
  }

  private static int restoredIn(List<Weather.Round> rounds) {
    int last = 0;
    for (int round = 0; round < rounds.size(); round++) {
      if (rounds.get(round).strikes().stream()
          .anyMatch(strike -> strike.kind() == Strike.Kind.OLD_JOURNAL)) {
        last = round;
      }
    }
    return last;
  }

  @Test
  void whatAFaultLeavesInDoubtIsOverBeforeLongAndGivenUp() {
    for (Weather.Round round : drawn(7)) {
      long doubtful =
          round.strikes().stream().filter(strike -> strike.kind().leavesInDoubt()).count();

      assertThat(
              round.orders().stream()
                  .filter(order -> order.extras().givenUp())
                  .filter(order -> order.executeWithin().equals(order.deliverWithin()))
                  .count())
          .isGreaterThanOrEqualTo(doubtful);
    }
  }

  @Test
  void noOrderIsToBeExecutedBeforeItIsToBeDelivered() {
    assertThat(drawn(7).stream().flatMap(round -> round.orders().stream()))
        .allMatch(order -> order.deliverWithin().compareTo(Duration.ZERO) > 0)
        .allMatch(order -> order.executeWithin().compareTo(order.deliverWithin()) >= 0);
  }
}
