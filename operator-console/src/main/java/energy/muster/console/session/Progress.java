// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Moves deliveries on by the service's word, and tells how an order to several devices comes along.
 */
final class Progress {
  private final Monitor monitor;
  private final OrderBook book;
  private final InstantSource clock;
  private final Consumer<Event> events;

  Progress(Monitor monitor, OrderBook book, InstantSource clock, Consumer<Event> events) {
    this.monitor = monitor;
    this.book = book;
    this.clock = clock;
    this.events = events;
  }

  /**
   * Takes the service's word for what is the service's to say: what only a device may say counts
   * when the device has signed it. Says whether it was news.
   */
  boolean byService(OpenOrder order, BareJid device, Standing standing) {
    return monitor.update(
        () -> {
          if (!quietly(order, device, standing)) {
            return false;
          }
          // Of a goal, whoever was not needed is told in one sum.
          boolean untold = order.command().goal().isPresent() && !asked(standing);
          if (standing.state().terminal() && !untold) {
            events.accept(new Event.Ended(clock.instant(), order.id(), device, standing));
            tally(order);
          }
          return true;
        });
  }

  private static boolean asked(Standing standing) {
    return standing.state() != DeliveryState.CANCELLED;
  }

  /** As {@link #byService}, where the person is told in another way. */
  boolean quietly(OpenOrder order, BareJid device, Standing standing) {
    return servicesToSay(standing.state()) && book.move(order, device, standing);
  }

  static boolean servicesToSay(DeliveryState state) {
    return switch (state) {
      case EXECUTED, REFUSED, FAILED -> false;
      default -> true;
    };
  }

  /** How far it is, if there are several devices. */
  void tally(OpenOrder order) {
    monitor.update(
        () -> {
          if (order.size() > 1) {
            events.accept(
                new Event.Tally(
                    clock.instant(),
                    order.id(),
                    order.size(),
                    order.counts(),
                    order.command().goal().map(goal -> new Event.Sum(order.shed(), goal))));
          }
        });
  }
}
