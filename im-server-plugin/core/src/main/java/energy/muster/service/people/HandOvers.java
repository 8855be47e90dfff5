// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.people;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Timetable;
import energy.muster.service.dispatch.Dispatcher;
import energy.muster.service.dispatch.Heirs;
import energy.muster.service.dispatch.Reports;
import energy.muster.service.journal.ChatLine;
import energy.muster.service.journal.Delivery;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.HandOver;
import energy.muster.service.journal.HandOver.State;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.Order;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.notice.Notices;
import energy.muster.service.session.Session;
import energy.muster.service.view.Coverage;
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
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Whoever leaves offers what they wait for, and the alarms they have, to a colleague, who accepts;
 * until then, and when the offer ends otherwise, it stays theirs. Only for use at the desk.
 */
final class HandOvers {
  private static final Duration STANDS = Duration.ofMinutes(15);
  private static final int MAX_WATCHES = 500;

  private final Map<DocumentId, HandOver> offers = new LinkedHashMap<>();
  private final People people;
  private final Lines lines;
  private final Dispatcher dispatcher;
  private final Reports reports;
  private final Heirs heirs;
  private final Ledger ledger;
  private final Notices notices;
  private final Journal journal;
  private final Timetable timetable;
  private final Desk desk;
  private final InstantSource clock;
  private PeopleListener listener;

  HandOvers(
      People people,
      Lines lines,
      Dispatcher dispatcher,
      Reports reports,
      Heirs heirs,
      Ledger ledger,
      Notices notices,
      Journal journal,
      Timetable timetable,
      Desk desk,
      InstantSource clock) {
    this.people = people;
    this.lines = lines;
    this.dispatcher = dispatcher;
    this.reports = reports;
    this.heirs = heirs;
    this.ledger = ledger;
    this.notices = notices;
    this.journal = journal;
    this.timetable = timetable;
    this.desk = desk;
    this.clock = clock;
  }

  /** Set before anything else is called. */
  void listener(PeopleListener hears) {
    listener = hears;
  }

  Collection<HandOver> standing() {
    return List.copyOf(offers.values());
  }

  /** Each person has one at most. */
  private Optional<HandOver> standing(BareJid from) {
    return offers.values().stream().filter(offer -> offer.from().equals(from)).findFirst();
  }

  /** Before reports are taken up again: it says to whom they go. */
  void recover(List<HandOver> known) {
    for (HandOver each : known) {
      if (each.state() == State.ACCEPTED) {
        heirs.install(each.orders(), each.to());
      } else if (each.state() == State.OFFERED) {
        stand(each);
      }
    }
  }

  private record Asked(BareJid to, List<BareJid> watches) {
    static Asked read(Fields fields) {
      return new Asked(
          fields.value("to", BareJid::parse), fields.values("watches", BareJid::parse));
    }
  }

  CompletionStage<Payload> offer(Session session, Payload request) {
    Asked asked = Fields.readAll(request.requireJson(), Asked::read);
    Certified from = session.certified().orElseThrow();
    Certified heir = people.known(from, asked.to()).orElseThrow(() -> Lines.stranger(asked.to()));
    if (asked.watches().size() > MAX_WATCHES) {
      throw new Refused(Reason.TOO_LARGE, "at most " + MAX_WATCHES + " watches are handed over");
    }
    Map<DocumentId, List<BareJid>> open = openFor(from.jid());
    Instant now = clock.instant();
    HandOver offer =
        new HandOver(
            DocumentId.next(now),
            from.jid(),
            heir.jid(),
            now,
            now.plus(STANDS),
            State.OFFERED,
            open.entrySet().stream()
                .filter(order -> sees(heir, order.getValue()))
                .map(Map.Entry::getKey)
                .toList(),
            asked.watches().stream().filter(device -> sees(heir, List.of(device))).toList(),
            listener.canPass(from.jid(), heir));
    ChatLine line =
        lines.line(
            from.jid(),
            heir.jid(),
            "I leave and hand over to you: %s. Type at your console: accept %s, or decline %s"
                .formatted(what(offer), from.jid().local(), from.jid().local()));
    List<Entry> entries = new ArrayList<>();
    offers.values().stream()
        .filter(older -> older.from().equals(from.jid()))
        .forEach(older -> entries.add(new Entry.HandOverNoted(older.in(State.LAPSED))));
    entries.add(new Entry.HandOverNoted(offer));
    entries.add(new Entry.LineSaid(line));
    return journal
        .append(entries)
        .thenCompose(
            kept ->
                desk.askHere(
                    () -> {
                      offers.values().removeIf(older -> older.from().equals(from.jid()));
                      stand(offer);
                      tell(offer.from(), Optional.of(offer.from()), "offered to " + name(offer));
                      lines.add(line);
                      return CompletableFuture.completedFuture(
                          offered(offer, open.size() - offer.orders().size()));
                    }));
  }

  private static String name(HandOver offer) {
    return offer.to().local();
  }

  private void tell(BareJid from, Optional<BareJid> by, String why) {
    listener.offers(from, standing(from), by, why);
  }

  private void stand(HandOver offer) {
    offers.put(offer.id(), offer);
    timetable.at(offer.until(), () -> lapse(offer));
  }

  private static Payload offered(HandOver offer, int left) {
    ObjectNode json = json(offer);
    return Payload.of(
        Wire.HAND_OVER, json.put("left", left).put("until", offer.until().toString()));
  }

