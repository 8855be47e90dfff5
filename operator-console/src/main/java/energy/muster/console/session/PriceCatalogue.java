// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.console.language.Hint;
import energy.muster.console.language.Name;
import energy.muster.console.language.Spelling;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.tariff.Boards;
import energy.muster.tariff.OfferName;
import energy.muster.tariff.PriceDocument;
import energy.muster.tariff.PriceSeries;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What was published, as the service lists it and as it was checked here. */
final class PriceCatalogue {
  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final Map<String, PriceDocument> believed = new HashMap<>();
  private final Notary notary;
  private final Questions questions;

  PriceCatalogue(Notary notary, Questions questions) {
    this.notary = notary;
    this.questions = questions;
  }

  /**
   * All that counts or will, and what follows from it.
   *
   * @param operators how many of the utility's are on duty
   */
  record Known(List<PriceDocument> documents, Boards boards, long operators) {
    List<OfferName> offers() {
      return List.copyOf(
          new TreeSet<>(
              Stream.concat(boards.tariffs().names().stream(), boards.prices().names().stream())
                  .toList()));
    }

    /** Which one is meant; who names none means the only tariff, or the only series. */
    OfferName meant(Optional<Name> typed) {
      List<OfferName> all = offers();
      if (typed.isPresent()) {
        String text = typed.get().text();
        return all.stream()
            .filter(offer -> offer.toString().equals(text) || offer.name().equals(text))
            .findFirst()
            .orElseThrow(
                () ->
                    new Hint(
                        typed.get().column(),
                        "nobody has published "
                            + text
                            + Spelling.didYouMean(
                                text, all.stream().map(OfferName::toString).toList())));
      }
      List<OfferName> tariffs = boards.tariffs().names();
      List<OfferName> found = tariffs.isEmpty() ? all : tariffs;
      if (found.size() == 1) {
        return found.get(0);
      }
      throw new Hint(
          0,
          found.isEmpty()
              ? "nobody has published what energy costs"
              : "say which: " + String.join(", ", found.stream().map(Object::toString).toList()));
    }

    Optional<PriceSeries> series(OfferName offer) {
      return documents.stream()
          .filter(each -> each instanceof PriceSeries && each.name().equals(offer))
          .map(PriceSeries.class::cast)
          .findFirst();
    }

    /** One that says the same under another id. */
    Optional<PriceDocument> alike(PriceDocument document) {
      return documents.stream()
          .filter(each -> each.name().equals(document.name()) && body(each).equals(body(document)))
          .findFirst();
    }

    private static ObjectNode body(PriceDocument document) {
      ObjectNode body = Json.parse(document.write());
      return body.without(List.of("id", "issuedAt"));
    }
  }

  /**
   * Asks the service; what it gives is believed only by its publisher's seal.
   *
   * @param distrusted told of what is not
   */
  Known load(Consumer<Refusal> distrusted) throws InterruptedException {
    Fields listed =
        Fields.of(questions.get(Payload.empty(Wire.TARIFFS), ANSWER).requireLargeJson());
    Boards boards = Boards.EMPTY;
    List<PriceDocument> documents = new ArrayList<>();
    for (Fields each : listed.objects("publications")) {
      String order = each.text("order");
      try {
        PriceDocument document = document(order);
        boards = boards.with(document);
        documents.add(document);
      } catch (Refused no) {
        distrusted.accept(no.refusal());
      }
    }
    return new Known(List.copyOf(documents), boards, listed.integer("operators"));
  }

  private PriceDocument document(String order) throws InterruptedException {
    PriceDocument known = believed.get(order);
    if (known == null) {
      Payload answer =
          questions.get(Payload.of(Wire.PUBLICATION, Json.object().put("order", order)), ANSWER);
      known = notary.prices(answer.requireSealed());
      believed.put(order, known);
    }
    return known;
  }

  /** Who has it, by the service's word. */
  Event.ReceiptsShown receipts(ObjectNode question, Instant now) throws InterruptedException {
    Fields answer =
        Fields.of(questions.get(Payload.of(Wire.RECEIPTS, question), ANSWER).requireLargeJson());
    Fields counted = answer.object("counts");
    Map<String, Long> counts = new TreeMap<>();
    counted.rest().forEach(state -> counts.put(state, counted.integer(state)));
    return new Event.ReceiptsShown(
        now,
        answer.text("text"),
        counts,
        answer.objects("devices").stream().map(PriceCatalogue::holder).toList(),
        answer.integer("left"));
  }

  private static Event.Holder holder(Fields device) {
    var version = device.optionalInteger("version");
    return new Event.Holder(
        device.value("device", BareJid::parse),
        device.text("state"),
        version.isPresent() ? Optional.of(version.getAsLong()) : Optional.empty(),
        device.optionalInstant("at"),
        device.optionalText("text").orElse(""));
  }
}
