// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.presence.Contact;
import energy.muster.presence.Flapping;
import energy.muster.service.desk.Desk;
import energy.muster.service.dispatch.Campaigns;
import energy.muster.service.dispatch.Goals;
import energy.muster.service.dispatch.Lanes;
import energy.muster.service.dispatch.Reports;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.ledger.LedgerListener;
import energy.muster.service.notice.Notices;
import energy.muster.service.room.Rooms;
import energy.muster.service.session.Session;
import energy.muster.service.session.SessionListener;
import energy.muster.service.view.Looks;
import energy.muster.service.view.Views;
import energy.muster.session.SessionProof;
import java.util.ArrayList;
import java.util.List;

/** What follows from what: sessions move the ledger, the ledger moves views, notices and lanes. */
final class Reactions implements SessionListener, LedgerListener {
  private final Ledger ledger;
  private final Views views;
  private final Looks looks;
  private final Lanes lanes;
  private final Goals goals;
  private final Campaigns campaigns;
  private final Reports reports;
  private final Notices notices;
  private final Differences differences;
  private final Revocations revocations;
  private final Journal journal;
  private final Crew crew;
  private final Branches branches;
  private final Market market;
  private final Rooms rooms;
  private final Desk desk;

  Reactions(
      Ledger ledger,
      Views views,
      Looks looks,
      Lanes lanes,
      Goals goals,
      Campaigns campaigns,
      Reports reports,
      Notices notices,
      Differences differences,
      Revocations revocations,
      Journal journal,
      Crew crew,
      Branches branches,
      Market market,
      Rooms rooms,
      Desk desk) {
    this.ledger = ledger;
    this.views = views;
    this.looks = looks;
    this.lanes = lanes;
    this.goals = goals;
    this.campaigns = campaigns;
    this.reports = reports;
    this.notices = notices;
    this.differences = differences;
    this.revocations = revocations;
    this.journal = journal;
    this.crew = crew;
    this.branches = branches;
    this.market = market;
    this.rooms = rooms;
    this.desk = desk;
  }

  @Override
  public void proven(Session session, SessionProof proof) {
    Certified who = session.certified().orElseThrow();
    revocations.tell(session);
    if (session.isDevice()) {
      boolean joins = ledger.certificate(who.jid()).filter(who::equals).isEmpty();
      ledger.proven(session, who, proof);
      if (joins) {
        branches.peers().joined(who);
        // Before the registry has it: what is lost with a kill is found again.
        journal.appendSoon(market.exchange().known(who));
      }
      // The registry must know the device, and how far its journal was, before orders depend on it.
      write();
      lanes.restart(session.account());
      branches.mandates().proven(session);
    } else {
      crew.staff().proven(session, who);
      crew.alarms().proven(session);
      market.proven(session);
      rooms.review(session.account());
    }
    // A master IED waits for answers to its orders, too.
    reports.restart(session.account());
  }

  @Override
  public void replaced(Session older) {
    views.closeAll(older);
    rooms.review(older.account());
  }

  @Override
  public void ended(Session session) {
    views.closeAll(session);
    ledger.lost(session);
    crew.staff().ended(session);
    rooms.review(session.account());
  }

  @Override
  public void streamsChanged(BareJid account) {
    ledger.streamsChanged(account);
    crew.staff().streamsChanged(account);
    rooms.review(account);
  }

  @Override
  public void changed(Contact contact) {
    views.changed(contact);
    looks.changed(contact);
    crew.alarms().changed(contact);
    // Later: what is changing it now may be about to restart the lane.
    desk.put(
        () -> {
          lanes.pump(contact.device());
          goals.look(contact.device());
          campaigns.look(contact.device());
        });
  }

  @Override
  public void fault(Contact contact) {
    String why = contact.absence().map(Contact.Absence::reason).orElse("");
    tell("fault", contact, why);
    crew.alarms().fault(contact);
    write();
  }

  @Override
  public void cleared(Contact contact) {
    tell("cleared", contact, "is back");
    write();
  }

  @Override
  public void quarantined(Contact contact) {
    tell(
        "quarantine",
        contact,
        "came back with an older journal and gets no orders: look at it, then issue it a new"
            + " certificate");
  }

  @Override
  public void flapping(Contact contact) {
    tell(
        "flapping",
        contact,
        "comes and goes ("
            + contact.flapping().map(Flapping::losses).orElse(0L)
            + " losses); single faults are not told until it is steady");
    write();
  }

  @Override
  public void steady(Contact contact, long losses) {
    tell("steady", contact, "has stopped coming and going, after " + losses + " losses");
  }

  @Override
  public void differs(Contact contact) {
    differences.found(contact);
    // Together with the word that differs, so that a restart does not lose the one for the other.
    write();
  }

  private void tell(String kind, Contact contact, String what) {
    Certified device = ledger.certificate(contact.device()).orElseThrow();
    notices.tellOf(device, kind, what);
  }

  /** Writes what the journal does not have yet of the devices. */
  void write() {
    List<Entry> unwritten = new ArrayList<>(ledger.unwritten());
    unwritten.addAll(crew.staff().unwritten());
    if (!unwritten.isEmpty()) {
      journal.appendSoon(unwritten);
    }
  }
}
