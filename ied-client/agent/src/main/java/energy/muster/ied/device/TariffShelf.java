// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.tariff.PriceAmendment;
import energy.muster.tariff.PriceBoard;
import energy.muster.tariff.PriceDocument;
import energy.muster.tariff.PriceSeries;
import energy.muster.tariff.Tariff;
import energy.muster.tariff.TariffBoard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  private Boards boards = new Boards(List.of(), TariffBoard.EMPTY, PriceBoard.EMPTY);

  /** The documents, in the order in which they came, and what follows from them. */
  private record Boards(List<PriceDocument> documents, TariffBoard tariffs, PriceBoard prices) {
    Boards with(PriceDocument document) {
      TariffBoard moreTariffs = tariffs;
      PriceBoard morePrices = prices;
      if (document instanceof Tariff tariff) {
        moreTariffs = tariffs.with(tariff);
      } else if (document instanceof PriceSeries series) {
        morePrices = prices.with(series);
      } else if (document instanceof PriceAmendment amendment) {
        morePrices = prices.with(amendment);
      }
      if (documents.contains(document)) {
        return this;
      }
      List<PriceDocument> all = new ArrayList<>(documents);
      all.add(document);
      return new Boards(List.copyOf(all), moreTariffs, morePrices);
    }

    static Boards of(List<PriceDocument> documents) {
      Boards boards = new Boards(List.of(), TariffBoard.EMPTY, PriceBoard.EMPTY);
      for (PriceDocument document : documents) {
        boards = boards.with(document);
      }
      return boards;
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
      return documents.stream()
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
                boards =
                    Boards.of(
                        state.objects(STATE).stream()
                            .map(document -> document.all(PriceDocument::read))
                            .toList()));
  }

  /** Why this is not taken; nothing is changed by asking. */
  Optional<Refusal> refuse(PriceDocument document) {
    try {
      return Json.text(boards.with(document).write()).length() > MOST_CHARACTERS
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
    Boards more = boards.with(document);
    Instant since = now.minus(KEPT);
    boards =
        Boards.of(more.documents().stream().filter(each -> more.matters(each, since)).toList());
  }

  boolean has(PriceDocument document) {
    return boards.documents().contains(document);
  }

  /** Which tariffs hold, for people. */
  Optional<String> remark(Instant now) {
    List<String> holding =
        boards.tariffs().at(now).values().stream().map(Tariff::toString).toList();
    return holding.isEmpty()
        ? Optional.empty()
        : Optional.of("tariff " + String.join(", ", holding));
  }

  void save(ObjectNode state) {
    if (!boards.documents().isEmpty()) {
      state.set(STATE, boards.write());
    }
  }
}
