// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import energy.muster.metering.Readings;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.tariff.Charges;
import energy.muster.tariff.EnergyCharge;
import energy.muster.tariff.FixedCharge;
import energy.muster.tariff.MinimumCharge;
import energy.muster.tariff.Money;
import energy.muster.tariff.Per;
import energy.muster.tariff.Percentage;
import energy.muster.tariff.PriceBoard;
import energy.muster.tariff.Rounding;
import energy.muster.tariff.Stretches;
import energy.muster.tariff.Tariff;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Writes the lines of one part of a bill, in their order. */
final class PartBill {
  private static final Set<Line.Kind> BEFORE_MINIMUM =
      EnumSet.of(Line.Kind.FIXED, Line.Kind.ENERGY, Line.Kind.DEMAND);
  private static final BigDecimal ONE = BigDecimal.ONE;

  private final Part part;
  private final Tariff tariff;
  private final Account account;
  private final List<Line> lines = new ArrayList<>();

  private PartBill(Part part, Account account) {
    this.part = part;
    this.tariff = part.tariff();
    this.account = account;
  }

  static List<Line> of(Part part, Account account, Readings readings, PriceBoard prices) {
    PartBill bill = new PartBill(part, account);
    Charges charges = part.tariff().charges();
    charges.fixed().forEach(bill::fixed);
    bill.measured(charges, readings, prices);
    charges.minimum().forEach(bill::minimum);
    charges.percentages().forEach(bill::percentage);
    return bill.lines;
  }

  private void write(Line line) {
    lines.add(tariff.rounding() == Rounding.LINE ? line.rounded() : line);
  }

  private void write(
      Line.Kind kind,
      String charge,
      BigDecimal quantity,
      String unit,
      Optional<BigDecimal> price,
      Money amount) {
    write(
        new Line(
            kind, charge, Line.Basis.of(part), "", 0, quantity, unit, price, amount, List.of()));
  }

  private void fixed(FixedCharge charge) {
    if (!charge.months().isEmpty() && !charge.months().contains(part.monthFrom().getMonthValue())) {
      return;
    }
    BigDecimal amount = part.owed(charge.per(), charge.amount());
    BigDecimal kilowatts = charge.perKilowatt() ? contracted(charge) : ONE;
    write(
        Line.Kind.FIXED,
        charge.name(),
        charge.perKilowatt() ? kilowatts : BigDecimal.valueOf(part.days()),
        (charge.perKilowatt() ? "kW for " + part.days() + " " : "") + days(charge.per()),
        Optional.of(charge.amount()),
        new Money(amount.multiply(kilowatts), tariff.currency()));
  }

  private BigDecimal contracted(FixedCharge charge) {
    return account
        .contractedKw()
        .orElseThrow(
            () ->
                new Refused(
                    Refusal.of(
                        Reason.PRECONDITION,
                        "%s is per contracted kilowatt, and of %s none is known",
                        charge.name(),
                        account.meter())));
  }

  private String days(Per per) {
    return switch (per) {
      case DAY -> "days";
      case MONTH -> "of " + part.daysOfMonth() + " days of the month";
      case YEAR -> "days of the year";
    };
  }

  private void measured(Charges charges, Readings readings, PriceBoard prices) {
    Stretches stretches =
        Stretches.of(tariff.calendar(), tariff.validity().zone(), part.start(), part.end());
    List<EnergyAccount> energy = accounts(charges.energy(), Line.Kind.ENERGY, stretches, prices);
    List<EnergyAccount> export = accounts(charges.export(), Line.Kind.EXPORT, stretches, prices);
    List<DemandAccount> demand =
        charges.demand().stream()
            .map(charge -> new DemandAccount(charge, part, stretches, readings))
            .toList();
    List<Walk.Taker> all = new ArrayList<>(energy);
    all.addAll(export);
    demand.forEach(account -> all.add(account.taker()));
    for (Walk.Taker taker : all) {
      Walk.through(readings, stretches, taker);
    }
    energy.forEach(account -> account.lines().forEach(this::write));
    demand.forEach(account -> account.lines().forEach(this::write));
    export.forEach(account -> account.lines().forEach(this::write));
  }

  private List<EnergyAccount> accounts(
      List<EnergyCharge> charges, Line.Kind kind, Stretches stretches, PriceBoard prices) {
    return charges.stream()
        .map(charge -> new EnergyAccount(charge, kind, part, stretches, prices))
        .toList();
  }

  private void minimum(MinimumCharge charge) {
    Money least = new Money(part.owed(charge.per(), charge.amount()), tariff.currency());
    Money lacking =
        least.minus(
            charge.of().isEmpty()
                ? sum(line -> BEFORE_MINIMUM.contains(line.kind()))
                : sum(line -> charge.of().contains(line.charge())));
    if (lacking.signum() > 0) {
      write(
          Line.Kind.MINIMUM,
          charge.name(),
          BigDecimal.valueOf(part.days()),
          days(charge.per()),
          Optional.of(charge.amount()),
          lacking);
    }
  }

  private void percentage(Percentage charge) {
    Money base =
        charge.of().isEmpty()
            ? sum(line -> true)
            : sum(line -> charge.of().contains(line.charge()));
    if (base.signum() != 0) {
      write(
          Line.Kind.PERCENTAGE,
          charge.name(),
          base.amount(),
          base.currency().getCurrencyCode(),
          Optional.of(charge.factor()),
          base.times(charge.factor()));
    }
  }

  private Money sum(Predicate<Line> which) {
    return lines.stream()
        .filter(which)
        .map(Line::amount)
        .reduce(Money.zero(tariff.currency()), Money::plus);
  }
}
