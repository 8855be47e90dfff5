// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import energy.muster.metering.Readings;
import energy.muster.tariff.DemandCharge;
import energy.muster.tariff.Money;
import energy.muster.tariff.Stretches;
import energy.muster.tariff.Tariff;
import energy.muster.tariff.TariffCalendar;
import energy.muster.tariff.Tier;
import energy.muster.tariff.When;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one demand charge comes to in one part of a bill. */
final class DemandAccount {
  private static final BigDecimal MINUTES_OF_HOUR = BigDecimal.valueOf(60);
  private static final int PERCENT_DIGITS = 2;
  private static final int WH_OF_KWH_DIGITS = 3;

  private final DemandCharge charge;
  private final Part part;
  private final Readings readings;
  private final DemandWindows windows;

  DemandAccount(DemandCharge charge, Part part, Stretches stretches, Readings readings) {
    this.charge = charge;
    this.part = part;
    this.readings = readings;
    Tariff tariff = part.tariff();
    this.windows =
        new DemandWindows(
            readings,
            stretches,
            tariff.validity().zone(),
            charge.minutes(),
            charge.rateOfCells(tariff.calendar()),
            charge.rates().size());
  }

  Walk.Taker taker() {
    return windows;
  }

  List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    List<Use> largest = windows.largest();
    for (int rate = 0; rate < largest.size(); rate++) {
      DemandCharge.Rate each = charge.rates().get(rate);
      int days = part.days(each.when());
      if (days > 0) {
        lines.addAll(lines(each, days, largest.get(rate)));
      }
    }
    return lines;
  }

  private List<Line> lines(DemandCharge.Rate rate, int days, Use largest) {
    BigDecimal kw = kilowatts(largest.wh());
    Use use = largest;
    if (charge.ratchet().isPresent()) {
      Use earlier = earlier(rate.when(), charge.ratchet().get());
      BigDecimal atLeast =
          kilowatts(earlier.wh())
              .multiply(charge.ratchet().get().percent().movePointLeft(PERCENT_DIGITS));
      if (atLeast.compareTo(kw) > 0) {
        kw = atLeast;
        use = earlier;
      }
    }
    return tiers(rate, days, kw, use);
  }

  private List<Line> tiers(DemandCharge.Rate rate, int days, BigDecimal kw, Use use) {
    List<Line> lines = new ArrayList<>();
    BigDecimal before = BigDecimal.ZERO;
    for (int i = 0; i < rate.tiers().size() && kw.compareTo(before) > 0; i++) {
      Tier tier = rate.tiers().get(i);
      BigDecimal end = tier.upTo().map(kw::min).orElse(kw);
      BigDecimal within = end.subtract(before);
      BigDecimal full = within.multiply(tier.price());
      BigDecimal amount =
          charge.daily() ? full.multiply(BigDecimal.valueOf(days)) : part.shareOfMonth(full, days);
      lines.add(
          new Line(
              Line.Kind.DEMAND,
              charge.name(),
              Line.Basis.of(part),
              rate.when().spoken(),
              rate.tiers().size() > 1 ? i + 1 : 0,
              within,
              charge.daily() ? "kW for " + days + " days" : unit(days),
              Optional.of(tier.price()),
              new Money(amount, part.tariff().currency()),
              List.of(use)));
      before = end;
    }
    return lines;
  }

  private String unit(int days) {
    return days == part.daysOfMonth()
        ? "kW"
        : "kW for " + days + " of " + part.daysOfMonth() + " days";
  }

  /** The largest of the months before, as far as there are readings of them. */
  private Use earlier(When when, DemandCharge.Ratchet ratchet) {
    Tariff tariff = part.tariff();
    TariffCalendar calendar = tariff.calendar();
    LocalDate first = part.monthFrom().minusMonths(ratchet.months());
    Instant from = tariff.validity().startOf(first);
    Instant until = tariff.validity().startOf(part.monthFrom());
    When counted = new When(ratchet.seasons(), when.periods());
    int[] only =
        calendar.cells().stream().mapToInt(cell -> counted.includes(cell) ? 0 : -1).toArray();
    Instant begin = from.isAfter(readings.start()) ? from : readings.start();
    if (!begin.isBefore(until)) {
      return new Use(until, until, 0, 0);
    }
    Stretches stretches = Stretches.of(calendar, tariff.validity().zone(), begin, until);
    DemandWindows before =
        new DemandWindows(readings, stretches, tariff.validity().zone(), charge.minutes(), only, 1);
    Walk.through(readings, stretches, before);
    return before.largest().get(0);
  }

  /** The mean power of a window. */
  private BigDecimal kilowatts(long wh) {
    return BigDecimal.valueOf(wh, WH_OF_KWH_DIGITS)
        .multiply(MINUTES_OF_HOUR.divide(BigDecimal.valueOf(charge.minutes())));
  }
}
