// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.document.GoldenFile;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.metering.IntervalEnergy;
import energy.muster.metering.Readings;
import energy.muster.tariff.PriceBoard;
import energy.muster.tariff.Tariff;
import energy.muster.tariff.TariffBoard;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Bills of July 2026 on the Pacific coast, by tariffs that say little. */
final class July {
  static final BareJid METER = BareJid.parse("meter-48@grid.example");
  static final Duration QUARTER = Duration.ofMinutes(15);
  static final LocalDate JULY = LocalDate.parse("2026-07-01");
  static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");

  /** A tariff without a calendar, of which the rest is to be said. */
  static Tariff tariff(Consumer<ObjectNode> rest) {
    ObjectNode tree = GoldenFile.tree("tariff");
    tree.remove(
        List.of(
            "until",
            "seasons",
            "dayTypes",
            "holidays",
            "periods",
            "fixed",
            "energy",
            "export",
            "minimum",
            "percentages"));
    tree.put("from", "2026-01-01").put("id", DocumentId.next(Instant.EPOCH).text());
    rest.accept(tree);
    return Tariff.read(Json.bytes(tree));
  }

  static Consumer<ObjectNode> energy(String price) {
    return tree ->
        tree.putArray("energy")
            .addObject()
            .put("name", "Energy")
            .putArray("rates")
            .addObject()
            .put("price", price);
  }

  static Consumer<ObjectNode> fixed(String per, String amount) {
    return tree ->
        tree.withArray("fixed")
            .addObject()
            .put("name", "Base " + per)
            .put("per", per)
            .put("amount", amount);
  }

  static Account account(Tariff tariff) {
    return new Account(METER, tariff.name(), Optional.empty());
  }

  static Readings constant(long wh) {
    return readings(wh, JULY, JULY.plusMonths(1));
  }

  static Readings readings(long wh, LocalDate from, LocalDate until) {
    List<IntervalEnergy> all = new ArrayList<>();
    Instant end = until.atStartOfDay(PACIFIC).toInstant();
    for (Instant at = from.atStartOfDay(PACIFIC).toInstant();
        at.isBefore(end);
        at = at.plus(QUARTER)) {
      all.add(IntervalEnergy.valid(at, wh, 0));
    }
    return Readings.of(QUARTER, all);
  }

  static Bill july(Tariff tariff, Readings readings) {
    return bill(TariffBoard.EMPTY.with(tariff), account(tariff), readings);
  }

  static Bill bill(TariffBoard board, Account account, Readings readings) {
    return new Biller(board, PriceBoard.EMPTY)
        .bill(DocumentId.next(Instant.EPOCH), account, JULY, JULY.plusMonths(1), readings);
  }

  private July() {}
}
