// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.GoldenFile;
import energy.muster.json.Fields;
import energy.muster.refusal.Refused;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DevicePresenceTest {
  private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "presence-generator-starting | DND | available with restriction"
            + " | STARTING, starting, on in 20 s (until 12:00), 0 kW, fuel 80.5 %, temperature 24.5 °C",
        "presence-instructed | DND | available with restriction"
            + " | OFF, maintenance: new contacts (set by op-1, until 16:00), fuel 81 %",
        "presence-load-critical | DND | available with restriction"
            + " | ON, critical process online, goes offline at 13:03 (until 13:03), still takes limit, up to 20 kW, 32.4 kW, load 81 %",
        "presence-generator-derated | DND | available with restriction"
            + " | ON, one of two fans is out (until 2 Jul 06:00), still takes stop and set-point,"
            + " up to 120 kW, by at most 10 kW/min, 100 kW, load 40 %, fuel 63 %",
        "presence-breaker-tripped | AWAY | available but not on | OPEN, fault overcurrent",
        "presence-meter | AVAILABLE | available | 3420.7 kW, energy 128733.3 kWh",
        "presence-branch | AVAILABLE | available"
            + " | branch-60 carries 1345 of 1400 kW (96.1 %), load 1495 kW (40 kW of it uncertain),"
            + " generation 150 kW, sheddable 820 kW, 3 breakers closed, 1 open, 29 heard,"
            + " 1 silent (temporary at worst)",
      })
  void whatPeopleSeeIsDerived(String golden, Show show, String words, String status) {
    DevicePresence presence = presence(GoldenFile.tree(golden));

    assertThat(presence.show()).isEqualTo(show);
    assertThat(presence.availability().words()).isEqualTo(words);
    assertThat(StatusText.of(presence, ZoneOffset.UTC, NOW)).isEqualTo(status);
  }

  @Test
  void anUnknownFieldIsIgnoredSoThatOldReadersUnderstandNewDevices() {
    ObjectNode tree = GoldenFile.tree("presence-meter").put("mood", "sunny");

    assertThat(presence(tree).kind()).isEqualTo(DeviceKind.METER);
  }

  @Test
  void aQuantityInAnotherUnitIsRefused() {
    ObjectNode tree = GoldenFile.tree("presence-meter");
    ((ObjectNode) tree.at("/quantities/power")).put("unit", "MW");

    assertThatThrownBy(() -> presence(tree)).isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @CsvSource({"4", "86401", "-1"})
  void aLeaseOutsideFiveSecondsToADayIsRefused(long seconds) {
    ObjectNode tree = GoldenFile.tree("presence-meter").put("leaseSeconds", seconds);

    assertThatThrownBy(() -> presence(tree)).isInstanceOf(Refused.class);
  }

  @Test
  void aRestrictionWhoseEndIsOverIsSaidToBeInForceStill() {
    DevicePresence presence = presence(GoldenFile.tree("presence-load-critical"));
    Instant end = presence.restriction().orElseThrow().until().orElseThrow();

    assertThat(StatusText.of(presence, ZoneOffset.UTC, end)).contains("(was to end at 13:03)");
    assertThat(presence.restriction().orElseThrow().overdue(end)).isTrue();
    assertThat(presence.restriction().orElseThrow().overdue(end.minusNanos(1))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "fuel, 100.1",
    "fuel, -1",
    "load, 1001",
    "sheddable, -0.1",
    "capacity, -1",
    "power, 10000001",
    "temperature, -274",
    "limit, -1",
    "energy, 1e13"
  })
  void aQuantityThatNothingCanMeasureIsRefused(String quantity, BigDecimal value) {
    Quantity measured = Quantity.ofWire(quantity).orElseThrow();
    ObjectNode tree = GoldenFile.tree("presence-meter");
    tree.withObject("/quantities/" + quantity).put("value", value).put("unit", measured.unit());

    assertThatThrownBy(() -> presence(tree))
        .isInstanceOf(Refused.class)
        .hasMessageContaining(quantity);
  }

  @ParameterizedTest
  @CsvSource({"90.1, 0", "0, -180.1"})
  void aPlaceThatIsNotOnEarthIsRefused(BigDecimal latitude, BigDecimal longitude) {
    ObjectNode tree = GoldenFile.tree("presence-generator-derated");
    tree.withObject("/location").put("lat", latitude).put("lon", longitude);

    assertThatThrownBy(() -> presence(tree)).isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @CsvSource({"0", "86401"})
  void aGraceOutsideASecondToADayIsRefused(long seconds) {
    ObjectNode tree = GoldenFile.tree("presence-meter").put("graceSeconds", seconds);

    assertThatThrownBy(() -> presence(tree)).isInstanceOf(Refused.class);
  }

  @Test
  void aRampThatAllowsNoChangeIsRefused() {
    assertThatThrownBy(() -> new Ramp(BigDecimal.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static DevicePresence presence(ObjectNode tree) {
    return DevicePresence.read(Fields.of(tree));
  }
}
