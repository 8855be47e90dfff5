// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * An exact amount of a currency. It has as many decimals as it takes, and never fewer than the
 * currency's minor unit has, so that equal amounts are equal.
 */
public record Money(BigDecimal amount, Currency currency) {
  public Money {
    int minor = minorDigits(currency);
    BigDecimal stripped = amount.stripTrailingZeros();
    amount = stripped.setScale(Math.max(minor, stripped.scale()));
  }

  public static Money of(String amount, String currency) {
    return new Money(new BigDecimal(amount), currencyOf(currency));
  }

  public static Money zero(Currency currency) {
    return new Money(BigDecimal.ZERO, currency);
  }

  /** A currency of ISO 4217 by its three letters; those without a minor unit, as gold, are none. */
  public static Currency currencyOf(String code) {
    try {
      Currency currency = Currency.getInstance(code);
      minorDigits(currency);
      return currency;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + code + "' is no currency of ISO 4217", e);
    }
  }

  /** How many decimals the currency's smallest coin has. */
  static int minorDigits(Currency currency) {
    int digits = currency.getDefaultFractionDigits();
    if (digits < 0) {
      throw new IllegalArgumentException(currency + " has no minor unit");
    }
    return digits;
  }

  public Money plus(Money other) {
    return new Money(amount.add(same(other).amount), currency);
  }

  public Money minus(Money other) {
    return new Money(amount.subtract(same(other).amount), currency);
  }

  public Money times(BigDecimal factor) {
    return new Money(amount.multiply(factor), currency);
  }

  public Money negated() {
    return new Money(amount.negate(), currency);
  }

  /** To the currency's minor unit; half a unit away from zero. */
  public Money rounded() {
    return new Money(amount.setScale(minorDigits(currency), RoundingMode.HALF_UP), currency);
  }

  public int signum() {
    return amount.signum();
  }

  public boolean lessThan(Money other) {
    return amount.compareTo(same(other).amount) < 0;
  }

  private Money same(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException(currency + " and " + other.currency + " do not add up");
    }
    return other;
  }

  /** Such as {@code 12.30 USD}. */
  @Override
  public String toString() {
    return amount.toPlainString() + " " + currency;
  }
}
