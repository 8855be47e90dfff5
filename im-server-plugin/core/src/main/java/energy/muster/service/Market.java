// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import energy.muster.identity.Certified;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.presence.PersonPresence;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Timetable;
import energy.muster.service.exchange.ExchangeDesk;
import energy.muster.service.exchange.Nodes;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.MarketRecord;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.notice.Notices;
import energy.muster.service.people.Staff;
import energy.muster.service.session.Session;
import energy.muster.service.session.Sessions;
import energy.muster.service.tariff.Proposals;
import energy.muster.service.tariff.TariffDesk;
import energy.muster.service.view.Coverage;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** What energy costs, what might follow from it, and what others keep copies of. */
record Market(TariffDesk tariffs, Proposals proposals, ExchangeDesk exchange) {
  Market {
    Objects.requireNonNull(tariffs);
    Objects.requireNonNull(proposals);
    Objects.requireNonNull(exchange);
  }

  static Market of(
      ServiceConfig config,
      Ledger ledger,
      Sessions sessions,
      Notices notices,
      Supplier<Staff> staff,
      Journal journal,
      Timetable timetable,
      Desk desk,
      InstantSource clock) {
    Proposals proposals =
        new Proposals(
            config.market().proposals(),
            notices,
            person -> staff.get().onDuty(person),
            journal,
            timetable,
            desk,
            clock);
    return new Market(
        new TariffDesk(
            proposals,
            publisher -> onDuty(publisher, ledger, sessions, staff.get()),
            ledger,
            journal,
            timetable,
            clock),
        proposals,
        new ExchangeDesk(config.market().changePeriod(), ledger, journal, timetable, desk, clock));
  }

  /** How many operators are there and on duty who answer for a device of this publisher's. */
  private static long onDuty(Certified publisher, Ledger ledger, Sessions sessions, Staff staff) {
    List<Certified> served =
        ledger.contacts().stream()
            .flatMap(contact -> ledger.certificate(contact.device()).stream())
            .filter(device -> Coverage.covers(publisher, device))
            .toList();
    return sessions
        .persons(
            person ->
                staff.onDuty(person.jid())
                    && served.stream().anyMatch(device -> person.covers(Role.OPERATOR, device)))
        .size();
  }

  /** Takes up what was known, lays out what is public, and goes on with what is due. */
  void begin(MarketRecord known, Nodes nodes) {
    proposals.recover(known.proposals(), known.proposal());
    tariffs.recover(known.publications());
    exchange.recover(known);
    tariffs.begin(nodes);
    exchange.begin(nodes);
  }

  /** A person has come. */
  void proven(Session session) {
    proposals.proven(session);
  }

  /** A person says how they are; who comes on duty by it is shown what is proposed. */
  void says(Staff staff, FullJid session, PersonPresence word, boolean byConsole) {
    boolean was = staff.onDuty(session.bare());
    staff.says(session, word, byConsole);
    if (!was && staff.onDuty(session.bare())) {
      proposals.cameOnDuty(session.bare());
    }
  }
}
