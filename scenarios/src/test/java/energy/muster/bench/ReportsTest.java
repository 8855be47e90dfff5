// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.privacy.MedianSplit;
import energy.muster.privacy.Times;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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

  private static Samples samples(long... millis) {
    Samples samples = new Samples();
    for (long each : millis) {
      samples.add(Duration.ofMillis(each).toNanos());
    }
    return samples;
  }

  @Test
  void aRequestIsComparedWithTheBroadcastByTheirMedians() {
    var report = new FanOutReport(1000, 2270, 250, samples(300, 900, 400), samples(100, 200, 5000));
    assertThat(report.json().get("broadcast_ratio").asDouble()).isEqualTo(2);
    assertThat(report.json().get("request_max_ms").asDouble()).isEqualTo(900);
    assertThat(report.text())
        .contains("2.00 times the broadcast")
        .contains("1000 devices, 3 times")
        .contains("in 250 stanzas");
  }

  @Test
  void drainingIsComparedWithBothKindsOfReturn() {
    var report = new DrainReport(1000, samples(2000), samples(4000), samples(5000));
    assertThat(report.json().get("bare_ratio").asDouble()).isEqualTo(2.5);
    assertThat(report.json().get("proven_ratio").asDouble()).isEqualTo(1.25);
    assertThat(report.text()).contains("2.50 times the bare reconnect, 1.25 times the proven one");
  }

  /** Hidden ones take this much longer than others. */
  private static Times times(String way, int millis) {
    List<MedianSplit.Sample> samples =
        IntStream.range(0, 100)
            .mapToObj(
                number ->
                    new MedianSplit.Sample(
                        number % 2 == 0,
                        1_000_000L * (number / 2 + (number % 2 == 0 ? millis : 0))))
            .toList();
    return new Times(way, List.of(), samples);
  }

  @Test
  void aWayLeaksThatScoresHighTwice() {
    var leak = new PrivacyReport.Kind(times("leaky", 1000), Optional.of(times("leaky", 1000)));
    var chance = new PrivacyReport.Kind(times("lucky", 1000), Optional.of(times("lucky", 0)));
    var json = new PrivacyReport(List.of(chance, leak)).json();
    assertThat(json.get("worst").asText()).isEqualTo("leaky");
    assertThat(json.get("worst_score").asDouble()).isEqualTo(1);
    assertThat(json.get("probes").asInt()).isEqualTo(100);
    assertThat(json.get("kinds").get(0).get("way").asText()).isEqualTo("lucky");
    assertThat(json.get("kinds").get(0).get("again_score").asDouble()).isLessThan(0.55);
  }

  private static PresenceReport.Side side(long unwatched, long cpu, long bytes, long... ages) {
    PresenceReport.Side side = new PresenceReport.Side(samples(ages));
    long second = Duration.ofSeconds(1).toNanos();
    side.unwatched()
        .add(new PresenceReport.Window(second, Duration.ofMillis(unwatched).toNanos(), 0, 0));
    side.watched()
        .add(new PresenceReport.Window(second, Duration.ofMillis(cpu).toNanos(), bytes, 40));
    return side;
  }

  @Test
  void viewsAreComparedWithRostersAsAWholeAndByWhatWatchingAdds() {
    PresenceReport report =
        new PresenceReport(
            2000, 20, 8192, side(100, 150, 300_000, 120, 250), side(100, 300, 1_200_000, 4, 20));
    var json = report.json();
    assertThat(json.get("cpu_ratio").asDouble()).isEqualTo(0.5);
    assertThat(json.get("watching_cpu_ratio").asDouble()).isEqualTo(0.25);
    assertThat(json.get("bytes_ratio").asDouble()).isEqualTo(0.25);
    assertThat(json.get("views_p99_ms").asDouble()).isEqualTo(250);
    assertThat(report.text())
        .contains("150 ms/s, 100 with nobody watching", "0.50 of the CPU", "8.0 KiB");
  }
}
