// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import static energy.muster.billing.July.JULY;
import static energy.muster.billing.July.METER;
import static energy.muster.billing.July.PACIFIC;
import static energy.muster.billing.July.account;
import static energy.muster.billing.July.constant;
import static energy.muster.billing.July.energy;
import static energy.muster.billing.July.july;
import static energy.muster.billing.July.tariff;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.metering.Readings;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.Location;
import energy.muster.tariff.PriceBoard;
import energy.muster.tariff.Tariff;
import energy.muster.tariff.TariffBoard;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of bills: they are compared, and written for other programs. */
class BillUseTest {
  @Test
  void theCheapestOfSeveralForTheSameUsageSaysWhy() {
    Tariff dear = tariff(energy("0.30"));
    Tariff cheap = tariff(energy("0.20").andThen(tree -> tree.put("supplier", "southco")));
    Tariff other =
        tariff(
            energy("0.01").andThen(tree -> tree.put("supplier", "eastco").put("currency", "EUR")));
    Tariff later =
        tariff(
            energy("0.01")
                .andThen(tree -> tree.put("supplier", "westco").put("from", "2026-07-02")));
    TariffBoard board = TariffBoard.EMPTY.with(dear).with(cheap).with(other).with(later);

    Comparison comparison =
        Comparison.of(
            new Biller(board, PriceBoard.EMPTY),
            account(dear),
            board.names(),
            Currency.getInstance("USD"),
            JULY,
            JULY.plusMonths(1),
            constant(250));

    assertThat(comparison.cheapest().map(Comparison.Offer::tariff)).contains(cheap.name());
    assertThat(comparison.reason())
        .isEqualTo(
            "southco/home-4-to-9: 148.80 USD from 2026-07-01 to 2026-08-01, "
                + "74.40 USD less than northco/home-4-to-9");
    assertThat(comparison.unfit()).containsOnlyKeys(other.name(), later.name());
  }

  @Test
  void isExportedAsCommaSeparatedValues() {
    Tariff tariff =
        tariff(
            energy("0.30")
                .andThen(tree -> ((ObjectNode) tree.at("/energy/0")).put("name", "Day, \"net\"")));
    Bill bill = july(tariff, constant(250));

    assertThat(BillCsv.of(bill).split("\r\n"))
        .hasSize(3)
        .satisfies(
            lines -> {
              assertThat(lines[1])
                  .contains(",energy,\"Day, \"\"net\"\"\",,,744.000,kWh,0.30,223.20,USD,2976");
              assertThat(lines[2]).endsWith(",total,,,,,,,223.20,USD,");
            });
  }

  @Test
  void aMeterDescribesItselfInXml() {
    Readings readings = constant(250);
    Location location =
        new Location(
            new BigDecimal("37.77"), new BigDecimal("-122.42"), Optional.empty(), "Cellar <2>");

    String xml =
        MeterStatement.of(
                METER,
                DeviceKind.METER,
                Optional.of(location),
                readings,
                Instant.parse("2026-07-02T12:00:00Z"),
                PACIFIC,
                Optional.of(july(tariff(energy("0.30")), readings)))
            .xml();

    assertThat(xml)
        .contains("<meter xmlns=\"urn:muster:meter:1\" id=\"meter-48@grid.example\" type=\"meter\"")
        .contains("latitude=\"37.77\" longitude=\"-122.42\" description=\"Cellar &lt;2&gt;\"")
        .contains("name=\"energy-this-month\" of=\"2026-07\" unit=\"kWh\" import=\"744.000\"")
        .contains("name=\"energy-today\" of=\"2026-07-02\" unit=\"kWh\" import=\"24.000\"")
        .contains("total=\"223.20\"");
  }
}
