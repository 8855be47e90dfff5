// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Instruction;
import energy.muster.console.language.Act;
import energy.muster.console.language.Line;
import energy.muster.console.session.PriceCatalogue.Known;
import energy.muster.json.Json;
import energy.muster.refusal.Refused;
import energy.muster.tariff.OfferName;
import energy.muster.tariff.Price;
import energy.muster.tariff.PriceDocument;
import energy.muster.tariff.PriceSeries;
import energy.muster.tariff.Quote;
import energy.muster.tariff.Tariff;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What energy costs, who knows that, and the publishing of it. */
final class Prices {
  private final Setup setup;
  private final PriceCatalogue catalogue;
  private final Orders orders;
  private final Proposals proposals;
  private final Consumer<Event> events;

  Prices(
      Setup setup,
      PriceCatalogue catalogue,
      Orders orders,
      Proposals proposals,
      Consumer<Event> events) {
    this.setup = setup;
    this.catalogue = catalogue;
    this.orders = orders;
    this.proposals = proposals;
    this.events = events;
  }

  LineResult run(Line.OfPrices line) throws InterruptedException {
    if (line instanceof Line.WhoHas asked) {
      return whoHas(asked);
    } else if (line instanceof Line.Proposals) {
      return proposals.list();
    } else if (line instanceof Line.AcceptProposal accepted) {
      return proposals.accept(accepted.number());
    } else if (line instanceof Line.ReleaseProposal released) {
      return proposals.release(released.number());
    }
    Known known = catalogue.load(why -> events.accept(new Event.Distrusted(now(), why)));
    if (known.offers().isEmpty() && asksForAny(line)) {
      // An answer like any other: there is nothing yet.
      say("nobody has published what energy costs");
      return new LineResult.Done(true);
    }
    if (line instanceof Line.TariffNow asked) {
      return tariffs(known, asked);
    } else if (line instanceof Line.PriceNow asked) {
      return price(known, known.meant(asked.offer()));
    }
    Line.PricesOn asked = (Line.PricesOn) line;
    return prices(known, known.meant(asked.offer()), asked.day());
  }

  private static boolean asksForAny(Line.OfPrices line) {
    return (line instanceof Line.PriceNow price && price.offer().isEmpty())
        || (line instanceof Line.PricesOn prices && prices.offer().isEmpty())
        || (line instanceof Line.TariffNow tariff && tariff.offer().isEmpty());
  }

  private LineResult tariffs(Known known, Line.TariffNow asked) {
    Optional<OfferName> only = asked.offer().map(name -> known.meant(Optional.of(name)));
    Instant now = now();
    List<OfferName> names =
        known.boards().tariffs().names().stream()
            .filter(name -> only.isEmpty() || only.get().equals(name))
            .toList();
    List<Tariff> holding =
        names.stream().flatMap(name -> known.boards().tariffs().at(name, now).stream()).toList();
    List<Tariff> coming =
        names.stream()
            .flatMap(name -> known.boards().tariffs().versionsOf(name).stream())
            .filter(tariff -> tariff.validity().begins().isAfter(now))
            .toList();
    List<OfferName> series =
        known.boards().prices().names().stream()
            .filter(name -> only.isEmpty() || only.get().equals(name))
            .toList();
    events.accept(new Event.TariffsShown(now, holding, coming, series));
    return new LineResult.Done(true);
  }

  private LineResult price(Known known, OfferName offer) {
    Instant now = now();
    Optional<Priced> priced =
        known
            .boards()
            .tariffs()
            .at(offer, now)
            .map(tariff -> priced(tariff, List.of(Quote.at(tariff, known.boards().prices(), now))))
            .or(
                () ->
                    known
                        .boards()
                        .prices()
                        .at(offer, now)
                        .map(price -> priced(known, offer, List.of(price))));
    return shown(offer, priced, Optional.empty());
  }

  private LineResult prices(Known known, OfferName offer, Line.Day asked) {
    ZoneId zone = zone(known, offer);
    LocalDate day =
        asked.date().orElseGet(() -> now().atZone(zone).toLocalDate().plusDays(asked.ahead()));
    Optional<Priced> priced =
        known
            .boards()
            .tariffs()
            .at(offer, day.atStartOfDay(zone).toInstant())
            .map(tariff -> priced(tariff, Quote.on(tariff, known.boards().prices(), day)))
            .or(
                () ->
                    Optional.of(known.boards().prices().on(offer, day))
                        .filter(list -> !list.isEmpty())
                        .map(list -> priced(known, offer, list)));
    return shown(offer, priced, Optional.of(day));
  }

