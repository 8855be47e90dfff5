// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportsTest {
  private static Rates rates(long... millisForAHundred) {
    Rates rates = new Rates();
    for (long millis : millisForAHundred) {
      rates.add(100, Duration.ofMillis(millis).toNanos());
    }
    return rates;
  }

  @Test
  void theMedianOfRatesIsThatOfTheBlocks() {
    assertThat(rates(100, 10_000, 50).median()).isEqualTo(1000);
    assertThat(rates(100, 50).median()).isEqualTo(1500);
    assertThat(rates(100, 50).total()).isEqualTo(200);
  }

  @Test
  void nothingMeasuredHasNoMedian() {
    assertThatThrownBy(() -> rates().median()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theRateInFlightIsComparedWithTheSerialOneAndWithTheOneWithoutSyncs() {
    var json = new SubmitReport(64, rates(1000), rates(250), rates(200), 200, 8).json();
    assertThat(json.get("serial_per_s").asDouble()).isEqualTo(100);
    assertThat(json.get("in_flight_per_s").asDouble()).isEqualTo(400);
    assertThat(json.get("unsynced_per_s").asDouble()).isEqualTo(500);
    assertThat(json.get("serial_ratio").asDouble()).isEqualTo(4);
    assertThat(json.get("unsynced_ratio").asDouble()).isEqualTo(0.8);
    assertThat(json.get("orders_per_sync").asDouble()).isEqualTo(25);
  }

  @Test
  void theTextNamesEveryRateAndRatio() {
    assertThat(new SubmitReport(64, rates(1000), rates(250), rates(200), 200, 8).text())
        .contains(
            List.of("100/s", "400/s", "500/s", "4.00 times", "0.80 of", "25.0 orders a sync"));
  }
}
