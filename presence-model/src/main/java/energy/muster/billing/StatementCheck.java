// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import energy.muster.metering.EnergySum;
import energy.muster.metering.IntervalEnergy;
import energy.muster.metering.Quality;
import energy.muster.metering.Readings;
import energy.muster.refusal.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Compares what a meter reckons with what is known of it elsewhere, by the same code.
 *
 * @param agrees whether both come to the same
 * @param text the first difference, or why nothing could be compared, for people
 * @param interval the first interval that differs, if it is one that does
 * @param bill what it costs by what is known elsewhere; empty where that was not reckoned
 */
public record StatementCheck(
    boolean agrees, String text, Optional<Instant> interval, Optional<Bill> bill) {
  public StatementCheck {
    Objects.requireNonNull(text);
    Objects.requireNonNull(interval);
    Objects.requireNonNull(bill);
  }

  /**
   * @param known what is known of the meter; corrections of people are in it
   * @param biller with the tariffs that were published; without one only what was counted is
   *     compared
   */
  public static StatementCheck of(
      CostStatement statement, Optional<Readings> known, Optional<Biller> biller) {
    Readings counted = statement.counted();
    for (int i = 0; i < counted.size(); i++) {
      Optional<StatementCheck> other = difference(counted.at(i), known);
      if (other.isPresent()) {
        return other.get();
      }
    }
    return statement
        .bill()
        .flatMap(owed -> biller.map(by -> ofBill(owed, known.orElseThrow(), by)))
        .orElseGet(
            () ->
                new StatementCheck(
                    true,
                    "counts the same; no cost was compared",
                    Optional.empty(),
                    Optional.empty()));
  }

  private static Optional<StatementCheck> difference(
      IntervalEnergy said, Optional<Readings> known) {
    Optional<IntervalEnergy> here =
        known.flatMap(
            all ->
                all.indexAt(said.start())
                    .map(all::at)
                    .filter(at -> at.start().equals(said.start())));
    if (here.isEmpty()) {
      return said.is(Quality.MISSING)
          ? Optional.empty()
          : Optional.of(
              differs(said.start(), "the meter has " + kwh(said) + ", nothing is known here"));
    }
    boolean same =
        here.get().importWh() == said.importWh() && here.get().exportWh() == said.exportWh();
    return same
        ? Optional.empty()
        : Optional.of(
            differs(
                said.start(),
                "the meter has "
                    + kwh(said)
                    + ", here it is "
                    + kwh(here.get())
                    + (here.get().is(Quality.CORRECTED) ? ", corrected" : "")));
  }

  private static String kwh(IntervalEnergy interval) {
    return EnergySum.kwh(interval.importWh()).toPlainString() + " kWh";
  }

  private static StatementCheck differs(Instant at, String text) {
    return new StatementCheck(false, at + ": " + text, Optional.of(at), Optional.empty());
  }

  private static StatementCheck ofBill(Bill owed, Readings known, Biller biller) {
    Bill here;
    try {
      here =
          biller.bill(
              owed.id(),
              new Account(owed.meter(), owed.tariff(), Optional.empty()),
              owed.from(),
              owed.until(),
              known);
    } catch (Refused e) {
      return new StatementCheck(
          false,
          "its cost cannot be reckoned here: " + e.refusal().text(),
          Optional.empty(),
          Optional.empty());
    }
    if (here.agreesWith(owed)) {
      return new StatementCheck(
          true,
          "comes to " + owed.total() + " here and there",
          Optional.empty(),
          Optional.of(here));
    }
    return new StatementCheck(
        false,
        "%s; there %s, here %s".formatted(firstLine(owed, here), owed.total(), here.total()),
        firstUse(owed, here),
        Optional.of(here));
  }

  private static int other(Bill owed, Bill here) {
    List<Line> there = owed.lines();
    int i = 0;
    while (i < there.size()
        && i < here.lines().size()
        && there.get(i).equals(here.lines().get(i))) {
      i++;
    }
    return i;
  }

  private static String firstLine(Bill owed, Bill here) {
    int i = other(owed, here);
    if (i == owed.lines().size() || i == here.lines().size()) {
      return "one has more lines than the other";
    }
    Line there = owed.lines().get(i);
    Line line = here.lines().get(i);
    return "%s: there %s by version %d, here %s by version %d"
        .formatted(
            line.charge(),
            there.amount(),
            there.basis().version(),
            line.amount(),
            line.basis().version());
  }

  private static Optional<Instant> firstUse(Bill owed, Bill here) {
    int i = other(owed, here);
    return i < here.lines().size()
        ? here.lines().get(i).uses().stream().map(Use::from).findFirst()
        : Optional.empty();
  }
}
