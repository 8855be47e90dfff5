// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.outcome.DeliveryState;
import energy.muster.wire.Payload;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes what the service has to tell a person, and files what it says of an order. */
final class Bulletins {
  private static final String SUMMARY = "summary";
  private static final String GOAL = "goal-";

  private final OrderBook book;
  private final Progress progress;
  private final InstantSource clock;
  private final Consumer<Event> events;

  Bulletins(OrderBook book, Progress progress, InstantSource clock, Consumer<Event> events) {
    this.book = book;
    this.progress = progress;
    this.clock = clock;
    this.events = events;
  }

  void take(Payload notice) {
    Fields.of(notice.requireJson()).some(this::take);
  }

  private boolean take(Fields fields) {
    String kind = fields.text("kind");
    Optional<DocumentId> order = fields.optionalValue("order", DocumentId::new);
    Optional<BareJid> device = fields.optionalValue("device", BareJid::parse);
    String text = fields.text("text");
    order.ifPresent(book::learn);
    boolean news = order.map(id -> file(id, kind, device, text)).orElse(true);
    events.accept(new Event.Noticed(clock.instant(), kind, order, device, text, news));
    return true;
  }

  /** Whether it is still to be told. */
  private boolean file(DocumentId id, String kind, Optional<BareJid> device, String text) {
    Optional<OpenOrder> order = book.find(id);
    if (kind.equals(SUMMARY)) {
      // Who has counted along need not be told the sum again.
      return order.filter(OpenOrder::done).isEmpty();
    }
    if (kind.startsWith(GOAL)) {
      order.ifPresent(book::endPursuit);
      return true;
    }
    Optional<DeliveryState> state = state(kind);
    if (state.isEmpty() || device.isEmpty()) {
      return true;
    }
    Standing standing = new Standing(state.get(), Optional.empty(), text);
    if (state.get() == DeliveryState.CANCELLED && book.withdrawn(id)) {
      order.ifPresent(known -> progress.quietly(known, device.get(), standing));
      return false;
    }
    if (order.isEmpty()) {
      return true;
    }
    boolean moved = progress.byService(order.get(), device.get(), standing);
    return moved && !state.get().terminal();
  }

  private static Optional<DeliveryState> state(String kind) {
    return switch (kind) {
      case "expired", "unconfirmed", "cancelled", "superseded" -> DeliveryState.ofWire(kind);
      case "written-off" -> Optional.of(DeliveryState.UNCERTAIN);
      default -> Optional.empty();
    };
  }
}
