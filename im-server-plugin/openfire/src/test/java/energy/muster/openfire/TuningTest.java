// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.command.Power;
import energy.muster.fixture.TestPki;
import energy.muster.identity.Area;
import energy.muster.service.Limits;
import energy.muster.service.ServiceConfig;
import java.math.BigDecimal;
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

  @Test
  void floorsAreReadByArea() {
    assertThat(floors(" branch-60=120, feeder-123 = 400.5 "))
        .containsOnly(
            Map.entry(new Area("branch-60"), Power.kilowatts(120)),
            Map.entry(new Area("feeder-123"), new Power(new BigDecimal("400.5"))));
    assertThat(floors(" ")).isEmpty();
  }

  /** One that is passed over would leave a branch without protection, and nobody would know. */
  @ParameterizedTest
  @ValueSource(strings = {"branch-60", "branch-60=", "=120", "branch-60=x", "branch-60=1=2", ","})
  void aFloorThatCannotBeReadStopsTheStart(String value) {
    assertThatThrownBy(() -> floors(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("branch-60=120");
  }

  private static Map<Area, Power> floors(String value) {
    return new Tuning(Map.of(Tuning.FLOORS, value)::get).apply(DEFAULTS).goals().floors();
  }
}
