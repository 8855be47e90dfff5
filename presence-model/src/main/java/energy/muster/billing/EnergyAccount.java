// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import energy.muster.metering.EnergySum;
import energy.muster.tariff.EnergyCharge;
import energy.muster.tariff.EnergyPrice;
import energy.muster.tariff.Money;
import energy.muster.tariff.PriceBoard;
import energy.muster.tariff.Season;
import energy.muster.tariff.Stretches;
import energy.muster.tariff.Tier;
import energy.muster.tariff.Tiering;
import energy.muster.tariff.When;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Adds up what one energy charge, or one credit for export, comes to in one part of a bill. */
final class EnergyAccount implements Walk.Taker {
  private static final int WH_OF_KWH_DIGITS = 3;

  private final EnergyCharge charge;
  private final Line.Kind kind;
  private final Part part;
  private final Stretches stretches;
  private final int[] rateOfCell;

  /** For each rate the end of each tier in watt-hours. */
  private final List<long[]> ends = new ArrayList<>();

  private final List<List<Uses>> uses = new ArrayList<>();
  private final List<Optional<FollowedPrices>> followed = new ArrayList<>();

  /** Rates that count into the same sum have the same number. */
  private final int[] counter;

  private final long[] counted;
  private final long[] countedOn;

  EnergyAccount(
      EnergyCharge charge, Line.Kind kind, Part part, Stretches stretches, PriceBoard prices) {
    this.charge = charge;
    this.kind = kind;
    this.part = part;
    this.stretches = stretches;
    this.rateOfCell = charge.rateOfCells(part.tariff().calendar());
    this.counter = new int[charge.rates().size()];
    this.counted = new long[counter.length];
    this.countedOn = new long[counter.length];
    for (int rate = 0; rate < counter.length; rate++) {
      EnergyCharge.Rate each = charge.rates().get(rate);
      counter[rate] = charge.tiering().together() ? firstOfSeasons(each.when()) : rate;
      List<Tier> tiers =
          each.price() instanceof EnergyPrice.Stated stated ? stated.tiers() : List.of();
      ends.add(ends(each.when(), tiers));
      List<Uses> perTier = new ArrayList<>();
      for (int tier = 0; tier < Math.max(1, tiers.size()); tier++) {
        perTier.add(new Uses());
      }
      uses.add(perTier);
      followed.add(
          each.price() instanceof EnergyPrice.Following following
              ? Optional.of(new FollowedPrices(following, part, prices))
              : Optional.empty());
    }
  }

  private int firstOfSeasons(When when) {
    Set<String> seasons = seasons(when);
    for (int rate = 0; rate < counter.length; rate++) {
      if (seasons(charge.rates().get(rate).when()).equals(seasons)) {
        return rate;
      }
    }
    throw new AssertionError(when);
  }

  /** Whatever their order, and whether all are named or none is. */
  private Set<String> seasons(When when) {
    return part.tariff().calendar().seasons().stream()
        .map(Season::name)
        .filter(when::includesSeason)
        .collect(Collectors.toSet());
  }

  private long[] ends(When when, List<Tier> tiers) {
    return tiers.stream()
        .flatMap(tier -> tier.upTo().stream())
        .mapToLong(
            end ->
                switch (charge.tiering().per()) {
                  case DAY -> wh(end);
                  case MONTH -> wh(part.shareOfMonth(end, part.days(when)));
                  case DAILY_ALLOWANCE -> wh(end.multiply(BigDecimal.valueOf(part.days(when))));
                })
        .toArray();
  }

  private static long wh(BigDecimal kwh) {
    return kwh.movePointRight(WH_OF_KWH_DIGITS).setScale(0, RoundingMode.HALF_UP).longValueExact();
  }

  @Override
  public void take(long from, long until, int stretch, int interval, long importWh, long exportWh) {
    int rate = rateOfCell[stretches.cell(stretch)];
    long left = kind == Line.Kind.EXPORT ? exportWh : importWh;
    if (followed.get(rate).isPresent()) {
      followed.get(rate).get().take(from, until, left);
    }
    int sum = counter[rate];
    if (charge.tiering().per() == Tiering.Span.DAY && countedOn[sum] != stretches.day(stretch)) {
      countedOn[sum] = stretches.day(stretch);
      counted[sum] = 0;
    }
    long[] end = ends.get(rate);
    int tier = 0;
    do {
      while (tier < end.length && counted[sum] >= end[tier]) {
        tier++;
      }
      long now = tier < end.length ? Math.min(left, end[tier] - counted[sum]) : left;
      uses.get(rate).get(tier).add(from, until, interval, now);
      counted[sum] += now;
      left -= now;
    } while (left > 0);
  }

  List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    for (int rate = 0; rate < counter.length; rate++) {
      List<Uses> perTier = uses.get(rate);
      for (int tier = 0; tier < perTier.size(); tier++) {
        if (perTier.get(tier).wh() > 0) {
          lines.add(line(rate, tier));
        }
      }
    }
    return lines;
  }

  private Line line(int rate, int tier) {
    Uses used = uses.get(rate).get(tier);
    BigDecimal kwh = EnergySum.kwh(used.wh());
    EnergyCharge.Rate each = charge.rates().get(rate);
    Optional<BigDecimal> price =
        each.price() instanceof EnergyPrice.Stated stated
            ? Optional.of(stated.tiers().get(tier).price())
            : Optional.empty();
    BigDecimal amount =
        price.map(kwh::multiply).orElseGet(() -> followed.get(rate).orElseThrow().amount());
    Money owed = new Money(amount, part.tariff().currency());
    return new Line(
        kind,
        charge.name(),
        Line.Basis.of(part),
        each.when().spoken(),
        ends.get(rate).length > 0 ? tier + 1 : 0,
        kwh,
        "kWh",
        price,
        kind == Line.Kind.EXPORT ? owed.negated() : owed,
        used.list());
  }
}
