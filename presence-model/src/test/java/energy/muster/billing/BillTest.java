// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import static energy.muster.billing.July.JULY;
import static energy.muster.billing.July.METER;
import static energy.muster.billing.July.PACIFIC;
import static energy.muster.billing.July.QUARTER;
import static energy.muster.billing.July.account;
import static energy.muster.billing.July.bill;
import static energy.muster.billing.July.constant;
import static energy.muster.billing.July.energy;
import static energy.muster.billing.July.fixed;
import static energy.muster.billing.July.july;
import static energy.muster.billing.July.readings;
import static energy.muster.billing.July.tariff;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.document.GoldenFile;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.metering.IntervalEnergy;
import energy.muster.metering.Quality;
import energy.muster.metering.Readings;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.tariff.Money;
import energy.muster.tariff.OfferName;
import energy.muster.tariff.PriceBoard;
import energy.muster.tariff.PriceSeries;
import energy.muster.tariff.Tariff;
import energy.muster.tariff.TariffBoard;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class BillTest {
  private static void assertRefused(Runnable what, Reason reason, String said) {
    assertThatThrownBy(what::run)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.refusal().reason()).isEqualTo(reason))
        .hasMessageContaining(said);
  }

  @Test
  void aVersionThatBeginsWithinAMonthBillsItsDays() {
    Tariff first = tariff(energy("0.30").andThen(fixed("month", "31.00")));
    Tariff second =
        tariff(
            energy("0.40")
                .andThen(fixed("month", "62.00"))
                .andThen(tree -> tree.put("version", 4).put("from", "2026-07-11")));

    Bill bill = bill(TariffBoard.EMPTY.with(first).with(second), account(first), constant(250));

    assertThat(bill.lines())
        .extracting(
            line ->
                line.basis().version()
                    + " "
                    + line.charge()
                    + " "
                    + line.quantity()
                    + " "
                    + line.amount())
        .containsExactly(
            "3 Base month 10 10.00 USD",
            "3 Energy 240.000 72.00 USD",
            "4 Base month 21 42.00 USD",
            "4 Energy 504.000 201.60 USD");
    assertThat(bill.lines().get(3).basis().document()).isEqualTo(second.header().id());
  }

  @Test
  void everyLineNamesItsIntervals() {
    Bill bill = july(Tariff.read(GoldenFile.compact("tariff")), constant(200));

    Line peak =
        bill.lines().stream()
            .filter(line -> line.when().equals("summer, peak"))
            .findFirst()
            .orElseThrow();
    assertThat(peak.uses()).hasSize(23);
    assertThat(peak.uses().get(0))
        .isEqualTo(
            new Use(
                Instant.parse("2026-07-01T23:00:00Z"),
                Instant.parse("2026-07-02T04:00:00Z"),
                20,
                4_000));
  }

  @Test
  void anIntervalAcrossTheEndOfATierStandsOnBothLinesWithItsShare() {
    Tariff tariff =
        tariff(
            tree -> {
              ObjectNode charge = tree.putArray("energy").addObject().put("name", "Energy");
              charge.putObject("tiering").put("per", "month").put("counted", "apart");
              ArrayNode tiers = charge.putArray("rates").addObject().putArray("tiers");
              tiers.addObject().put("upTo", "1.1").put("price", "0.1");
              tiers.addObject().put("price", "0.2");
            });

    Bill bill = july(tariff, readings(250, JULY, JULY.plusDays(1)));

    assertThat(bill.lines().get(0).uses())
        .containsExactly(
            new Use(
                Instant.parse("2026-07-01T07:00:00Z"),
                Instant.parse("2026-07-01T08:15:00Z"),
                5,
                1_100));
    assertThat(bill.lines().get(1).uses())
        .containsExactly(
            new Use(
                Instant.parse("2026-07-01T08:00:00Z"),
                Instant.parse("2026-07-02T07:00:00Z"),
                92,
                22_900));
  }

  /** A day by the hour, of which each half has a rate of its own and both share one sum. */
  private static Tariff halves(List<String> day, List<String> night) {
    return tariff(
        tree -> {
          ArrayNode seasons = tree.putArray("seasons");
          season(seasons, "summer", "04-01/09-30");
          season(seasons, "winter", "10-01/03-31");
          ArrayNode periods = tree.putArray("periods");
          periods.addObject().put("name", "day").put("from", "00:00").put("until", "12:00");
          periods.addObject().put("name", "night").put("from", "12:00").put("until", "00:00");
          ObjectNode charge = tree.putArray("energy").addObject().put("name", "Energy");
          charge.putObject("tiering").put("per", "day").put("counted", "together");
          half(charge.withArray("rates"), "day", day);
          half(charge.withArray("rates"), "night", night);
        });
  }

  private static void season(ArrayNode seasons, String name, String days) {
    seasons.addObject().put("name", name).putArray("days").add(days);
  }

  private static void half(ArrayNode rates, String period, List<String> seasons) {
    ObjectNode rate = rates.addObject();
    rate.putArray("periods").add(period);
    if (!seasons.isEmpty()) {
      seasons.forEach(rate.putArray("seasons")::add);
    }
    ArrayNode tiers = rate.putArray("tiers");
    tiers.addObject().put("upTo", "12").put("price", "0.1");
    tiers.addObject().put("price", "0.2");
  }

  @Test
  void ratesOfTheSameSeasonsShareOneSumHoweverTheirSeasonsAreWritten() {
    Readings day = readings(250, JULY, JULY.plusDays(1));
    for (List<String> night :
        List.of(List.of("summer", "winter"), List.of("winter", "summer"), List.<String>of())) {
      Bill bill = july(halves(List.of("summer", "winter"), night), day);
      assertThat(bill.lines())
          .as(night.toString())
          .extracting(line -> line.tier() + " " + line.quantity())
          .containsExactly("1 12.000", "2 12.000");
    }
  }

  @Test
  void whatWasNotMeasuredIsNamed() {
    List<IntervalEnergy> few = new ArrayList<>();
    Instant start = JULY.atStartOfDay(PACIFIC).toInstant();
    few.add(IntervalEnergy.valid(start.plus(QUARTER), 100, 0));
    few.add(
        new IntervalEnergy(start.plus(QUARTER.multipliedBy(2)), 120, 0, Set.of(Quality.ESTIMATED)));
    few.add(IntervalEnergy.valid(start.plus(QUARTER.multipliedBy(5)), 100, 0));

    Bill bill = july(tariff(energy("1")), Readings.of(QUARTER, few));

    assertThat(bill.total()).isEqualTo(Money.of("0.32", "USD"));
    assertThat(bill.doubts())
        .containsExactly(
            new Doubt(Quality.MISSING, start, start.plus(QUARTER), 1),
            new Doubt(
                Quality.ESTIMATED,
                start.plus(QUARTER.multipliedBy(2)),
                start.plus(QUARTER.multipliedBy(3)),
                1),
            new Doubt(
                Quality.MISSING,
                start.plus(QUARTER.multipliedBy(3)),
                start.plus(QUARTER.multipliedBy(5)),
                2),
            new Doubt(
                Quality.MISSING,
                start.plus(QUARTER.multipliedBy(6)),
                JULY.plusMonths(1).atStartOfDay(PACIFIC).toInstant(),
                31 * 96 - 6));
  }

  @Test
  void aCorrectionGivesAnotherBillThatNamesTheFirstAndTheDifference() {
    Tariff tariff = tariff(energy("0.30"));
    Readings readings = constant(200);
    Bill first = july(tariff, readings);
    IntervalEnergy better = IntervalEnergy.valid(readings.startOf(7), 10_200, 0);

    Bill second =
        july(tariff, readings.corrected(better, "read back", Instant.EPOCH)).correcting(first);

    assertThat(second.corrects())
        .contains(new Bill.Correction(first.id(), first.total(), Money.of("3.00", "USD")));
    assertThat(second.doubts()).extracting(Doubt::quality).containsExactly(Quality.CORRECTED);
    assertThat(second.agreesWith(first)).isFalse();
    assertThat(july(tariff, readings).agreesWith(first)).isTrue();
    assertThat(Bill.read(Fields.of(second.write()))).isEqualTo(second);
  }

  @Test
  void whereOnlyTheTotalIsRoundedLinesKeepTheirDecimals() {
    Consumer<ObjectNode> three =
        tree -> {
          ArrayNode energy = tree.putArray("energy");
          for (String name : List.of("One", "Two", "Three")) {
            energy
                .addObject()
                .put("name", name)
                .putArray("rates")
                .addObject()
                .put("price", "0.0044");
          }
        };
    Readings oneKwh = readings(1_000, JULY, JULY.plusDays(1)).with(List.of());
    Readings first =
        Readings.of(QUARTER, oneKwh.between(oneKwh.start(), oneKwh.start().plus(QUARTER)));

    assertThat(july(tariff(three), first).total()).isEqualTo(Money.of("0.00", "USD"));
    assertThat(july(tariff(three.andThen(tree -> tree.put("rounding", "total"))), first).total())
        .isEqualTo(Money.of("0.01", "USD"));
  }

  @Test
  void aMinimumOwesWhatIsLacking() {
    Tariff tariff =
        tariff(
            energy("0.30")
                .andThen(
                    tree ->
                        tree.putArray("minimum")
                            .addObject()
                            .put("name", "Minimum")
                            .put("per", "month")
                            .put("amount", "12.00")));

    assertThat(july(tariff, readings(100, JULY, JULY.plusDays(1))).lines())
        .extracting(line -> line.charge() + " " + line.amount())
        .containsExactly("Energy 2.88 USD", "Minimum 9.12 USD");
    assertThat(july(tariff, constant(100)).lines()).hasSize(1);
  }

  @Test
  void whatIsPerContractedKilowattNeedsIt() {
    Tariff tariff =
        tariff(
            energy("0.30")
                .andThen(fixed("day", "0.10"))
                .andThen(tree -> ((ObjectNode) tree.at("/fixed/0")).put("perKw", true)));
    TariffBoard board = TariffBoard.EMPTY.with(tariff);
    Account five = new Account(METER, tariff.name(), Optional.of(new BigDecimal("4.6")));

    assertThat(bill(board, five, constant(0)).total()).isEqualTo(Money.of("14.26", "USD"));
    assertRefused(() -> bill(board, account(tariff), constant(0)), Reason.PRECONDITION, "Base day");
  }

  @Test
  void aYearlyAmountIsSharedByTheDaysOfTheYear() {
    Tariff tariff = tariff(fixed("year", "365.00"));

    assertThat(july(tariff, constant(0)).total()).isEqualTo(Money.of("31.00", "USD"));
  }

  @Test
  void energyFollowsASeriesAndAPriceThatLacksIsNamed() {
    Tariff tariff =
        tariff(
            tree ->
                tree.putArray("energy")
                    .addObject()
                    .put("name", "Energy")
                    .putArray("rates")
                    .addObject()
                    .put("series", "day-ahead")
                    .put("factor", "1.1")
                    .put("plus", "0.02"));
    ObjectNode series = GoldenFile.tree("prices").put("currency", "USD").put("minutes", 5);
    series.put("start", "2026-07-01T07:00:00Z").put("until", "2026-07-01T07:30:00Z");
    ArrayNode prices = series.putArray("prices");
    List.of("0.1", "0.2", "-0.3", "0.1", "0.1", "0.1").forEach(prices::add);
    PriceBoard board = PriceBoard.EMPTY.with(PriceSeries.read(Json.bytes(series)));
    Biller biller = new Biller(TariffBoard.EMPTY.with(tariff), board);
    Readings all = constant(300);
    Readings two =
        Readings.of(QUARTER, all.between(all.start(), all.start().plus(QUARTER.multipliedBy(2))));

    Bill bill =
        biller.bill(DocumentId.next(Instant.EPOCH), account(tariff), JULY, JULY.plusMonths(1), two);

    // 0.1 kWh at each price, times 1.1: 0.3 * 1.1 * 0.1; and 0.6 * 0.02.
    assertThat(bill.lines().get(0).price()).isEmpty();
    assertThat(bill.total()).isEqualTo(Money.of("0.05", "USD"));
    assertRefused(
        () ->
            biller.bill(
                DocumentId.next(Instant.EPOCH), account(tariff), JULY, JULY.plusMonths(1), all),
        Reason.PRECONDITION,
        "northco/day-ahead: no price from 2026-07-01T07:30:00Z to 2026-08-01T07:00:00Z");
  }

  @Test
  void whereNoTariffHoldsNothingIsBilled() {
    Tariff tariff = tariff(energy("0.30").andThen(tree -> tree.put("until", "2026-07-20")));

    assertRefused(
        () -> july(tariff, constant(0)),
        Reason.PRECONDITION,
        "nothing from 2026-07-20T07:00:00Z to 2026-08-01T07:00:00Z");
    assertRefused(
        () ->
            bill(
                TariffBoard.EMPTY,
                new Account(METER, OfferName.parse("a/b"), Optional.empty()),
                constant(0)),
        Reason.UNKNOWN,
        "a/b");
  }
}
