// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {
  @ParameterizedTest
  @CsvSource({
    "0.005, USD, 0.01 USD",
    "0.00499999, USD, 0.00 USD",
    "-0.005, USD, -0.01 USD",
    "2.5, JPY, 3 JPY",
    "1.0005, KWD, 1.001 KWD",
    "7, EUR, 7.00 EUR"
  })
  void isRoundedToTheMinorUnitHalfAwayFromZero(String amount, String currency, String rounded) {
    assertThat(Money.of(amount, currency).rounded()).hasToString(rounded);
  }

  @Test
  void keepsEveryDecimalUntilItIsRounded() {
    Money third = Money.of("0.1", "USD").times(new BigDecimal("0.12345678"));

    assertThat(third).hasToString("0.012345678 USD");
    assertThat(third.plus(third).minus(third)).isEqualTo(third);
  }

  @Test
  void equalAmountsAreEqualHoweverTheyAreWritten() {
    assertThat(Money.of("100", "USD"))
        .isEqualTo(Money.of("100.000", "USD"))
        .hasToString("100.00 USD");
  }

  @Test
  void twoCurrenciesDoNotAddUp() {
    Money dollars = Money.of("1", "USD");
    Money euros = Money.of("1", "EUR");

    assertThatThrownBy(() -> dollars.plus(euros)).hasMessageContaining("USD and EUR");
    assertThatThrownBy(() -> dollars.lessThan(euros)).hasMessageContaining("USD and EUR");
  }

  @ParameterizedTest
  @ValueSource(strings = {"XAU", "usd", "DOLLAR", ""})
  void whatIsNoCurrencyIsRefused(String code) {
    assertThatThrownBy(() -> Money.currencyOf(code)).isInstanceOf(IllegalArgumentException.class);
  }
}
