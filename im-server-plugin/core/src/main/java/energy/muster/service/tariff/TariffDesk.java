// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.tariff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.billing.Biller;
import energy.muster.document.DocumentId;
import energy.muster.exchange.ChangeSet.DataClass;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.Contact;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.service.desk.Timetable;
import energy.muster.service.dispatch.Publications;
import energy.muster.service.exchange.Nodes;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.Publication;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.session.Session;
import energy.muster.service.view.Coverage;
import energy.muster.tariff.OfferName;
import energy.muster.tariff.PriceDocument;
import energy.muster.tariff.PriceSeries;
import energy.muster.tariff.Tariff;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The site's board of tariffs and prices: what was published, what it refuses, who has it. Only for
 * use at the desk.
 */
public final class TariffDesk implements Publications {
  /** Those who ask for prices want today's, and perhaps yesterday's. */
  private static final Duration SHOWN = Duration.ofDays(2);

  private final PriceBook book = new PriceBook();
  private final Proposals proposals;
  private final Ledger ledger;
  private final Journal journal;
  private final Timetable timetable;
  private final ToLongFunction<Certified> operators;
  private final InstantSource clock;
  private Nodes nodes = Nodes.NONE;

  /**
   * @param operators how many are on duty who answer for devices that this publisher serves
   */
  public TariffDesk(
      Proposals proposals,
      ToLongFunction<Certified> operators,
      Ledger ledger,
      Journal journal,
      Timetable timetable,
      InstantSource clock) {
    this.proposals = proposals;
    this.operators = operators;
    this.ledger = ledger;
    this.journal = journal;
    this.timetable = timetable;
    this.clock = clock;
  }

  public void recover(List<Publication> known) {
    book.recover(known);
  }

  /** Lays out what is known, from now on also what comes. */
  public void begin(Nodes layOut) {
    nodes = layOut;
    book.all().forEach(this::layOut);
    proposals.look(book);
    tidy();
  }

  private void tidy() {
    Instant now = clock.instant();
    book.forgetBefore(now.minus(Publication.KEPT));
    proposals.look(book);
    timetable.after(Duration.ofHours(6), this::tidy);
  }

  @Override
  public Optional<Refusal> refuse(PriceDocument document) {
    return book.refuse(document, clock.instant());
  }

