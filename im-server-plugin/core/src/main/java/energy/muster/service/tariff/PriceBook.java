// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.tariff;

import energy.muster.document.DocumentId;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.service.journal.Publication;
import energy.muster.tariff.Boards;
import energy.muster.tariff.OfferName;
import energy.muster.tariff.PriceAmendment;
import energy.muster.tariff.PriceDocument;
import energy.muster.tariff.PriceSeries;
import energy.muster.tariff.Tariff;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was published and matters yet, by the order that brought it. Only for use at the desk. */
final class PriceBook {
  private static final Logger LOG = LoggerFactory.getLogger(PriceBook.class);

  private final Map<DocumentId, Publication> publications = new LinkedHashMap<>();
  private Boards boards = Boards.EMPTY;

  Boards boards() {
    return boards;
  }

  List<Publication> all() {
    return List.copyOf(publications.values());
  }

  Optional<Publication> of(DocumentId order) {
    return Optional.ofNullable(publications.get(order));
  }

  /** Why it is not to be brought to anybody; the same again may be, as long as it counts. */
  Optional<Refusal> refuse(PriceDocument document, Instant now) {
    try {
      boards.with(document);
    } catch (Refused no) {
      return Optional.of(no.refusal());
    }
    return publications.values().stream()
        .map(Publication::document)
        .filter(each -> each.replaces(document, now))
        .findFirst()
        .map(newer -> Refusal.of(Reason.SUPERSEDED, "%s is there", newer));
  }

  void add(Publication publication) {
    boards = boards.with(publication.document());
    publications.put(publication.order(), publication);
  }

  void remove(Publication publication) {
    publications.remove(publication.order());
    rebuild();
  }

  /** Those that are over by then need not be kept at hand. */
  void forgetBefore(Instant time) {
    publications.values().removeIf(each -> over(each.document()).filter(time::isAfter).isPresent());
    rebuild();
  }

  private void rebuild() {
    boards = Boards.EMPTY;
    for (Publication each : publications.values()) {
      try {
        boards = boards.with(each.document());
      } catch (Refused no) {
        // What it rested on is over and forgotten.
        LOG.info("{} does not count any more: {}", each.document(), no.refusal());
      }
    }
  }

  void recover(List<Publication> known) {
    known.forEach(each -> publications.put(each.order(), each));
    rebuild();
  }

  /** Whether another order has brought the same to others. */
  boolean knows(PriceDocument document) {
    return publications.values().stream().anyMatch(each -> each.document().equals(document));
  }

  /** Lower versions of it. */
  List<Publication> below(PriceDocument document) {
    return publications.values().stream()
        .filter(
            each ->
                document instanceof Tariff tariff
                    && each.document() instanceof Tariff lower
                    && lower.name().equals(tariff.name())
                    && lower.version() < tariff.version())
        .toList();
  }

  /** When nothing rests on it any more; empty as long as that is not known. */
  Optional<Instant> over(PriceDocument document) {
    if (document instanceof Tariff tariff) {
      return publications.values().stream()
          .flatMap(each -> replacedBy(tariff, each).stream())
          .min(Instant::compareTo)
          .or(() -> tariff.validity().ends());
    }
    if (document instanceof PriceSeries series) {
      return Optional.of(series.end());
    }
    PriceAmendment amendment = (PriceAmendment) document;
    return publications.values().stream()
        .map(Publication::document)
        .filter(each -> each.header().id().equals(amendment.amends()))
        .map(each -> ((PriceSeries) each).end())
        .findFirst();
  }

  /** Since when it does not count because of another; it counted until that was published. */
  private static Optional<Instant> replacedBy(Tariff tariff, Publication other) {
    return Optional.of(other.document())
        .filter(Tariff.class::isInstance)
        .map(Tariff.class::cast)
        .filter(each -> each.name().equals(tariff.name()) && each.version() > tariff.version())
        .map(each -> each.validity().begins())
        .map(begins -> begins.isAfter(other.at()) ? begins : other.at());
  }

  /** The newest of a tariff or series, or that version of a tariff. */
  Optional<Publication> find(OfferName offer, Optional<Long> version) {
    return publications.values().stream()
        .filter(each -> each.document().name().equals(offer))
        .filter(
            each ->
                version.isEmpty()
                    || (each.document() instanceof Tariff tariff
                        && tariff.version() == version.get()))
        .reduce((earlier, later) -> later(earlier, later) ? later : earlier);
  }

  private static boolean later(Publication earlier, Publication later) {
    return !(earlier.document() instanceof Tariff one
        && later.document() instanceof Tariff other
        && other.version() < one.version());
  }

  /** The currency of a tariff or series. */
  Optional<String> currency(OfferName offer) {
    return publications.values().stream()
        .map(Publication::document)
        .filter(each -> each.name().equals(offer))
        .flatMap(PriceBook::currency)
        .findFirst();
  }

  private static Stream<String> currency(PriceDocument document) {
    if (document instanceof Tariff tariff) {
      return Stream.of(tariff.currency().getCurrencyCode());
    }
    return document instanceof PriceSeries series
        ? Stream.of(series.currency().getCurrencyCode())
        : Stream.of();
  }
}
