// SPDX-License-Identifier: Apache-2.0
package energy.muster.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.GoldenFile;
import energy.muster.json.Fields;
import energy.muster.refusal.Refused;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DevicePresenceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "presence-generator-starting | DND | available with restriction"
            + " | STARTING, starting, on in 20 s (until 12:00), 0 kW, fuel 80.5 %, temperature 24.5 °C",
        "presence-load-critical | DND | available with restriction"
            + " | ON, critical process online, goes offline at 13:03 (until 13:03), 32.4 kW, load 81 %",
        "presence-breaker-tripped | AWAY | available but not on | OPEN, fault overcurrent",
        "presence-meter | AVAILABLE | available | 3420.7 kW, energy 128733.3 kWh",
      })
  void whatPeopleSeeIsDerived(String golden, Show show, String words, String status) {
    DevicePresence presence = presence(GoldenFile.tree(golden));

    assertThat(presence.show()).isEqualTo(show);
    assertThat(presence.availability().words()).isEqualTo(words);
    assertThat(StatusText.of(presence, ZoneOffset.UTC)).isEqualTo(status);
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

  private static DevicePresence presence(ObjectNode tree) {
    return DevicePresence.read(Fields.of(tree));
  }
}
