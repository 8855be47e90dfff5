// SPDX-License-Identifier: Apache-2.0
package energy.muster.response;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Power;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.tariff.Decimals;
import energy.muster.tariff.Holidays;
import energy.muster.tariff.Money;
import energy.muster.tariff.Period;
import energy.muster.tariff.TariffCalendar;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a device's signed settings say of prices.
 *
 * @param all whether the lowest price of all offers counts, so that it responds when all are too
 *     dear; otherwise the price of the offer that it takes
 * @param limits 1 to 24; each minute of the day, by the clock on the wall, has exactly one
 * @param hysteresis how far below its limit a price must be before the response ends
 * @param shortestResponse how long a response lasts at least, up to 24 h
 * @param shortestRest how long there is none after one, up to 24 h
 */
public record PriceRule(
    Manner manner,
    boolean all,
    Currency currency,
    ZoneId zone,
    List<PriceLimit> limits,
    BigDecimal hysteresis,
    Duration shortestResponse,
    Duration shortestRest) {
  private static final int MOST_LIMITS = 24;
  private static final Duration LONGEST = Duration.ofHours(24);

  /** What a device does while energy is dear. */
  public sealed interface Manner {
    /** It is switched off. */
    record Shed() implements Manner {}

    /** It draws no more than this. */
    record Reduce(Power to) implements Manner {
      public Reduce {
        Objects.requireNonNull(to);
      }
    }

    /** It runs; its limit is what its own energy costs. */
    record Generate() implements Manner {}
  }

  public PriceRule {
    Objects.requireNonNull(manner);
    Objects.requireNonNull(currency);
    Objects.requireNonNull(zone);
    limits = List.copyOf(limits);
    require(
        !limits.isEmpty() && limits.size() <= MOST_LIMITS,
        "a price rule has 1 to " + MOST_LIMITS + " limits");
    require(hysteresis.signum() >= 0, "hysteresis is not negative");
    requireSeconds("shortestResponseSeconds", shortestResponse);
    requireSeconds("shortestRestSeconds", shortestRest);
    requireWholeDay(limits);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private static void requireSeconds(String field, Duration value) {
    require(
        !value.isNegative() && value.compareTo(LONGEST) <= 0,
        field + " is 0 to " + LONGEST.toSeconds());
  }

  /** Limits are to a day what a tariff's periods are; the calendar refuses holes and overlaps. */
  private static void requireWholeDay(List<PriceLimit> limits) {
    List<Period> periods = new ArrayList<>();
    for (PriceLimit limit : limits) {
      periods.add(
          new Period(
              "limit-" + (periods.size() + 1), List.of(), List.of(), limit.from(), limit.until()));
    }
    new TariffCalendar(List.of(), List.of(), Holidays.NONE, periods).cells();
  }

  /** The limit that counts at a moment. */
  public PriceLimit limitAt(Instant at) {
    LocalTime wall = at.atZone(zone).toLocalTime();
    return limits.stream().filter(limit -> includes(limit, wall)).findFirst().orElseThrow();
  }

  private static boolean includes(PriceLimit limit, LocalTime wall) {
    boolean begun = !wall.isBefore(limit.from());
    boolean going = wall.isBefore(limit.until());
    return limit.from().isBefore(limit.until()) ? begun && going : begun || going;
  }

  /** When another limit may count next. */
  Instant limitEdgeAfter(Instant at) {
    LocalDate today = at.atZone(zone).toLocalDate();
    return limits.stream()
        .flatMap(
            limit ->
                Stream.of(today, today.plusDays(1))
                    .map(day -> day.atTime(limit.from()).atZone(zone).toInstant()))
        .filter(edge -> edge.isAfter(at))
        .min(Instant::compareTo)
        .orElseThrow();
  }

  /** Reads what {@link #write} wrote. */
  public static PriceRule read(Fields fields) {
    return fields.all(
        known ->
            new PriceRule(
                manner(known),
                known.has("all") && known.flag("all"),
                known.value("currency", Money::currencyOf),
                known.value("zone", ZoneId::of),
                known.objects("limits").stream().map(each -> each.all(PriceLimit::read)).toList(),
                known.value("hysteresis", Decimals::parse),
                Duration.ofSeconds(known.integer("shortestResponseSeconds")),
                Duration.ofSeconds(known.integer("shortestRestSeconds"))));
  }

  private static Manner manner(Fields fields) {
    String word = fields.text("manner");
    return switch (word) {
      case "shed" -> new Manner.Shed();
      case "reduce" -> new Manner.Reduce(Power.kilowatts(fields.decimal("toKw")));
      case "generate" -> new Manner.Generate();
      default ->
          throw new IllegalArgumentException(
              "manner is shed, reduce or generate, not '" + word + "'");
    };
  }

  /** Such as {@code shed above 0.80 from 06:00 to 18:00, 0.60 from 18:00 to 06:00 USD a kWh}. */
  @Override
  public String toString() {
    String what =
        manner instanceof Manner.Reduce reduce
            ? "at most " + reduce.to()
            : manner instanceof Manner.Shed ? "shed" : "runs";
    return what
        + " above "
        + limits.stream().map(PriceLimit::toString).collect(Collectors.joining(", "))
        + " "
        + currency
        + (all ? " a kWh everywhere" : " a kWh");
  }

  public ObjectNode write() {
    ObjectNode object = Json.object();
    if (manner instanceof Manner.Reduce reduce) {
      object.put("manner", "reduce").put("toKw", reduce.to().kilowatts());
    } else {
      object.put("manner", manner instanceof Manner.Shed ? "shed" : "generate");
    }
    if (all) {
      object.put("all", true);
    }
    object.put("currency", currency.getCurrencyCode()).put("zone", zone.getId());
    ArrayNode list = object.putArray("limits");
    limits.forEach(limit -> list.add(limit.write()));
    return object
        .put("hysteresis", hysteresis.toPlainString())
        .put("shortestResponseSeconds", shortestResponse.toSeconds())
        .put("shortestRestSeconds", shortestRest.toSeconds());
  }
}
