// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import energy.muster.tariff.Per;
import energy.muster.tariff.Tariff;
import energy.muster.tariff.When;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * Days of a bill that lie in one billing month and under one version of the tariff. Each part
 * stands for itself: it has its share, by days, of what is owed for a month.
 *
 * @param from the first day
 * @param until the first day after it
 * @param monthFrom the first day of the billing month
 */
record Part(Tariff tariff, LocalDate from, LocalDate until, LocalDate monthFrom) {
  /** Shares of a month that do not come out even are reckoned to so many decimals. */
  private static final int DECIMALS = 20;

  Instant start() {
    return tariff.validity().startOf(from);
  }

  Instant end() {
    return tariff.validity().startOf(until);
  }

  int days() {
    return (int) ChronoUnit.DAYS.between(from, until);
  }

  int daysOfMonth() {
    return (int) ChronoUnit.DAYS.between(monthFrom, monthFrom.plusMonths(1));
  }

  /** Its days in the seasons of a rate. */
  int days(When when) {
    return (int)
        from.datesUntil(until)
            .filter(day -> when.includesSeason(tariff.calendar().seasonOf(day)))
            .count();
  }

  /** What an amount for each day, month or year comes to for all of it. */
  BigDecimal owed(Per per, BigDecimal amount) {
    return switch (per) {
      case DAY -> amount.multiply(BigDecimal.valueOf(days()));
      case MONTH -> shareOfMonth(amount, days());
      case YEAR ->
          share(amount, daysIn(false), LocalDate.EPOCH.lengthOfYear())
              .add(share(amount, daysIn(true), LocalDate.EPOCH.lengthOfYear() + 1));
    };
  }

  private long daysIn(boolean leapYear) {
    return from.datesUntil(until).filter(day -> day.isLeapYear() == leapYear).count();
  }

  BigDecimal shareOfMonth(BigDecimal amount, int days) {
    return share(amount, days, daysOfMonth());
  }

  private static BigDecimal share(BigDecimal amount, long days, long of) {
    BigDecimal product = amount.multiply(BigDecimal.valueOf(days));
    return days == of
        ? amount
        : product.divide(BigDecimal.valueOf(of), DECIMALS, RoundingMode.HALF_UP);
  }
}
