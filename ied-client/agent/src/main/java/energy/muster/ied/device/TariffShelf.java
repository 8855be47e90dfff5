// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.billing.Account;
import energy.muster.billing.Bill;
import energy.muster.billing.Biller;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.metering.Readings;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.response.Market;
import energy.muster.tariff.OfferName;
import energy.muster.tariff.PriceAmendment;
import energy.muster.tariff.PriceBoard;
import energy.muster.tariff.PriceDocument;
import energy.muster.tariff.PriceSeries;
import energy.muster.tariff.Tariff;
import energy.muster.tariff.TariffBoard;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The tariffs and prices that a device has, by the signed word of those who publish them. None
 * counts before its time, and no lower version over a higher one. Used by one thread at a time.
 */
final class TariffShelf {
  /** So much of what is over is kept, to see what was. */
  private static final Duration KEPT = Duration.ofDays(40);

  /** All of it is saved whenever anything is. */
  private static final int MOST_CHARACTERS = 48 * 1024;

  private static final String STATE = "prices";

  private Stock stock = Stock.NONE;

  /**
   * The documents, in the order in which they came, and what follows from them.
   *
   * @param early amendments of prices that have not come
   */
  private record Stock(
      List<PriceDocument> documents,
      TariffBoard tariffs,
      PriceBoard prices,
      List<PriceAmendment> early) {
    static final Stock NONE = new Stock(List.of(), TariffBoard.EMPTY, PriceBoard.EMPTY, List.of());

    Stock with(PriceDocument document) {
      if (documents.contains(document)) {
        return this;
      }
      List<PriceDocument> all = new ArrayList<>(documents);
      all.add(document);
      if (document instanceof Tariff tariff) {
        return new Stock(List.copyOf(all), tariffs.with(tariff), prices, early);
      }
      if (document instanceof PriceAmendment amendment) {
        return prices.has(amendment.name(), amendment.amends())
            ? new Stock(List.copyOf(all), tariffs, prices.with(amendment), early)
            : new Stock(
                List.copyOf(all),
                tariffs,
                prices,
                Stream.concat(early.stream(), Stream.of(amendment)).toList());
      }
      PriceSeries series = (PriceSeries) document;
      PriceBoard more = prices.received(series);
      for (PriceAmendment amendment : early) {
        more = amends(amendment, series) ? amended(more, amendment) : more;
      }
      return new Stock(
          List.copyOf(all),
          tariffs,
          more,
          early.stream().filter(amendment -> !amends(amendment, series)).toList());
    }

    /** One that does not fit what it amends, as came out now, changes nothing. */
    private static PriceBoard amended(PriceBoard prices, PriceAmendment amendment) {
      try {
        return prices.with(amendment);
      } catch (Refused e) {
        return prices;
      }
    }

    static Stock of(List<PriceDocument> documents) {
      Stock stock = NONE;
      for (PriceDocument document : documents) {
        stock = stock.with(document);
      }
      return stock;
    }

    /** Whether anything after that time rests on it. */
    boolean matters(PriceDocument document, Instant since) {
      if (document instanceof Tariff tariff) {
        return tariffs.versionsOf(tariff.name()).stream()
            .filter(later -> later.version() > tariff.version())
            .noneMatch(later -> later.validity().begins().isBefore(since));
      }
      if (document instanceof PriceSeries series) {
        return series.end().isAfter(since);
      }
      PriceAmendment amendment = (PriceAmendment) document;
      return early.contains(amendment)
          ? amendment.changes().stream().anyMatch(change -> change.at().isAfter(since))
          : documents.stream()
              .filter(other -> amends(document, other))
              .anyMatch(series -> matters(series, since));
    }

    private static boolean amends(PriceDocument document, PriceDocument series) {
      return document instanceof PriceAmendment amendment
          && amendment.amends().equals(series.header().id());
    }

    ArrayNode write() {
      ArrayNode all = Json.object().putArray(STATE);
      documents.forEach(document -> all.add(Json.parse(document.write())));
      return all;
    }
  }

  /**
   * @param saved what the predecessor left with {@link #save}
   */
  TariffShelf(Optional<Fields> saved) {
    saved
        .filter(state -> state.has(STATE))
        .ifPresent(
            state ->
                stock =
                    Stock.of(
                        state.objects(STATE).stream()
                            .map(document -> document.all(PriceDocument::read))
                            .toList()));
  }

  /** Why this is not taken; nothing is changed by asking. */
  Optional<Refusal> refuse(PriceDocument document) {
    try {
      return Json.text(stock.with(document).write()).length() > MOST_CHARACTERS
          ? Optional.of(
              Refusal.of(
                  Reason.OUT_OF_ENVELOPE,
                  "the device has room for %d KiB of tariffs and prices",
                  MOST_CHARACTERS / 1024))
          : Optional.empty();
    } catch (Refused e) {
      return Optional.of(e.refusal());
    }
  }

  void take(PriceDocument document, Instant now) {
    Stock more = stock.with(document);
    Instant since = now.minus(KEPT);
    stock = Stock.of(more.documents().stream().filter(each -> more.matters(each, since)).toList());
  }

  boolean has(PriceDocument document) {
    return stock.documents().contains(document);
  }

  /** What it knows of what energy costs. */
  Market market() {
    return new Market(stock.tariffs(), stock.prices());
  }

  /** The tariff that holds then, if it is the only one. */
  Optional<Tariff> only(Instant now) {
    Collection<Tariff> holding = stock.tariffs().at(now).values();
    return holding.size() == 1 ? holding.stream().findFirst() : Optional.empty();
  }

  /** What some days cost by the tariff that holds at their end, if it is the only one. */
  Optional<Bill> reckon(
      DocumentId id, BareJid meter, LocalDate from, LocalDate until, Readings counted) {
    return only(counted.end())
        .map(
            tariff ->
                new Biller(stock.tariffs(), stock.prices())
                    .bill(
                        id,
                        new Account(meter, tariff.name(), Optional.empty()),
                        from,
                        until,
                        counted));
  }

  /** Which tariffs hold, and what is missing of prices that are not over, for people. */
  Optional<String> remark(Instant now) {
    List<String> holding = stock.tariffs().at(now).values().stream().map(Tariff::toString).toList();
    List<String> remarks = new ArrayList<>();
    if (!holding.isEmpty()) {
      remarks.add("tariff " + String.join(", ", holding));
    }
    stock.prices().names().forEach(name -> missing(name, now).ifPresent(remarks::add));
    return remarks.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", remarks));
  }

  private Optional<String> missing(OfferName name, Instant now) {
    List<String> gaps =
        stock.prices().gaps(name).stream()
            .filter(gap -> gap.until().isAfter(now))
            .map(PriceBoard.Gap::toString)
            .toList();
    return gaps.isEmpty() ? Optional.empty() : Optional.of(name + ": " + String.join(", ", gaps));
  }

  /** What it lacks to make all of this document of use, for people; empty as a rule. */
  String lacking(PriceDocument document, Instant now) {
    if (document instanceof PriceAmendment amendment && stock.early().contains(amendment)) {
      return ", which waits for the prices that it amends";
    }
    return document instanceof PriceSeries
        ? missing(document.name(), now).map(gap -> "; " + gap).orElse("")
        : "";
  }

  void save(ObjectNode state) {
    if (!stock.documents().isEmpty()) {
      state.set(STATE, stock.write());
    }
  }
}
