// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.GoldenFile;
import energy.muster.json.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuoteTest {
  private static final Tariff HOME = Tariff.read(GoldenFile.compact("tariff"));
  private static final PriceBoard PRICES =
      PriceBoard.EMPTY
          .with(PriceSeries.read(GoldenFile.compact("prices")))
          .with(PriceAmendment.read(GoldenFile.compact("amendment")));

  private static Tariff following() {
    ObjectNode tree = GoldenFile.tree("tariff").put("zone", "Europe/Berlin").put("currency", "EUR");
    tree.remove(List.of("seasons", "dayTypes", "holidays", "periods", "minimum"));
    ArrayNode energy = tree.putArray("energy");
    energy
        .addObject()
        .put("name", "Energy")
        .putArray("rates")
        .addObject()
        .put("series", "day-ahead")
        .put("factor", "1.1")
        .put("plus", "0.01");
    energy.addObject().put("name", "Levy").putArray("rates").addObject().put("price", "0.02");
    return Tariff.read(Json.bytes(tree));
  }

  @Test
  void aPriceIsOfAllEnergyChargesTogetherInTheFirstTierAndInTheLast() {
    Quote quote = Quote.at(HOME, PriceBoard.EMPTY, Instant.parse("2026-07-01T20:00:00Z"));

    assertThat(quote.cell()).hasToString("summer, weekday, off-peak");
    assertThat(quote.perKwh().orElseThrow()).isEqualByComparingTo("0.28800");
    assertThat(quote.lastTier().orElseThrow()).isEqualByComparingTo("0.38212");
    assertThat(quote.until()).isEqualTo("2026-07-01T23:00:00Z");
  }

  @Test
  void aDayIsToldFromItsFirstMomentToItsLast() {
    assertThat(Quote.on(HOME, PriceBoard.EMPTY, LocalDate.parse("2026-07-01")))
        .extracting(quote -> quote.cell().period() + " until " + quote.until())
        .containsExactly(
            "off-peak until 2026-07-01T23:00:00Z",
            "peak until 2026-07-02T04:00:00Z",
            "off-peak until 2026-07-02T07:00:00Z");
  }

  @Test
  void aTariffThatFollowsASeriesHasItsPricesAndNoneWhereThereAreNone() {
    List<Quote> day = Quote.on(following(), PRICES, LocalDate.parse("2026-10-25"));
    List<Quote> next = Quote.on(following(), PRICES, LocalDate.parse("2026-10-26"));

    assertThat(day).hasSize(25);
    assertThat(day.get(12).perKwh().orElseThrow()).isEqualByComparingTo("0.0135");
    assertThat(day.get(18).perKwh().orElseThrow()).isEqualByComparingTo("0.205989");
    assertThat(next).hasSize(1);
    assertThat(next.get(0).perKwh()).isEmpty();
  }
}
