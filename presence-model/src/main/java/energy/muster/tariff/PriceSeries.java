// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Prices of energy, one interval after the other, by the signed word of a tariff-publisher.
 *
 * @param zone whose days people mean by today and tomorrow
 * @param start of the first interval, at a whole minute
 * @param step how long an interval is: 5, 10, 15, 20, 30 or 60 minutes
 * @param prices of a kilowatt-hour, 1 to 3,000; they may be negative
 */
public record PriceSeries(
    Header header,
    OfferName name,
    Currency currency,
    ZoneId zone,
    Instant start,
    Duration step,
    List<BigDecimal> prices)
    implements PriceDocument {
  /** A month of quarters of an hour, or ten days of five minutes. */
  static final int MOST = 3_000;

  private static final Set<Long> STEPS = Set.of(5L, 10L, 15L, 20L, 30L, 60L);

  public PriceSeries {
    Objects.requireNonNull(name);
    Objects.requireNonNull(currency);
    Objects.requireNonNull(zone);
    Terms.require(
        header.type() == DocumentType.PRICE_SERIES, "the header is not of a price-series");
    Terms.require(
        step.equals(Duration.ofMinutes(step.toMinutes())) && STEPS.contains(step.toMinutes()),
        "minutes is 5, 10, 15, 20, 30 or 60");
    Terms.require(
        start.getEpochSecond() % 60 == 0 && start.getNano() == 0,
        "start is at a whole minute, not %s",
        start);
    prices = Terms.atMost(MOST, "prices", prices);
    Terms.require(!prices.isEmpty(), "a series has a price");
  }

  /** The end of the last interval. */
  public Instant end() {
    return start.plus(step.multipliedBy(prices.size()));
  }

  public Instant startOf(int interval) {
    return start.plus(step.multipliedBy(interval));
  }

  /** Which interval a moment lies in; it must lie in one. */
  int indexAt(Instant at) {
    return Math.toIntExact(Duration.between(start, at).dividedBy(step));
  }

  private static void requireEnd(PriceSeries series, Instant until) {
    Instant end = series.end();
    Terms.require(!end.isBefore(until), "prices: nothing from %s to %s", end, until);
    Terms.require(!end.isAfter(until), "prices: too many, from %s to %s", until, end);
  }

  public static PriceSeries read(byte[] signed) {
    return Fields.readAll(Json.parse(signed), PriceSeries::read);
  }

  static PriceSeries read(Fields fields) {
    PriceSeries series =
        new PriceSeries(
            Header.read(fields, DocumentType.PRICE_SERIES),
            new OfferName(fields.text("supplier"), fields.text("series")),
            fields.value("currency", Money::currencyOf),
            fields.value("zone", Validity::zone),
            fields.instant("start"),
            Duration.ofMinutes(fields.integer("minutes")),
            fields.values("prices", Decimals::parse));
    requireEnd(series, fields.instant("until"));
    return series;
  }

  @Override
  public byte[] write() {
    ObjectNode object =
        header
            .write()
            .put("supplier", name.supplier())
            .put("series", name.name())
            .put("currency", currency.getCurrencyCode())
            .put("zone", zone.getId())
            .put("start", start.toString())
            .put("until", end().toString())
            .put("minutes", step.toMinutes());
    ArrayNode list = object.putArray("prices");
    prices.forEach(price -> list.add(price.toPlainString()));
    return Json.bytes(object);
  }

  /** Such as {@code northco/day-ahead from 2026-10-24T22:00:00Z until 2026-10-25T23:00:00Z}. */
  @Override
  public String toString() {
    return name + " from " + start + " until " + end();
  }
}
