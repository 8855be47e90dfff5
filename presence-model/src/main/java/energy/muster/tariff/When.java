// SPDX-License-Identifier: Apache-2.0
package energy.muster.tariff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import java.util.List;

/**
 * When a rate holds.
 *
 * @param seasons all where it is empty
 * @param periods all where it is empty
 */
public record When(List<String> seasons, List<String> periods) {
  public static final When ALWAYS = new When(List.of(), List.of());

  public When {
    seasons = Terms.distinct("seasons", seasons);
    periods = Terms.distinct("periods", periods);
  }

  public boolean includes(Cell cell) {
    return includesSeason(cell.season()) && (periods.isEmpty() || periods.contains(cell.period()));
  }

  public boolean includesSeason(String season) {
    return seasons.isEmpty() || seasons.contains(season);
  }

  void requireKnown(String by, TariffCalendar calendar) {
    TariffCalendar.requireKnown(by, "season", calendar.seasonNames(), seasons);
    TariffCalendar.requireKnown(by, "period", calendar.periodNames(), periods);
  }

  /** The rate that holds in each cell; {@link Cover#NONE} where there is none. */
  static int[] resolve(String charge, List<When> rates, List<Cell> cells, boolean mayBeNone) {
    int[] rateOf = new int[cells.size()];
    for (int cell = 0; cell < rateOf.length; cell++) {
      rateOf[cell] = Cover.NONE;
      Cell here = cells.get(cell);
      for (int rate = 0; rate < rates.size(); rate++) {
        if (rates.get(rate).includes(here)) {
          Terms.require(
              rateOf[cell] == Cover.NONE,
              "%s: two rates for %s, %s",
              charge,
              here.season(),
              here.period());
          rateOf[cell] = rate;
        }
      }
      Terms.require(
          mayBeNone || rateOf[cell] != Cover.NONE,
          "%s: nothing for %s, %s",
          charge,
          here.season(),
          here.period());
    }
    return rateOf;
  }

  static When read(Fields rate) {
    return new When(Terms.names(rate, "seasons"), Terms.names(rate, "periods"));
  }

  void write(ObjectNode rate) {
    Terms.putNames(rate, "seasons", seasons);
    Terms.putNames(rate, "periods", periods);
  }

  /** As people read it, such as {@code summer, peak}; empty when it is always. */
  public String spoken() {
    String both = String.join("/", seasons) + ", " + String.join("/", periods);
    return seasons.isEmpty() || periods.isEmpty() ? both.replace(", ", "") : both;
  }
}
