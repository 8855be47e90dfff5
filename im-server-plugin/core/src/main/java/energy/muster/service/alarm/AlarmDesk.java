// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.presence.Certainty;
import energy.muster.presence.Contact;
import energy.muster.service.Outbound;
import energy.muster.service.ServiceConfig;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Reception;
import energy.muster.service.desk.Timetable;
import energy.muster.service.journal.AlarmsRecord;
import energy.muster.service.journal.Charter;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.HandOver;
import energy.muster.service.journal.Journal;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.people.PeopleListener;
import energy.muster.service.people.Staff;
import energy.muster.service.reach.Mailer;
import energy.muster.service.reach.Webhook;
import energy.muster.service.session.CurrentTrust;
import energy.muster.service.session.Session;
import energy.muster.service.session.Sessions;
import energy.muster.wire.Payload;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Alarms, for the rest of the service. Only for use at the desk, unless it says so. */
public final class AlarmDesk implements PeopleListener {
  /** A client that lost its server pauses for 30 s at most before it tries again. */
  static final Duration BACK_WITHIN = Duration.ofSeconds(35);

  private final Staff staff;
  private final Floods floods = new Floods();
  private final WhoIsThere whoIsThere;
  private final AlarmBook book;
  private final Outbox outbox;
  private final Pager pager;
  private final Outages outages;
  private final AlarmIntake intake;
  private final Acts acts;
  private final ActDesk actDesk;
  private final CharterDesk charterDesk;
  private final AlarmPages pages;
  private final Chatter chatter;

  public AlarmDesk(
      ServiceConfig config,
      CurrentTrust trust,
      Ledger ledger,
      Sessions sessions,
      Staff staff,
      Outbound outbound,
      Journal journal,
      Timetable timetable,
      Reception reception,
      Desk desk,
      InstantSource clock) {
    this.staff = staff;
    String site = config.site();
    AlarmSight sight = new AlarmSight(ledger);
    AlarmNews news =
        new AlarmNews(sight, floods, sessions, outbound, timetable, config.timing().viewInterval());
    book = new AlarmBook(journal, news, timetable, desk, clock);
    outbox = new Outbox(site, book, journal, timetable, desk, clock);
    whoIsThere = new WhoIsThere(staff, sessions, timetable, clock, this::changed);
    Charters charters = new Charters();
    Candidates candidates = new Candidates(charters, staff, whoIsThere, sight, clock);
    pager =
        new Pager(
            book, candidates, whoIsThere, floods, outbox, sight, ledger, timetable, desk, clock);
    pager.offers(new Offers(floods, sessions, outbound, desk, pager::unreached));
    outages = new Outages(book, pager, sight, ledger, timetable, clock);
    Papers papers = new Papers(book, journal, desk);
    chatter = new Chatter(book, timetable, clock);
    book.ended(chatter::over);
    intake =
        new AlarmIntake(
            site,
            trust,
            book,
            papers,
            pager.owners(),
            outages,
            chatter,
            whoIsThere,
            reception,
            clock);
    acts = new Acts(book, pager, outages, timetable, clock);
    actDesk =
        new ActDesk(
            site, config.timing().ahead(), trust, book, sight, papers, acts, reception, clock);
    charterDesk =
        new CharterDesk(
            site, config.timing().ahead(), trust, charters, pager, journal, timetable, desk, clock);
    pages = new AlarmPages(book, sight, floods, journal, clock);
  }

  /** How alarms leave for those who are not there; before {@link #recover}. */
  public void through(Mailer mailer, Webhook webhook) {
    outbox.through(mailer, webhook);
  }

  /** After people and devices were recovered. */
  public void recover(AlarmsRecord known) {
    book.recover(known);
    charterDesk.recover(known.charters());
    outbox.recover(known.letters());
    chatter.recover(known);
    floods.recover(known.lately(), book);
    whoIsThere.expect(involved(), BACK_WITHIN);
    pager.owners().recover(staff.offers());
    for (OpenAlarm alarm : book.all()) {
      acts.resume(alarm);
      outages.resume(alarm);
      pager.resume(alarm);
    }
  }

  /** Whom the open alarms have to do with. */
  private Set<BareJid> involved() {
    Set<BareJid> involved = new HashSet<>();
    for (OpenAlarm alarm : book.all()) {
      alarm.search().ifPresent(search -> involved.addAll(search.to()));
      alarm
          .owner()
          .ifPresent(
              owner -> {
                involved.add(owner.person());
                owner.heir().ifPresent(heir -> involved.add(heir.person()));
              });
    }
    return involved;
  }

  /** A device's alarm; any thread. */
  public CompletionStage<Payload> take(Session session, Payload payload) {
    return intake.take(session.account(), payload);
  }

  /** What a person does about alarms; any thread. */
  public CompletionStage<Payload> act(Session session, Payload payload) {
    return actDesk.act(session.account(), payload);
  }

  public CompletionStage<Payload> list(Session session, Payload payload) {
    return pages.list(session, payload);
  }

  public CompletionStage<Payload> history(Session session, Payload payload) {
    return pages.history(session, payload);
  }

  public CompletionStage<Payload> report(Session session, Payload payload) {
    return pages.report(session, payload);
  }

  /** Any thread. */
  public CompletionStage<Payload> publish(Charter.Kind kind, Session session, Payload payload) {
    return charterDesk.publish(kind, session.account(), payload);
  }

  public CompletionStage<Payload> policy(Session session, Payload payload) {
    return CompletableFuture.completedFuture(charterDesk.policy(session.certified().orElseThrow()));
  }

  public CompletionStage<Payload> duty(Session session, Payload payload) {
    return CompletableFuture.completedFuture(charterDesk.duty(session.certified().orElseThrow()));
  }

  @Override
  public void changed(BareJid person) {
    if (book.isEmpty()) {
      return;
    }
    pager.review();
  }

  /** A person has proven a session. */
  public void proven(Session session) {
    pager.bringAgain(session.account());
  }

  @Override
  public List<Long> canPass(BareJid from, Certified heir) {
    return pager.owners().canPass(from, heir);
  }

  @Override
  public List<Long> canAccept(HandOver offer, Certified heir) {
    return pager.owners().canAccept(offer, heir);
  }

  @Override
  public CompletionStage<Void> handOver(HandOver accepted, Certified heir, List<Entry> entries) {
    return pager.owners().handOver(accepted, heir, entries);
  }

  @Override
  public void offers(BareJid from, Optional<HandOver> standing, Optional<BareJid> by, String why) {
    pager.owners().offers(from, standing, by, why);
  }

  /** A device is gone without a reason. */
  public void fault(Contact contact) {
    outages.gone(contact);
  }

  /** A device's contact is not what it was. */
  public void changed(Contact contact) {
    if (contact.certainty() == Certainty.REAL) {
      outages.back(contact);
    }
    pager.said(contact.device());
  }
}
