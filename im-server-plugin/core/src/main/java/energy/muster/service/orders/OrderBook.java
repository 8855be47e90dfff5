// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.orders;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.json.Fields;
import energy.muster.outcome.DeliveryState;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.goal.GoalStanding;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.Order;
import energy.muster.service.journal.OrderHistory;
import energy.muster.service.journal.OrderQuery;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.view.Coverage;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Answers who asks for orders: the issuer sees all of an order, others the deliveries to devices
 * that their certificate covers. Safe for use by many threads.
 */
public final class OrderBook {
  private static final int MAX_LIMIT = 200;
  private static final int PAGE = 200;
  private static final int MAX_PAGES = 10;

  private final Journal journal;
  private final Ledger ledger;
  private final Predicate<DocumentId> pursued;

  /**
   * @param pursued whether the order has a goal for which candidates are still being asked
   */
  public OrderBook(Journal journal, Ledger ledger, Predicate<DocumentId> pursued) {
    this.journal = journal;
    this.ledger = ledger;
    this.pursued = pursued;
  }

  private enum Filter {
    MINE,
    HELD,
    OPEN,
    FAILED,
    ALL;

    /** One of these states makes an order match; none given, every order does. */
    Set<DeliveryState> states() {
      return switch (this) {
        case MINE, ALL -> Set.of();
        case HELD -> EnumSet.of(DeliveryState.HELD);
        case OPEN ->
            EnumSet.of(
                DeliveryState.HELD,
                DeliveryState.SENT,
                DeliveryState.RECEIVED,
                DeliveryState.EXECUTING,
                DeliveryState.UNCONFIRMED);
        case FAILED ->
            EnumSet.of(
                DeliveryState.REFUSED,
                DeliveryState.FAILED,
                DeliveryState.UNCERTAIN,
                DeliveryState.UNCONFIRMED,
                DeliveryState.EXPIRED);
      };
    }

    static Optional<Filter> ofWire(String wire) {
      return Arrays.stream(values())
          .filter(filter -> filter.name().toLowerCase(Locale.ROOT).equals(wire))
          .findFirst();
    }
  }

  private record Asked(Filter filter, int limit) {
    static Asked read(Fields fields) {
      Filter filter = fields.oneOf("filter", Filter::ofWire);
      long limit = fields.integer("limit");
      if (limit < 1 || limit > MAX_LIMIT) {
        throw new IllegalArgumentException("a limit is 1 to " + MAX_LIMIT);
      }
      return new Asked(filter, (int) limit);
    }
  }

  /** The newest orders that match and that the person may see. */
  public CompletionStage<Payload> orders(Certified person, Payload request) {
    Asked asked = Fields.readAll(request.requireJson(), Asked::read);
    return gather(person, asked, Optional.empty(), new ArrayList<>(), 0)
        .thenCompose(
            found ->
                standings(person, found)
                    .thenApply(goals -> Payload.of(Wire.ORDERS, OrderPages.list(found, goals))));
  }

  /** Of the goals among them, as far as all their candidates may be seen: a sum tells of each. */
  private CompletionStage<Map<DocumentId, GoalStanding>> standings(
      Certified person, List<Order> found) {
    CompletionStage<Map<DocumentId, GoalStanding>> all =
        CompletableFuture.completedFuture(new HashMap<>());
    for (Order order : found) {
      if (order.submission().command().goal().isPresent()) {
        all =
            all.thenCombine(
                journal.order(order.id()),
                (standings, history) -> {
                  history
                      .flatMap(known -> standing(person, known))
                      .ifPresent(standing -> standings.put(order.id(), standing));
                  return standings;
                });
      }
    }
    return all;
  }

  private Optional<GoalStanding> standing(Certified person, OrderHistory history) {
    Predicate<BareJid> sees = sees(person, history.order());
    boolean whole =
        history.order().submission().command().goal().isPresent()
            && history.order().deliveries().stream().allMatch(each -> sees.test(each.device()));
    return whole
        ? Optional.of(GoalStanding.of(history, pursued.test(history.order().id())))
        : Optional.empty();
  }

  // Others' orders are sifted here and not in the journal, which knows nothing of certificates.
  private CompletionStage<List<Order>> gather(
      Certified person, Asked asked, Optional<DocumentId> before, List<Order> found, int pages) {
    OrderQuery query =
        new OrderQuery(
            asked.filter() == Filter.MINE ? Optional.of(person.jid()) : Optional.empty(),
            asked.filter().states(),
            before,
            PAGE);
    return journal
        .orders(query)
        .thenCompose(
            page -> {
              for (Order order : page) {
                visible(person, order)
                    .filter(seen -> found.size() < asked.limit() && matches(asked, seen))
                    .ifPresent(found::add);
              }
              boolean done =
                  page.size() < PAGE || found.size() >= asked.limit() || pages + 1 == MAX_PAGES;
              return done
                  ? CompletableFuture.completedFuture(found)
                  : gather(
                      person, asked, Optional.of(page.get(page.size() - 1).id()), found, pages + 1);
            });
  }

  private static boolean matches(Asked asked, Order seen) {
    return asked.filter().states().isEmpty()
        || seen.deliveries().stream()
            .anyMatch(delivery -> asked.filter().states().contains(delivery.state()));
  }

  /** One order with its history and its sealed documents. */
  public CompletionStage<Payload> order(Certified person, Payload request) {
    DocumentId id =
        Fields.readAll(request.requireJson(), fields -> fields.value("id", DocumentId::new));
    return journal
        .order(id)
        .thenApply(
            history ->
                history
                    .filter(known -> visible(person, known.order()).isPresent())
                    .map(
                        known ->
                            OrderPages.page(
                                known, sees(person, known.order()), standing(person, known)))
                    .map(page -> Payload.of(Wire.ORDER, page))
                    .orElseThrow(() -> new Refused(Reason.UNKNOWN, "you have no order " + id)));
  }

  private Optional<Order> visible(Certified person, Order order) {
    Predicate<BareJid> sees = sees(person, order);
    Order seen =
        new Order(
            order.submission(),
            order.deliveries().stream().filter(each -> sees.test(each.device())).toList());
    return seen.deliveries().isEmpty() ? Optional.empty() : Optional.of(seen);
  }

  private Predicate<BareJid> sees(Certified person, Order order) {
    return order.submission().issuer().equals(person.jid())
        ? device -> true
        : device -> Coverage.covers(person, device, ledger);
  }
}