  private static ZoneId zone(Known known, OfferName offer) {
    return known.boards().tariffs().versionsOf(offer).stream()
        .map(tariff -> tariff.validity().zone())
        .findFirst()
        .orElseGet(() -> known.series(offer).orElseThrow().zone());
  }

  private LineResult shown(OfferName offer, Optional<Priced> priced, Optional<LocalDate> day) {
    if (priced.isEmpty()) {
      say(
          "nobody has published what "
              + offer
              + " costs "
              + day.map(on -> "on " + on).orElse("now"));
      return new LineResult.Done(true);
    }
    events.accept(new Event.PricesShown(now(), priced.get(), day));
    return new LineResult.Done(true);
  }

  private static Priced priced(Tariff tariff, List<Quote> quotes) {
    return new Priced(
        tariff.name(),
        tariff.toString(),
        tariff.currency().getCurrencyCode(),
        tariff.validity().zone(),
        quotes.stream()
            .map(
                quote ->
                    new Priced.Row(
                        quote.from(),
                        quote.until(),
                        quote.cell().toString(),
                        quote.perKwh(),
                        quote.lastTier()))
            .toList());
  }

  private static Priced priced(Known known, OfferName offer, List<Price> prices) {
    PriceSeries series = known.series(offer).orElseThrow();
    return new Priced(
        offer,
        offer.toString(),
        series.currency().getCurrencyCode(),
        series.zone(),
        prices.stream()
            .map(
                price ->
                    new Priced.Row(
                        price.from(),
                        price.until(),
                        price.amended() ? "amended from " + price.original().toPlainString() : "",
                        Optional.of(price.perKwh()),
                        Optional.of(price.perKwh())))
            .toList());
  }

  private LineResult whoHas(Line.WhoHas asked) throws InterruptedException {
    ObjectNode question = Json.object().put("prices", asked.prices());
    if (asked.offer().isPresent()) {
      Known known = catalogue.load(why -> events.accept(new Event.Distrusted(now(), why)));
      question.put("offer", known.meant(asked.offer()).toString());
    }
    asked.version().ifPresent(version -> question.put("version", version));
    events.accept(catalogue.receipts(question, now()));
    return new LineResult.Done(true);
  }

  /** Signs and sends what a file says; the same as before goes out as the document it was. */
  LineResult publish(Act.Publish publish, Line.Order line) throws InterruptedException {
    Instruction.SetTariff fresh = PriceFile.instruction(publish, setup);
    Known known = catalogue.load(why -> events.accept(new Event.Distrusted(now(), why)));
    // Prices reach devices either way; whether somebody can act on them is good to know.
    say(
        known.operators() == 0
            ? "nobody of the utility is on duty; devices have it all the same"
            : "the utility is there, with "
                + known.operators()
                + (known.operators() == 1 ? " operator" : " operators")
                + " on duty");
    Optional<PriceDocument> alike = known.alike(fresh.document());
    alike.ifPresent(
        document ->
            say(
                document
                    + " was published at "
                    + document.header().issuedAt()
                    + "; the same goes to these"));
    PriceDocument document = alike.orElse(fresh.document());
    LineResult result =
        orders.run(
            new Line.Order(
                new Act.Give(new Instruction.SetTariff(document)), line.targets(), line.options()));
    if (result instanceof LineResult.Given) {
      sayWhoHas(document);
    }
    return result;
  }

  private void sayWhoHas(PriceDocument document) throws InterruptedException {
    ObjectNode question =
        Json.object()
            .put("offer", document.name().toString())
            .put("prices", !(document instanceof Tariff));
    if (document instanceof Tariff tariff) {
      question.put("version", tariff.version());
    }
    try {
      Event.ReceiptsShown receipts = catalogue.receipts(question, now());
      say(
          receipts.document()
              + ": "
              + receipts.counts().entrySet().stream()
                  .map(each -> each.getKey() + " " + each.getValue())
                  .collect(Collectors.joining(", "))
              + "; who has "
              + (document instanceof Tariff ? "tariff " : "prices ")
              + document.name()
              + " says who");
    } catch (Refused no) {
      // The order was refused as a whole, which was said.
      return;
    }
  }

  private void say(String text) {
    events.accept(new Event.Said(now(), text));
  }

  private Instant now() {
    return setup.clock().instant();
  }
}
