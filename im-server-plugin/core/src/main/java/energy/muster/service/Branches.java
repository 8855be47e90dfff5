// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import energy.muster.service.branch.BranchReports;
import energy.muster.service.branch.MandateDesk;
import energy.muster.service.desk.Desk;
import energy.muster.service.dispatch.Dispatcher;
import energy.muster.service.journal.Journal;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.notice.Notices;
import energy.muster.service.peer.PeerBook;
import energy.muster.service.peer.WarningDesk;
import energy.muster.service.session.CurrentTrust;
import energy.muster.service.session.OwnWords;
import energy.muster.service.session.Sessions;
import energy.muster.service.supplier.SupplierChanges;
import java.time.InstantSource;
import java.util.Objects;

/** What devices have to do with each other on a branch: as peers, and under a master IED. */
record Branches(
    PeerBook peers,
    WarningDesk warnings,
    MandateDesk mandates,
    BranchReports reports,
    SupplierChanges suppliers) {
  Branches {
    Objects.requireNonNull(peers);
    Objects.requireNonNull(warnings);
    Objects.requireNonNull(mandates);
    Objects.requireNonNull(reports);
    Objects.requireNonNull(suppliers);
  }

  static Branches of(
      ServiceConfig config,
      CurrentTrust trust,
      Ledger ledger,
      Sessions sessions,
      Outbound outbound,
      Notices notices,
      Dispatcher dispatcher,
      Journal journal,
      Desk desk,
      InstantSource clock) {
    OwnWords words = new OwnWords(config.site(), trust, clock);
    return new Branches(
        new PeerBook(ledger, sessions, outbound),
        new WarningDesk(words, notices, clock),
        new MandateDesk(
            config.site(),
            trust,
            ledger,
            sessions,
            outbound,
            notices,
            journal,
            dispatcher.mandates(),
            desk,
            clock),
        new BranchReports(words, notices),
        new SupplierChanges(words, notices));
  }
}
