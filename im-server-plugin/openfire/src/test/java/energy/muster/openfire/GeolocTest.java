// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.json.Json;
import energy.muster.presence.Location;
import energy.muster.refusal.Refused;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GeolocTest {
  private static final Payload WORD = Payload.of(Wire.DEVICE, Json.object());

  private static Element presence(String latitude) {
    Element presence = DocumentHelper.createElement("presence");
    Element place = presence.addElement(Location.ELEMENT, Location.NAMESPACE);
    place.addElement("lat").setText(latitude);
    place.addElement("lon").setText("11.57");
    return presence;
  }

  @Test
  void whatPeopleWriteIsTaken() {
    Payload word = Geoloc.into(WORD, presence("48.13743"));
    assertThat(word.requireJson().path("location").path("lat").decimalValue())
        .isEqualByComparingTo("48.13743");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1E-999999999", "0E+999999999", "0.000000000000000000000000000000000001", "north"})
  void whatWouldBeEndlessWrittenOutIsRefused(String latitude) {
    assertThatThrownBy(() -> Geoloc.into(WORD, presence(latitude))).isInstanceOf(Refused.class);
  }
}
