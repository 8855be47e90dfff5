// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.billing.Account;
import energy.muster.billing.Biller;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.metering.IntervalEnergy;
import energy.muster.metering.Readings;
import energy.muster.tariff.PriceBoard;
import energy.muster.tariff.Quote;
import energy.muster.tariff.Tariff;
import energy.muster.tariff.TariffBoard;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How many prices and bills one core reckons, by a tariff with seasons, periods and tiers. */
final class Reckoning {
  private static final Duration MEASURED = Duration.ofSeconds(3);
  private static final Duration STEP = Duration.ofMinutes(15);
  private static final LocalDate FROM = LocalDate.parse("2025-01-01");
  private static final LocalDate UNTIL = LocalDate.parse("2026-01-01");
  private static final BareJid METER = BareJid.parse("meter-1@grid.example");

  private static final String TERMS =
      """
      {"title": "Home, peak from 4 to 9 in the evening", "currency": "USD", "zone": "America/Los_Angeles",
       "from": "2025-01-01", "billingDay": 1, "rounding": "line",
       "seasons": [{"name": "summer", "days": ["06-01/09-30"]}, {"name": "winter", "days": ["10-01/05-31"]}],
       "dayTypes": [{"name": "weekday", "days": ["mon", "tue", "wed", "thu", "fri"]},
                    {"name": "weekend", "days": ["sat", "sun", "holiday"]}],
       "holidays": ["01-01", "12-25"],
       "periods": [{"name": "peak", "dayTypes": ["weekday"], "from": "16:00", "until": "21:00"},
                   {"name": "off-peak", "dayTypes": ["weekday"], "from": "21:00", "until": "16:00"},
                   {"name": "off-peak", "dayTypes": ["weekend"], "from": "00:00", "until": "00:00"}],
       "fixed": [{"name": "Base service", "per": "day", "amount": "0.79343"}],
       "energy": [{"name": "Energy", "rates": [
         {"seasons": ["summer"], "periods": ["peak"], "price": "0.50512"},
         {"seasons": ["summer"], "periods": ["off-peak"], "price": "0.38212"},
         {"seasons": ["winter"], "periods": ["peak"], "price": "0.39713"},
         {"seasons": ["winter"], "periods": ["off-peak"], "price": "0.36713"}]},
        {"name": "Baseline credit", "tiering": {"per": "daily-allowance", "counted": "apart"}, "rates": [
         {"seasons": ["summer"], "tiers": [{"upTo": "9.8", "price": "-0.09412"}, {"price": "0"}]},
         {"seasons": ["winter"], "tiers": [{"upTo": "9.7", "price": "-0.09412"}, {"price": "0"}]}]}]}
      """;

  private final Tariff tariff =
      Tariff.read(
          Json.bytes(
              terms(
                  new Header(
                          DocumentType.TARIFF,
                          "bench",
                          DocumentId.next(Instant.EPOCH),
                          METER,
                          Instant.EPOCH)
                      .write(),
                  1)));

  private interface Once {
    void run(int time);
  }

  /** The rest of a tariff after its head. */
  static ObjectNode terms(ObjectNode head, int version) {
    head.put("supplier", "northco").put("tariff", "home-4-to-9").put("version", version);
    return head.setAll(Json.parse(TERMS));
  }

  /** Looked up a second, at moments all over a year. */
  double prices() {
    Instant begin = tariff.validity().begins();
    long year = Duration.ofDays(365).toSeconds();
    return aSecond(
        time -> Quote.at(tariff, PriceBoard.EMPTY, begin.plusSeconds(time * 7_919L % year)));
  }

  /** Bills of a year of quarters of an hour a second. */
  double bills() {
    List<IntervalEnergy> intervals = new ArrayList<>();
    Instant end = tariff.validity().startOf(UNTIL);
    for (Instant at = tariff.validity().startOf(FROM); at.isBefore(end); at = at.plus(STEP)) {
      intervals.add(IntervalEnergy.valid(at, 150 + intervals.size() % 97, 0));
    }
    Readings readings = Readings.of(STEP, intervals);
    Biller biller = new Biller(TariffBoard.EMPTY.with(tariff), PriceBoard.EMPTY);
    Account account = new Account(METER, tariff.name(), Optional.empty());
    return aSecond(
        time -> biller.bill(DocumentId.next(Instant.EPOCH), account, FROM, UNTIL, readings));
  }

  /** The first half warms up. */
  private static double aSecond(Once once) {
    run(once);
    return run(once);
  }

  private static double run(Once once) {
    long begin = System.nanoTime();
    long end = begin + MEASURED.toNanos();
    int times = 0;
    while (System.nanoTime() < end) {
      once.run(times++);
    }
    return times * 1e9 / (System.nanoTime() - begin);
  }
}
