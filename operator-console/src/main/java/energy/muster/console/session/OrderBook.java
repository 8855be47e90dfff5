// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The orders of this sitting, the newest last. */
final class OrderBook {
  /** More than anybody scrolls back; the service keeps them all. */
  private static final int MOST = 1000;

  private final Monitor monitor;
  private final InstantSource clock;
  private final Map<DocumentId, OpenOrder> orders = new LinkedHashMap<>();
  private final Map<BareJid, Instant> commanded = new LinkedHashMap<>();
  private final TreeSet<DocumentId> known = new TreeSet<>();
  private final Set<DocumentId> withdrawn = new HashSet<>();

  OrderBook(Monitor monitor, InstantSource clock) {
    this.monitor = monitor;
    this.clock = clock;
  }

  void add(OpenOrder order) {
    monitor.update(
        () -> {
          orders.put(order.id(), order);
          known.add(order.id());
          if (!order.command().verb().onlyLooks()) {
            order.standings().keySet().forEach(device -> commanded.put(device, clock.instant()));
          }
          orders.values().removeIf(old -> orders.size() > MOST && old.done());
        });
  }

  /** This person takes it back, and is told of that by the answers to the cancel. */
  void withdraw(DocumentId id) {
    monitor.update(() -> withdrawn.add(id));
  }

  boolean withdrawn(DocumentId id) {
    return monitor.read(() -> withdrawn.contains(id));
  }

  Optional<OpenOrder> find(DocumentId id) {
    return monitor.read(() -> Optional.ofNullable(orders.get(id)));
  }

  /** The order that was given last. */
  Optional<DocumentId> newest() {
    return monitor.read(() -> orders.keySet().stream().reduce((earlier, later) -> later));
  }

  Optional<Instant> commandedAt(BareJid device) {
    return monitor.read(() -> Optional.ofNullable(commanded.get(device)));
  }

  void endPursuit(OpenOrder order) {
    monitor.update(order::endPursuit);
  }

  boolean move(OpenOrder order, BareJid device, Standing next) {
    return monitor.update(() -> order.move(device, next));
  }

  List<OpenOrder> open() {
    return monitor.read(() -> orders.values().stream().filter(order -> !order.done()).toList());
  }

  /** Remembers ids from the service, so that they can be typed briefly. */
  void learn(DocumentId id) {
    monitor.update(() -> known.add(id));
  }

  /** The ids that begin or end so, newest first. */
  List<DocumentId> matching(String typed) {
    return monitor.read(
        () -> {
          List<DocumentId> found = new ArrayList<>();
          for (DocumentId id : known.descendingSet()) {
            if (id.text().endsWith(typed) || id.text().startsWith(typed)) {
              found.add(id);
            }
          }
          return found;
        });
  }

  List<DocumentId> recent() {
    return monitor.read(() -> List.copyOf(known.descendingSet()));
  }

  /**
   * Files a device's verified answer; one of another digest or device is refused. Empty when the
   * order is not of this sitting; the flag says whether it is news.
   */
  Optional<Filed> file(Outcome outcome) {
    BareJid device = outcome.header().issuer();
    return find(outcome.command())
        .map(
            order -> {
              if (!order.addresses(device)) {
                throw new Refused(
                    Reason.WRONG_TARGET, device + " answered an order it was not given");
              }
              if (!order.digest().equals(outcome.commandDigest())) {
                throw new Refused(
                    Reason.ID_CONFLICT, device + " answered another order of the same id");
              }
              Standing standing = Standing.of(outcome.result());
              return new Filed(
                  order,
                  monitor.update(
                      () -> {
                        if (outcome.result() instanceof Result.Executed executed) {
                          executed.shed().ifPresent(power -> order.shed(device, power));
                        }
                        return order.answered(device, standing);
                      }));
            });
  }

  /** An answer and the order it belongs to. */
  record Filed(OpenOrder order, boolean news) {}
}