  @Override
  public List<Entry> take(Publication publication) {
    PriceDocument document = publication.document();
    boolean news = !book.knows(document);
    Map<Publication, Optional<Instant>> before = new LinkedHashMap<>();
    book.below(document).forEach(each -> before.put(each, book.over(each.document())));
    book.add(publication);
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry.Published(publication, book.over(document)));
    before.forEach(
        (each, then) ->
            book.over(each.document())
                .filter(over -> !then.equals(Optional.of(over)))
                .ifPresent(over -> entries.add(new Entry.Outdated(each.order(), over))));
    if (news) {
      entries.add(
          new Entry.Changed(
              document instanceof Tariff ? DataClass.TARIFFS : DataClass.PRICES,
              List.of("billing", flag(document.name().supplier())),
              publication.at(),
              readable(publication)));
    }
    return entries;
  }

  /** A supplier's name may begin with a digit, and have dots; a flag may not. */
  private static String flag(String supplier) {
    String flag = supplier.replace('.', '-');
    return (Character.isDigit(flag.charAt(0)) ? "s" : "")
        + flag.substring(0, Math.min(flag.length(), 31));
  }

  @Override
  public void kept(Publication publication) {
    layOut(publication);
    proposals.look(book);
  }

  @Override
  public void undo(Publication publication) {
    book.remove(publication);
  }

  /** As it was signed, and for whoever cannot read that. */
  private void layOut(Publication publication) {
    PriceDocument document = publication.document();
    nodes.publish(
        Nodes.tariffs(document.name().supplier()),
        document.header().id().text(),
        Payload.of(Wire.PUBLICATION, publication.sealed(), readable(publication)));
  }

  private static ObjectNode readable(Publication publication) {
    ObjectNode json = summary(publication);
    json.set("document", Json.parse(publication.document().write()));
    return json;
  }

  private static ObjectNode summary(Publication publication) {
    PriceDocument document = publication.document();
    ObjectNode json =
        Json.object()
            .put("order", publication.order().text())
            .put("id", document.header().id().text())
            .put("type", document.header().type().wire())
            .put("offer", document.name().toString())
            .put("publisher", publication.publisher().toString())
            .put("at", publication.at().toString());
    return json.put("text", document.toString());
  }

  /** Bills by all that was published and matters yet. At the desk. */
  public Biller biller() {
    return new Biller(book.boards().tariffs(), book.boards().prices());
  }

  /** What counts, or will; the documents themselves are asked for one by one. */
  public CompletionStage<Payload> tariffs(Session session, Payload request) {
    Instant since = clock.instant().minus(SHOWN);
    ArrayNode list = Json.object().putArray("publications");
    List<PriceDocument> listed = new ArrayList<>();
    for (Publication each : book.all()) {
      boolean shown = book.over(each.document()).filter(since::isAfter).isEmpty();
      if (shown && !listed.contains(each.document())) {
        listed.add(each.document());
        list.add(summary(each));
      }
    }
    ObjectNode answer =
        Json.object().put("operators", operators.applyAsLong(session.certified().orElseThrow()));
    answer.set("publications", list);
    return CompletableFuture.completedFuture(Payload.of(Wire.TARIFFS, answer));
  }

  /** One of them, as its publisher signed it. */
  public CompletionStage<Payload> publication(Session session, Payload request) {
    DocumentId order =
        Fields.readAll(request.requireJson(), fields -> fields.value("order", DocumentId::new));
    Publication found =
        book.of(order)
            .orElseThrow(
                () -> new Refused(Reason.UNKNOWN, "nothing was published with order " + order));
    return CompletableFuture.completedFuture(
        Payload.of(Wire.PUBLICATION, found.sealed(), summary(found)));
  }

  private record Asked(Optional<OfferName> offer, boolean prices, Optional<Long> version) {
    static Asked read(Fields fields) {
      Optional<OfferName> offer = fields.optionalValue("offer", OfferName::parse);
      boolean prices = fields.optionalFlag("prices");
      var version = fields.optionalInteger("version");
      return new Asked(
          offer, prices, version.isPresent() ? Optional.of(version.getAsLong()) : Optional.empty());
    }
  }

  /** Who has a tariff or prices, of the devices that whoever asks may know of. */
  public CompletionStage<Payload> receipts(Session session, Payload request) {
    Asked asked = Fields.readAll(request.requireJson(), Asked::read);
    Certified who = session.certified().orElseThrow();
    Publication found = find(asked);
    PriceDocument document = found.document();
    Predicate<BareJid> seen = device -> Coverage.covers(who, device, ledger);
    Collection<BareJid> meters =
        ledger.contacts().stream()
            .filter(
                contact ->
                    contact
                        .presence()
                        .map(DevicePresence::kind)
                        .filter(DeviceKind.METER::equals)
                        .isPresent())
            .map(Contact::device)
            .toList();
    boolean versioned = document instanceof Tariff;
    long version = document instanceof Tariff tariff ? tariff.version() : 1;
    return journal
        .receipts(
            document.name(), versioned ? Optional.empty() : Optional.of(document.header().id()))
        .thenApply(
            rows -> {
              ObjectNode answer = summary(found);
              if (versioned) {
                answer.put("version", version);
              }
              new Receipts(document.header().id(), version, rows, meters, seen).write(answer);
              return Payload.of(Wire.RECEIPTS, answer);
            });
  }

  private Publication find(Asked asked) {
    OfferName offer = asked.offer().orElseGet(() -> only(asked.prices()));
    return book.find(offer, asked.version())
        .orElseThrow(
            () ->
                new Refused(
                    Reason.UNKNOWN,
                    asked.version().map(version -> "version " + version + " of ").orElse("")
                        + offer
                        + " was not published"));
  }

  /** Who names none means the only one there is. */
  private OfferName only(boolean prices) {
    List<OfferName> offers =
        book.all().stream()
            .map(Publication::document)
            .filter(each -> prices ? each instanceof PriceSeries : each instanceof Tariff)
            .map(PriceDocument::name)
            .distinct()
            .sorted()
            .toList();
    if (offers.size() == 1) {
      return offers.get(0);
    }
    throw new Refused(
        Reason.INVALID_ARGUMENT,
        offers.isEmpty()
            ? "nothing was published"
            : "say which: " + String.join(", ", offers.stream().map(OfferName::toString).toList()));
  }
}
