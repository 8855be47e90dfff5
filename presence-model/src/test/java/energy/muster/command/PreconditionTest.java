// SPDX-License-Identifier: Apache-2.0
package energy.muster.command;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.presence.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PreconditionTest {
  private static Precondition above(String percent) {
    return new Precondition(
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        List.of(new Precondition.Bound(Quantity.LOAD, true, new BigDecimal(percent))));
  }

  private static DevicePresence at(Map<Quantity, BigDecimal> quantities) {
    return new DevicePresence(
        1,
        DeviceKind.LOAD,
        Operating.ON,
        Optional.empty(),
        Optional.empty(),
        quantities,
        List.of(),
        Duration.ofMinutes(1));
  }

  @Test
  void aBoundHoldsAboveItsValueAndNotAtIt() {
    assertThat(above("30").unmet(at(Map.of(Quantity.LOAD, new BigDecimal("30.1"))))).isEmpty();
    assertThat(above("30").unmet(at(Map.of(Quantity.LOAD, new BigDecimal("30.0")))))
        .contains("required load above 30 %, it is 30.0");
  }

  @Test
  void aBoundDoesNotHoldOfWhatIsNotMeasured() {
    assertThat(above("30").unmet(at(Map.of())))
        .contains("required load above 30 %, which it does not measure");
  }

  @Test
  void equalBoundsAreEqualHoweverTheyAreWritten() {
    assertThat(above("30.00")).isEqualTo(above("30"));
  }
}
