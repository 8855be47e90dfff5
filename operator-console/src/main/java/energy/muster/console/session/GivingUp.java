// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.console.language.Hint;
import energy.muster.console.language.Line;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.WriteOff;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Signs that nobody will learn what became of a delivery. */
final class GivingUp {
  private static final Duration ANSWER = Duration.ofSeconds(15);

  private final Records records;
  private final Notary notary;
  private final Mirror mirror;
  private final OrderBook book;
  private final Progress progress;
  private final Questions questions;
  private final Confirmation confirmation;
  private final Setup setup;
  private final Consumer<Event> events;

  GivingUp(
      Records records,
      Notary notary,
      Mirror mirror,
      OrderBook book,
      Progress progress,
      Questions questions,
      Confirmation confirmation,
      Setup setup,
      Consumer<Event> events) {
    this.records = records;
    this.notary = notary;
    this.mirror = mirror;
    this.book = book;
    this.progress = progress;
    this.questions = questions;
    this.confirmation = confirmation;
    this.setup = setup;
    this.events = events;
  }

  LineResult giveUp(Line.GiveUp line) throws InterruptedException {
    OrderRecord kept = records.one(line.order());
    Notary.SignedOrder order = notary.order(kept);
    List<BareJid> devices = devices(line, kept);
    String names = devices.stream().map(BareJid::local).collect(Collectors.joining(", "));
    if (!confirmation.ask(
        "give up "
            + order.command().verb()
            + " of "
            + names
            + " as uncertain: \""
            + line.reason()
            + "\"?")) {
      events.accept(new Event.Said(now(), "not done: nothing was given up"));
      return new LineResult.Done(false);
    }
    Map<BareJid, Standing> standings = new LinkedHashMap<>();
    for (BareJid device : devices) {
      standings.put(device, writeOff(order, device, line.reason()));
    }
    return new LineResult.Given(kept.id(), standings, Set.of(DeliveryState.UNCERTAIN));
  }

  private List<BareJid> devices(Line.GiveUp line, OrderRecord kept) {
    if (line.device().isPresent()) {
      BareJid device = mirror.address(line.device().get());
      if (!kept.deliveries().containsKey(device)) {
        throw new Hint(line.device().get().column(), "the order is not for " + device.local());
      }
      return List.of(device);
    }
    List<BareJid> unconfirmed =
        kept.deliveries().entrySet().stream()
            .filter(entry -> entry.getValue().state() == DeliveryState.UNCONFIRMED)
            .map(Map.Entry::getKey)
            .toList();
    if (unconfirmed.isEmpty()) {
      throw new Hint(
          line.order().column(),
          "none of its deliveries is unconfirmed; cancel takes back what is still open");
    }
    return unconfirmed;
  }

  private Standing writeOff(Notary.SignedOrder order, BareJid device, String reason)
      throws InterruptedException {
    Instant now = now();
    Header header =
        new Header(
            DocumentType.WRITE_OFF,
            setup.site(),
            DocumentId.next(now),
            setup.identity().certified().jid(),
            now);
    DocumentId id = order.command().id();
    WriteOff document = new WriteOff(header, id, order.digest(), device, reason);
    Sealed sealed = Sealer.seal(document.write(), now, setup.identity());
    AtomicBoolean unsure = new AtomicBoolean();
    try {
      questions.set(Payload.of(Wire.WRITE_OFF, sealed), ANSWER, why -> unsure.set(true));
    } catch (Refused e) {
      if (!unsure.get() || e.refusal().reason() != Reason.ALREADY_THERE || !kept(id, sealed)) {
        events.accept(new Event.Declined(now(), "give up " + device.local(), e.refusal()));
        return new Standing(
            DeliveryState.REFUSED, Optional.of(e.refusal().reason()), e.refusal().text());
      }
    }
    Standing end = new Standing(DeliveryState.UNCERTAIN, Optional.empty(), "given up: " + reason);
    book.find(id).ifPresent(known -> progress.quietly(known, device, end));
    events.accept(new Event.GivenUp(now(), id, device, reason));
    book.find(id).ifPresent(progress::tally);
    return end;
  }

  /** Whether the first try arrived, and only its answer got lost. */
  private boolean kept(DocumentId id, Sealed sealed) throws InterruptedException {
    return records.one(id).writeOffs().stream().anyMatch(each -> each.sealed().equals(sealed));
  }

  private Instant now() {
    return setup.clock().instant();
  }
}
