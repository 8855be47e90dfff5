// SPDX-License-Identifier: Apache-2.0
package energy.muster.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
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

  @ParameterizedTest
  @ValueSource(strings = {"0", "0%", "101%", "-1", "1.5%", "%", "100000"})
  void aShareIsDevicesOrPercent(String text) {
    assertThatThrownBy(() -> Share.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
