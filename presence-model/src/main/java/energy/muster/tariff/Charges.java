// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything a tariff charges, in the order of the bill. Each name stands once.
 *
 * @param energy for what is drawn; several add up, such as a supply price and a levy
 * @param export credited for what is fed in
 * @param minimum what charges come to at least
 * @param percentages last, each of what stands before it
 */
public record Charges(
    List<FixedCharge> fixed,
    List<EnergyCharge> energy,
    List<DemandCharge> demand,
    List<EnergyCharge> export,
    List<MinimumCharge> minimum,
    List<Percentage> percentages) {
  private static final int MOST = 32;

  public Charges {
    fixed = Terms.atMost(MOST, "fixed charges", fixed);
    energy = Terms.atMost(MOST, "energy charges", energy);
    demand = Terms.atMost(MOST, "demand charges", demand);
    export = Terms.atMost(MOST, "export credits", export);
    minimum = Terms.atMost(MOST, "minimum charges", minimum);
    percentages = Terms.atMost(MOST, "percentages", percentages);
    Terms.require(
        !fixed.isEmpty() || !energy.isEmpty() || !demand.isEmpty(), "a tariff charges something");
    Set<String> before = new HashSet<>();
    fixed.forEach(charge -> add(before, charge.name()));
    energy.forEach(charge -> add(before, charge.name()));
    demand.forEach(charge -> add(before, charge.name()));
    export.forEach(charge -> add(before, charge.name()));
    for (MinimumCharge charge : minimum) {
      requireBefore(charge.name(), charge.of(), before);
    }
    minimum.forEach(charge -> add(before, charge.name()));
    for (Percentage charge : percentages) {
      requireBefore(charge.name(), charge.of(), before);
      add(before, charge.name());
    }
  }

  private static void add(Set<String> names, String name) {
    Terms.require(names.add(name), "two charges are named '%s'", name);
  }

  private static void requireBefore(String name, List<String> of, Set<String> before) {
    for (String charge : of) {
      Terms.require(before.contains(charge), "%s: no charge '%s' stands before it", name, charge);
    }
  }

  /** Refuses what does not fit the calendar. */
  void requireFit(TariffCalendar calendar) {
    energy.forEach(charge -> charge.rateOfCells(calendar));
    demand.forEach(charge -> charge.rateOfCells(calendar));
    export.forEach(charge -> charge.rateOfCells(calendar));
  }

  static Charges read(Fields fields) {
    return new Charges(
        Terms.listed(fields, "fixed", FixedCharge::read),
        Terms.listed(fields, "energy", EnergyCharge::read),
        Terms.listed(fields, "demand", DemandCharge::read),
        Terms.listed(fields, "export", EnergyCharge::read),
        Terms.listed(fields, "minimum", MinimumCharge::read),
        Terms.listed(fields, "percentages", Percentage::read));
  }

  void write(ObjectNode tariff) {
    Terms.put(tariff, "fixed", fixed, FixedCharge::write);
    Terms.put(tariff, "energy", energy, EnergyCharge::write);
    Terms.put(tariff, "demand", demand, DemandCharge::write);
    Terms.put(tariff, "export", export, EnergyCharge::write);
    Terms.put(tariff, "minimum", minimum, MinimumCharge::write);
    Terms.put(tariff, "percentages", percentages, Percentage::write);
  }
}
