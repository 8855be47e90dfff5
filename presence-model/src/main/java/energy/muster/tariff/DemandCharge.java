// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is owed for the largest power drawn, each rate for the largest in its own time.
 *
 * @param name as on the bill
 * @param minutes over which power is averaged, 15, 30 or 60, from the full hour on
 * @param daily whether a price is for a kilowatt and day; otherwise for a kilowatt and month
 * @param rates 1 to 64; at some times there may be none
 * @param ratchet what an earlier month's power still counts for
 */
public record DemandCharge(
    String name, int minutes, boolean daily, List<Rate> rates, Optional<Ratchet> ratchet) {
  private static final Set<Integer> WINDOWS = Set.of(15, 30, 60);
  private static final int MOST_RATES = 64;

  /** A price of a kilowatt for some seasons and periods. */
  public record Rate(When when, List<Tier> tiers) {
    public Rate {
      Objects.requireNonNull(when);
      tiers = Tier.requireRising(tiers);
    }

    private static Rate read(Fields fields) {
      return new Rate(When.read(fields), Tier.readAll(fields));
    }

    private ObjectNode write() {
      ObjectNode object = Json.object();
      when.write(object);
      Tier.writeAll(object, tiers);
      return object;
    }
  }

  /**
   * At least so much of the largest power of the months before is billed.
   *
   * @param percent of it, above 0 to 100
   * @param months how many before, 1 to 24
   * @param seasons only what was drawn in these counts; in all where it is empty
   */
  public record Ratchet(BigDecimal percent, int months, List<String> seasons) {
    private static final BigDecimal ALL = BigDecimal.valueOf(100);
    private static final int MOST_MONTHS = 24;

    public Ratchet {
      Terms.require(
          percent.signum() > 0 && percent.compareTo(ALL) <= 0,
          "a ratchet is of more than 0 to 100 percent, not %s",
          percent);
      Terms.require(months >= 1 && months <= MOST_MONTHS, "a ratchet looks back 1 to 24 months");
      seasons = Terms.distinct("ratchet, seasons", seasons);
    }

    private static Ratchet read(Fields fields) {
      return new Ratchet(
          fields.value("percent", Decimals::parse),
          Math.toIntExact(fields.integer("months")),
          Terms.names(fields, "seasons"));
    }

    private ObjectNode write() {
      ObjectNode object =
          Json.object().put("percent", percent.toPlainString()).put("months", months);
      Terms.putNames(object, "seasons", seasons);
      return object;
    }
  }

  public DemandCharge {
    Terms.label(name);
    Terms.require(WINDOWS.contains(minutes), "%s: minutes is 15, 30 or 60", name);
    rates = Terms.atMost(MOST_RATES, "rates in " + name, rates);
    Terms.require(!rates.isEmpty(), "%s has no rates", name);
  }

  /** The rate of each cell of the calendar, -1 where there is none; refuses a cell with two. */
  public int[] rateOfCells(TariffCalendar calendar) {
    List<When> whens = rates.stream().map(Rate::when).toList();
    whens.forEach(when -> when.requireKnown(name, calendar));
    ratchet.ifPresent(
        known ->
            TariffCalendar.requireKnown(
                name + ", ratchet", "season", calendar.seasonNames(), known.seasons()));
    return When.resolve(name, whens, calendar.cells(), true);
  }

  private static Optional<Boolean> daily(String wire) {
    return switch (wire) {
      case "day" -> Optional.of(true);
      case "month" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  static DemandCharge read(Fields fields) {
    return new DemandCharge(
        fields.text("name"),
        Math.toIntExact(fields.integer("minutes")),
        fields.oneOf("per", DemandCharge::daily),
        Terms.listed(fields, "rates", Rate::read),
        fields.optionalObject("ratchet").map(known -> known.all(Ratchet::read)));
  }

  ObjectNode write() {
    ObjectNode object =
        Json.object().put("name", name).put("minutes", minutes).put("per", daily ? "day" : "month");
    Terms.put(object, "rates", rates, Rate::write);
    ratchet.ifPresent(known -> object.set("ratchet", known.write()));
    return object;
  }
}
