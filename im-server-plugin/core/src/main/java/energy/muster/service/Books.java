// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import energy.muster.service.dispatch.Goals;
import energy.muster.service.goal.Fairness;
import energy.muster.service.journal.Journal;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.limit.RefusalBook;
import energy.muster.service.orders.OrderBook;
import energy.muster.service.reliability.ReliabilityBook;
import java.time.InstantSource;
import java.util.Objects;

/** What is read back from the journal when somebody asks. */
record Books(
    OrderBook orders, ReliabilityBook reliability, RefusalBook refusals, Fairness fairness) {
  Books {
    Objects.requireNonNull(orders);
    Objects.requireNonNull(reliability);
    Objects.requireNonNull(refusals);
    Objects.requireNonNull(fairness);
  }

  static Books of(
      ServiceConfig config, Journal journal, Ledger ledger, Goals goals, InstantSource clock) {
    return new Books(
        new OrderBook(journal, ledger, goals::pursues),
        new ReliabilityBook(journal, ledger, clock),
        new RefusalBook(journal),
        new Fairness(config.goals().floors(), journal, ledger, clock));
  }
}
