// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import energy.muster.document.DocumentId;
import energy.muster.metering.Readings;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.tariff.Money;
import energy.muster.tariff.PriceBoard;
import energy.muster.tariff.Tariff;
import energy.muster.tariff.TariffBoard;
import energy.muster.tariff.TariffBoard.Reign;
import energy.muster.tariff.Validity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Bills what a meter counted by the tariffs and prices that were published. A bill over several
 * billing months has the lines of each; it comes to what their bills would together.
 */
public final class Biller {
  private static final int MOST_YEARS = 10;

  private final TariffBoard tariffs;
  private final PriceBoard prices;

  public Biller(TariffBoard tariffs, PriceBoard prices) {
    this.tariffs = Objects.requireNonNull(tariffs);
    this.prices = Objects.requireNonNull(prices);
  }

  /**
   * @param id of the bill
   * @param from the first day, of the tariff's zone
   * @param until the first day after the period, at most ten years later
   * @param readings of the period; those of the months before count for ratchets
   * @throws Refused {@code unknown} when there is no such tariff, {@code precondition} when none of
   *     its versions holds at some time, a price was not published, or a contracted power is not
   *     known
   */
  public Bill bill(
      DocumentId id, Account account, LocalDate from, LocalDate until, Readings readings) {
    if (!from.isBefore(until) || from.plusYears(MOST_YEARS).isBefore(until)) {
      throw new IllegalArgumentException("a bill is of 1 day to " + MOST_YEARS + " years");
    }
    Tariff any =
        tariffs.versionsOf(account.tariff()).stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new Refused(
                        Refusal.of(Reason.UNKNOWN, "there is no tariff %s", account.tariff())));
    Validity days = any.validity();
    List<Line> lines = new ArrayList<>();
    for (Part part : parts(account, from, until, days)) {
      lines.addAll(PartBill.of(part, account, readings, prices));
    }
    Money total =
        lines.stream().map(Line::amount).reduce(Money.zero(any.currency()), Money::plus).rounded();
    return new Bill(
        id,
        account.meter(),
        account.tariff(),
        days.zone(),
        from,
        until,
        lines,
        total,
        Doubts.of(readings, days.startOf(from), days.startOf(until)),
        java.util.Optional.empty());
  }

  private List<Part> parts(Account account, LocalDate from, LocalDate until, Validity days) {
    List<Part> parts = new ArrayList<>();
    for (Reign reign : tariffs.reigns(account.tariff(), days.startOf(from), days.startOf(until))) {
      Tariff tariff = reign.tariff();
      LocalDate end = day(reign.until(), days.zone());
      LocalDate begin = day(reign.from(), days.zone());
      while (begin.isBefore(end)) {
        LocalDate month = tariff.billingMonthOf(begin);
        LocalDate next = month.plusMonths(1);
        LocalDate stop = next.isBefore(end) ? next : end;
        parts.add(new Part(tariff, begin, stop, month));
        begin = stop;
      }
    }
    return parts;
  }

  /** Versions begin and end with a day. */
  private static LocalDate day(Instant at, ZoneId zone) {
    return at.atZone(zone).toLocalDate();
  }
}