  private static ObjectNode json(HandOver offer) {
    ObjectNode json = Json.object().put("from", offer.from().toString());
    json.put("to", offer.to().toString());
    ArrayNode orders = json.putArray("orders");
    offer.orders().forEach(order -> orders.add(order.text()));
    ArrayNode watches = json.putArray("watches");
    offer.watches().forEach(device -> watches.add(device.toString()));
    ArrayNode alarms = json.putArray("alarms");
    offer.alarms().forEach(alarms::add);
    return json;
  }

  /** What this person would be told of, each with the devices that it is about. */
  private Map<DocumentId, List<BareJid>> openFor(BareJid person) {
    Map<DocumentId, List<BareJid>> open = new TreeMap<>();
    for (Order order : dispatcher.open()) {
      if (heirs.of(order.id(), order.submission().issuer()).equals(person)) {
        open.put(order.id(), order.deliveries().stream().map(Delivery::device).toList());
      }
    }
    reports.waitingFor(person).forEach(open::putIfAbsent);
    return open;
  }

  private boolean sees(Certified person, Collection<BareJid> devices) {
    return devices.stream().allMatch(device -> Coverage.covers(person, device, ledger));
  }

  private static String what(HandOver offer) {
    List<String> parts = new ArrayList<>();
    if (!offer.alarms().isEmpty()) {
      parts.add(
          (offer.alarms().size() == 1 ? "alarm " : "alarms ")
              + offer.alarms().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
    if (!offer.orders().isEmpty()) {
      parts.add(offer.orders().size() + (offer.orders().size() == 1 ? " order" : " orders"));
    }
    if (!offer.watches().isEmpty()) {
      parts.add(
          "watching "
              + offer.watches().stream().map(BareJid::local).collect(Collectors.joining(", ")));
    }
    return parts.isEmpty() ? "nothing that is open" : String.join(" and ", parts);
  }

  CompletionStage<Payload> accept(Session session, Payload request) {
    Certified heir = session.certified().orElseThrow();
    HandOver offer = offered(heir, request);
    HandOver accepted = taken(offer, heir);
    ChatLine line =
        lines.line(heir.jid(), accepted.from(), "I took over from you: " + what(accepted));
    offers.remove(accepted.id());
    return listener
        .handOver(
            accepted, heir, List.of(new Entry.HandOverNoted(accepted), new Entry.LineSaid(line)))
        .whenComplete(
            (kept, failure) ->
                desk.put(
                    () -> {
                      if (failure == null) {
                        heirs.install(accepted.orders(), accepted.to());
                        reports.rehome(accepted.from());
                        tell(offer.from(), Optional.of(heir.jid()), "taken over by " + name(offer));
                        lines.add(line);
                      } else {
                        stand(offer);
                      }
                    }))
        .thenApply(kept -> Payload.of(Wire.ACCEPT, json(accepted)));
  }

  /** The one offer to this person that the request means. */
  private HandOver offered(Certified heir, Payload request) {
    Optional<BareJid> from =
        Fields.readAll(
            request.requireJson(), fields -> fields.optionalValue("from", BareJid::parse));
    List<HandOver> standing =
        offers.values().stream()
            .filter(offer -> offer.to().equals(heir.jid()))
            .filter(offer -> from.filter(other -> !other.equals(offer.from())).isEmpty())
            .toList();
    if (standing.size() != 1) {
      throw standing.isEmpty()
          ? new Refused(Reason.UNKNOWN, "nobody hands over to you, or the offer has lapsed")
          : new Refused(Reason.INVALID_ARGUMENT, "several hand over to you: say from whom");
    }
    return standing.get(0);
  }

  CompletionStage<Payload> decline(Session session, Payload request) {
    Certified heir = session.certified().orElseThrow();
    HandOver offer = offered(heir, request);
    ChatLine line =
        lines.line(heir.jid(), offer.from(), "I do not take over from you: " + what(offer));
    offers.remove(offer.id());
    return journal
        .append(
            List.of(new Entry.HandOverNoted(offer.in(State.DECLINED)), new Entry.LineSaid(line)))
        .whenComplete(
            (kept, failure) ->
                desk.put(
                    () -> {
                      if (failure == null) {
                        tell(offer.from(), Optional.of(heir.jid()), name(offer) + " declined it");
                        lines.add(line);
                      } else {
                        stand(offer);
                      }
                    }))
        .thenApply(kept -> Payload.empty(Wire.DECLINE));
  }

  /** What of it is still theirs to pass on, and still within the heir's area. */
  private HandOver taken(HandOver offer, Certified heir) {
    Map<DocumentId, List<BareJid>> open = openFor(offer.from());
    return offer
        .in(State.ACCEPTED)
        .of(
            offer.orders().stream()
                .filter(order -> open.containsKey(order) && sees(heir, open.get(order)))
                .toList(),
            offer.watches().stream().filter(device -> sees(heir, List.of(device))).toList(),
            listener.canAccept(offer, heir));
  }

  private void lapse(HandOver offer) {
    if (!offers.remove(offer.id(), offer)) {
      return;
    }
    journal.appendSoon(new Entry.HandOverNoted(offer.in(State.LAPSED)));
    tell(offer.from(), Optional.empty(), name(offer) + " did not accept it in time");
    people.certificate(offer.from()).ifPresent(from -> tellLapsed(offer, from));
  }

  private void tellLapsed(HandOver offer, Certified from) {
    notices.tell(
        "hand-over",
        Optional.empty(),
        "%s did not take over from %s: %s"
            .formatted(offer.to().local(), offer.from().local(), what(offer)),
        person ->
            person.jid().equals(offer.from()) || people.known(person, from.jid()).isPresent());
  }
}
