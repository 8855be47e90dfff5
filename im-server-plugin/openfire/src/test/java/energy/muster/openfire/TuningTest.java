// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.fixture.TestPki;
import energy.muster.service.Limits;
import energy.muster.service.ServiceConfig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TuningTest {
  private static final ServiceConfig DEFAULTS =
      ServiceConfig.of("ieee123", "grid.example", new TestPki().trust());

  @Test
  void whatIsNotSetStaysAsItIs() {
    assertThat(new Tuning(name -> null).apply(DEFAULTS)).isEqualTo(DEFAULTS);
  }

  @Test
  void whatIsSetCounts() {
    Map<String, String> properties =
        Map.of(Tuning.STANZAS_PER_SECOND, "500", Tuning.GRACE_SECONDS, " 30 ");

    ServiceConfig tuned = new Tuning(properties::get).apply(DEFAULTS);

    assertThat(tuned.limits().stanzasPerSecond()).isEqualTo(500);
    assertThat(tuned.limits().stanzaBurst()).isEqualTo(Limits.defaults().stanzaBurst());
    assertThat(tuned.timing().grace()).isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "many", "0", "-1", "1.5", "99999999999"})
  void whatIsNoCountIsPassedOver(String value) {
    assertThat(new Tuning(Map.of(Tuning.STANZA_BURST, value)::get).apply(DEFAULTS))
        .isEqualTo(DEFAULTS);
  }
}
