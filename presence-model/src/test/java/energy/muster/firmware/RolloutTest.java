// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.json.Fields;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutTest {
  private static Rollout waves(String... shares) {
    return new Rollout(Arrays.stream(shares).map(Share::parse).toList(), 80, Share.parse("10%"), 1);
  }

  @Test
  void whatTheWavesLeaveIsTheLast() {
    assertThat(waves("1", "10%").sizes(40)).containsExactly(1, 4, 35);
  }

  @Test
  void withoutWavesAllGoAtOnce() {
    assertThat(waves().sizes(5)).containsExactly(5);
  }

  @Test
  void noWaveIsEmptyWhereDevicesAreFewerThanWaves() {
    assertThat(waves("1", "1", "1", "50%").sizes(2)).containsExactly(1, 1);
  }

  @Test
  void aShareCountsEveryBegunDevice() {
    assertThat(waves("10%").sizes(5)).containsExactly(1, 4);
  }

  @Test
  void allDevicesAreInSomeWaveWhateverTheShares() {
    for (int devices = 1; devices <= 300; devices++) {
      for (Rollout rollout : List.of(waves("1", "10%"), waves("33%", "33%", "33%"), waves("7"))) {
        assertThat(rollout.sizes(devices)).doesNotContain(0);
        assertThat(rollout.sizes(devices).stream().mapToInt(size -> size).sum()).isEqualTo(devices);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"8, 10, true", "7, 10, false", "4, 5, true", "0, 1, false"})
  void aWaveGoesOnWhenEnoughOfItSucceeded(int succeeded, int wave, boolean goes) {
    assertThat(waves("1").proceeds(succeeded, wave)).isEqualTo(goes);
  }

  @ParameterizedTest
  @CsvSource({"4, 40, true", "3, 40, false", "1, 3, true", "0, 3, false"})
  void itStopsAtItsShareOfFailures(int failed, int devices, boolean stops) {
    assertThat(waves("1").stops(failed, devices)).isEqualTo(stops);
  }

  @Test
  void howLongItWaitsIsWrittenOnlyWhereTheOrderSaysIt() {
    Rollout patient =
        new Rollout(List.of(), 80, Share.parse("1"), 1, Optional.of(Duration.ofMinutes(10)));
    assertThat(patient.write().path("patienceSeconds").asLong()).isEqualTo(600);
    assertThat(Fields.readAll(patient.write(), Rollout::read)).isEqualTo(patient);

    assertThat(waves("1").write().has("patienceSeconds")).isFalse();
    assertThat(Fields.readAll(waves("1").write(), Rollout::read)).isEqualTo(waves("1"));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 7_776_001})
  void itWaitsForOneSecondToNinetyDays(long seconds) {
    Optional<Duration> patience = Optional.of(Duration.ofSeconds(seconds));
    assertThatThrownBy(() -> new Rollout(List.of(), 80, Share.parse("1"), 1, patience))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0%", "101%", "-1", "1.5%", "%", "100000"})
  void aShareIsDevicesOrPercent(String text) {
    assertThatThrownBy(() -> Share.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
