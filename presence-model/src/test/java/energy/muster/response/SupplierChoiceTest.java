// SPDX-License-Identifier: Apache-2.0
package energy.muster.response;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.tariff.OfferName;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SupplierChoiceTest {
  private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");
  private static final OfferName NORTH = OfferName.parse("northco/night");
  private static final OfferName SOUTH = OfferName.parse("southco/flat");
  private static final OfferName WEST = OfferName.parse("westco/flat");
  private static final SupplierChoice CHOICE =
      new SupplierChoice(NORTH, NOON, new BigDecimal("0.02"), Duration.ofHours(1));
  private static final Instant LATER = NOON.plus(Duration.ofHours(1));

  private static Map<OfferName, BigDecimal> asked(String north, String south) {
    return Map.of(NORTH, new BigDecimal(north), SOUTH, new BigDecimal(south));
  }

  @Test
  void theCheapestIsTakenWhenItIsCheaperByMoreThanTheMargin() {
    assertThat(CHOICE.look(LATER, asked("0.30", "0.28"))).isEmpty();

    SupplierChoice.Change change = CHOICE.look(LATER, asked("0.30", "0.27")).orElseThrow();

    assertThat(change.next().current()).isEqualTo(SOUTH);
    assertThat(change.next().since()).isEqualTo(LATER);
    assertThat(change.reason()).isEqualTo("southco/flat asks 0.27 a kWh, northco/night 0.30");
  }

  @Test
  void nobodyIsLeftBeforeTheShortestStay() {
    assertThat(CHOICE.look(LATER.minusMillis(1), asked("0.90", "0.10"))).isEmpty();
  }

  @Test
  void whoHasNoPriceAnyMoreIsLeft() {
    assertThat(CHOICE.look(LATER, Map.of(SOUTH, new BigDecimal("0.99"))))
        .map(SupplierChoice.Change::to)
        .contains(SOUTH);
    assertThat(CHOICE.look(LATER, Map.of())).isEmpty();
  }

  @Test
  void ofEqualsTheFirstByNameIsTaken() {
    assertThat(
            CHOICE.look(LATER, Map.of(WEST, new BigDecimal("0.10"), SOUTH, new BigDecimal("0.10"))))
        .map(SupplierChoice.Change::to)
        .contains(SOUTH);
  }
}
