// SPDX-License-Identifier: Apache-2.0
package energy.muster.billing;

import energy.muster.document.DocumentId;
import energy.muster.metering.Readings;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.tariff.Money;
import energy.muster.tariff.OfferName;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the same usage would cost under each of several tariffs.
 *
 * @param offers the cheapest first; of equals the one whose name comes first
 * @param unfit those that could not be reckoned, and why
 */
public record Comparison(List<Offer> offers, Map<OfferName, Refusal> unfit) {

  /**
   * One tariff.
   *
   * @param more than the cheapest
   */
  public record Offer(OfferName tariff, Money total, Money more, Bill bill) {}

  public Comparison {
    offers = List.copyOf(offers);
    unfit = Map.copyOf(unfit);
  }

  /**
   * @param account whose usage it is, with the tariff that it has
   * @param tariffs to compare
   * @param currency in which; tariffs in another are unfit
   */
  public static Comparison of(
      Biller biller,
      Account account,
      Collection<OfferName> tariffs,
      Currency currency,
      LocalDate from,
      LocalDate until,
      Readings readings) {
    List<Bill> bills = new ArrayList<>();
    Map<OfferName, Refusal> unfit = new TreeMap<>();
    for (OfferName tariff : tariffs) {
      try {
        DocumentId id = DocumentId.next(readings.end());
        Bill bill = biller.bill(id, account.with(tariff), from, until, readings);
        if (bill.total().currency().equals(currency)) {
          bills.add(bill);
        } else {
          unfit.put(
              tariff,
              Refusal.of(Reason.PRECONDITION, "in %s, not %s", bill.total().currency(), currency));
        }
      } catch (Refused e) {
        unfit.put(tariff, e.refusal());
      }
    }
    bills.sort(
        Comparator.comparing((Bill bill) -> bill.total().amount()).thenComparing(Bill::tariff));
    return new Comparison(
        bills.stream()
            .map(
                bill ->
                    new Offer(
                        bill.tariff(),
                        bill.total(),
                        bill.total().minus(bills.get(0).total()),
                        bill))
            .toList(),
        unfit);
  }

  public Optional<Offer> cheapest() {
    return offers.stream().findFirst();
  }

  /** Why the cheapest is the cheapest, for people. */
  public String reason() {
    if (offers.isEmpty()) {
      return "none of them could be reckoned";
    }
    Offer best = offers.get(0);
    String others =
        offers.size() == 1
            ? "alone"
            : "%s less than %s".formatted(offers.get(1).more(), offers.get(1).tariff());
    return "%s: %s from %s to %s, %s"
        .formatted(best.tariff(), best.total(), best.bill().from(), best.bill().until(), others);
  }
}
