// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import java.util.List;
import java.util.Objects;

/**
 * What is owed for energy, or credited for it where it is fed in. At every time exactly one of its
 * rates holds.
 *
 * @param name as on the bill
 * @param tiering how energy is counted for tiers; without any it says nothing
 * @param rates 1 to 64
 */
public record EnergyCharge(String name, Tiering tiering, List<Rate> rates) {
  private static final int MOST_RATES = 64;

  /** A price for some seasons and periods. */
  public record Rate(When when, EnergyPrice price) {
    public Rate {
      Objects.requireNonNull(when);
      Objects.requireNonNull(price);
    }

    boolean tiered() {
      return price instanceof EnergyPrice.Stated stated && stated.tiers().size() > 1;
    }

    private static Rate read(Fields fields) {
      return new Rate(When.read(fields), EnergyPrice.read(fields));
    }

    private ObjectNode write() {
      ObjectNode object = Json.object();
      when.write(object);
      price.write(object);
      return object;
    }
  }

  public EnergyCharge {
    Terms.label(name);
    rates = Terms.atMost(MOST_RATES, "rates in " + name, rates);
    Terms.require(!rates.isEmpty(), "%s has no rates", name);
    boolean tiered = rates.stream().anyMatch(Rate::tiered);
    Terms.require(tiered || tiering.equals(Tiering.NONE), "%s has a tiering and no tiers", name);
  }

  public boolean tiered() {
    return rates.stream().anyMatch(Rate::tiered);
  }

  /** The rate of each cell of the calendar; refuses a cell with none or two. */
  public int[] rateOfCells(TariffCalendar calendar) {
    List<When> whens = rates.stream().map(Rate::when).toList();
    whens.forEach(when -> when.requireKnown(name, calendar));
    return When.resolve(name, whens, calendar.cells(), false);
  }

  static EnergyCharge read(Fields fields) {
    String name = fields.text("name");
    List<Rate> rates = Terms.listed(fields, "rates", Rate::read);
    boolean tiered = rates.stream().anyMatch(Rate::tiered);
    return new EnergyCharge(
        name, tiered ? fields.object("tiering").all(Tiering::read) : Tiering.NONE, rates);
  }

  ObjectNode write() {
    ObjectNode object = Json.object().put("name", name);
    if (tiered()) {
      object.set("tiering", tiering.write());
    }
    Terms.put(object, "rates", rates, Rate::write);
    return object;
  }
}
