// SPDX-License-Identifier: Apache-2.0
package energy.muster.response;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.fixture.OnePriceTariff;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.metering.IntervalEnergy;
import energy.muster.metering.Readings;
import energy.muster.tariff.OfferName;
import energy.muster.tariff.PriceBoard;
import energy.muster.tariff.PriceSeries;
import energy.muster.tariff.Tariff;
import energy.muster.tariff.TariffBoard;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UsageComparisonTest {
  private static final Currency USD = Currency.getInstance("USD");
  private static final BareJid LOAD = BareJid.parse("load-48@grid.example");
  private static final OfferName FLAT = OfferName.parse("northco/flat");
  private static final OfferName TIERED = OfferName.parse("southco/tiered");
  private static final OfferName SPOT = OfferName.parse("westco/spot");
  private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-06-08T09:30:00Z");

  private static Header header(DocumentType type, int id) {
    return new Header(
        type,
        "ieee123",
        DocumentId.next(START.plusSeconds(id)),
        BareJid.parse("tariffs.northco@grid.example"),
        START);
  }

  /** Holds since today only. */
  private static Tariff flat(String from) {
    return OnePriceTariff.of(header(DocumentType.TARIFF, 1), FLAT, 1, "Etc/UTC", from, "0.30");
  }

  /** Dearer in the first tier of a day, and much cheaper above. */
  private static Tariff tiered() {
    ObjectNode tree =
        OnePriceTariff.tree(
            header(DocumentType.TARIFF, 2), TIERED, 1, "Etc/UTC", "2026-01-01", "0");
    ObjectNode energy = tree.putArray("energy").addObject().put("name", "Energy");
    energy.putObject("tiering").put("per", "day").put("counted", "apart");
    ObjectNode rate = energy.putArray("rates").addObject();
    var tiers = rate.putArray("tiers");
    tiers.addObject().put("upTo", "4").put("price", "0.45");
    tiers.addObject().put("price", "0.15");
    return Tariff.read(Json.bytes(tree));
  }

  /** Quarters of an hour of 250 Wh: 24 kWh a day. */
  private static Readings used(int days) {
    List<IntervalEnergy> intervals = new ArrayList<>();
    for (int i = 0; i < days * 96 + 38; i++) {
      intervals.add(IntervalEnergy.valid(START.plus(Duration.ofMinutes(15L * i)), 250, 0));
    }
    return Readings.of(Duration.ofMinutes(15), intervals);
  }

  private static Market market(PriceBoard prices, Tariff... tariffs) {
    TariffBoard board = TariffBoard.EMPTY;
    for (Tariff tariff : tariffs) {
      board = board.with(tariff);
    }
    return new Market(board, prices);
  }

  private static Optional<UsageComparison> compare(Market market, int days, OfferName... offers) {
    return UsageComparison.of(market, LOAD, List.of(offers), USD, used(7), days, NOW);
  }

  @Test
  void whatItUsedDecidesAndNotThePriceOfTheFirstTier() {
    Market market = market(PriceBoard.EMPTY, flat("2026-01-01"), tiered());
    UsageComparison usage = compare(market, 7, FLAT, TIERED).orElseThrow();

    // By hand: 7 x 24 = 168 kWh; 168 x 0.30 = 50.40; 7 x (4 x 0.45 + 20 x 0.15) = 33.60.
    assertThat(usage.kwh()).isEqualByComparingTo("168");
    assertThat(usage.words())
        .isEqualTo(
            "168.000 kWh from 2026-06-01 to 2026-06-07:"
                + " 33.60 USD with southco/tiered, 50.40 USD with northco/flat");
    assertThat(market.ask(FLAT, USD, NOW).perKwh().orElseThrow())
        .isLessThan(market.ask(TIERED, USD, NOW).perKwh().orElseThrow());

    SupplierChoice.Change change =
        new SupplierChoice(FLAT, START, new BigDecimal("0.05"), Duration.ofHours(1))
            .look(NOW, usage)
            .orElseThrow();
    assertThat(change.to()).isEqualTo(TIERED);
    assertThat(change.reason())
        .isEqualTo(
            "what it used from 2026-06-01 to 2026-06-07, 168.000 kWh,"
                + " costs 33.60 USD with southco/tiered, 50.40 USD with northco/flat");
    assertThat(change.usage().orElseThrow().left().orElseThrow()).hasToString("50.40 USD");
    assertThat(change.usage().orElseThrow().taken()).hasToString("33.60 USD");
  }

  @Test
  void theMarginIsForEachKilowattHourThatWasUsed() {
    UsageComparison usage =
        compare(market(PriceBoard.EMPTY, flat("2026-01-01"), tiered()), 7, FLAT, TIERED)
            .orElseThrow();

    // 16.80 USD less for 168 kWh: 0.10 for each.
    assertThat(look("0.10", usage)).isEmpty();
    assertThat(look("0.099", usage)).isPresent();
  }

  private static Optional<SupplierChoice.Change> look(String margin, UsageComparison usage) {
    return new SupplierChoice(FLAT, START, new BigDecimal(margin), Duration.ofHours(1))
        .look(NOW, usage);
  }

  @Test
  void termsThatCountOnlySinceTodayAreComparedByTheUsageBefore() {
    UsageComparison usage =
        compare(market(PriceBoard.EMPTY, flat("2026-06-08"), tiered()), 2, FLAT, TIERED)
            .orElseThrow();

    assertThat(usage.from()).isEqualTo(LocalDate.parse("2026-06-06"));
    assertThat(usage.cost(FLAT).orElseThrow()).hasToString("14.40 USD");
  }

  @Test
  void aSeriesOfPricesCountsAsItWasAndOneThatWasNotPublishedIsNamed() {
    PriceSeries whole =
        new PriceSeries(
            header(DocumentType.PRICE_SERIES, 3),
            SPOT,
            USD,
            ZoneId.of("Etc/UTC"),
            START,
            Duration.ofHours(1),
            Collections.nCopies(24 * 8, new BigDecimal("0.10")));

    UsageComparison known =
        compare(market(PriceBoard.EMPTY.with(whole), tiered()), 7, SPOT, TIERED).orElseThrow();
    UsageComparison without =
        compare(market(PriceBoard.EMPTY, tiered()), 7, SPOT, TIERED).orElseThrow();

    assertThat(known.cost(SPOT).orElseThrow()).hasToString("16.80 USD");
    assertThat(without.cost(SPOT)).isEmpty();
    assertThat(without.cost(TIERED)).isPresent();
  }

  @Test
  void aDayThatIsNotWholeIsNotCompared() {
    assertThat(
            UsageComparison.of(
                market(PriceBoard.EMPTY, tiered()), LOAD, List.of(TIERED), USD, used(0), 7, NOW))
        .isEmpty();
  }
}
