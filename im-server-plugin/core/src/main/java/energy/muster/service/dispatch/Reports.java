// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.refusal.Refused;
import energy.muster.service.Outbound;
import energy.muster.service.ServiceConfig;
import energy.muster.service.Undeliverable;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Failures;
import energy.muster.service.desk.Timetable;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.Notice;
import energy.muster.service.journal.Recovered.Unreported;
import energy.muster.service.notice.Notices;
import energy.muster.service.session.Session;
import energy.muster.service.session.Sessions;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings outcomes and notices to those they are for: now if they are there, otherwise when they
 * next prove a session, and again until they have answered. Only for use at the desk.
 */
public final class Reports {
  private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

  private final Map<BareJid, Box> boxes = new HashMap<>();
  private final ServiceConfig config;
  private final Sessions sessions;
  private final Outbound outbound;
  private final Journal journal;
  private final Timetable timetable;
  private final Desk desk;
  private final Heirs heirs;
  private final InstantSource clock;

  /** One thing to be told, and what is journaled when it has been. */
  private record Report(
      BareJid issuer,
      DocumentId order,
      Optional<BareJid> device,
      Payload payload,
      Function<Instant, Entry> told) {
    static Report of(Unreported outcome) {
      return new Report(
          outcome.issuer(),
          outcome.command(),
          Optional.of(outcome.device()),
          Payload.of(Wire.OUTCOME, outcome.outcome()),
          now -> new Entry.Reported(outcome.command(), outcome.device(), now));
    }

    static Report of(Notice notice) {
      return new Report(
          notice.to(),
          notice.order(),
          notice.device(),
          Notices.payload(notice),
          now -> new Entry.Taken(notice.id(), now));
    }
  }

  private final class Box {
    private final Deque<Report> waiting = new ArrayDeque<>();
    private final Backoff backoff = new Backoff(config.timing());
    private int underWay;
    private Instant notBefore = Instant.MIN;
  }

  public Reports(
      ServiceConfig config,
      Sessions sessions,
      Outbound outbound,
      Journal journal,
      Timetable timetable,
      Desk desk,
      Heirs heirs,
      InstantSource clock) {
    this.config = config;
    this.sessions = sessions;
    this.outbound = outbound;
    this.journal = journal;
    this.timetable = timetable;
    this.desk = desk;
    this.heirs = heirs;
    this.clock = clock;
  }

  public void recover(List<Unreported> unreported, List<Notice> notices) {
    unreported.forEach(each -> put(Report.of(each)));
    notices.forEach(each -> put(Report.of(each)));
  }

  void add(Unreported outcome) {
    add(Report.of(outcome));
  }

  void add(Notice notice) {
    add(Report.of(notice));
  }

  private void add(Report report) {
    put(report);
    push(to(report));
  }

  private void put(Report report) {
    box(to(report)).waiting.add(report);
  }

  private BareJid to(Report report) {
    return heirs.of(report.order(), report.issuer());
  }

  /** What waits for this person: orders, each with the devices that are spoken of. */
  public Map<DocumentId, List<BareJid>> waitingFor(BareJid person) {
    Map<DocumentId, List<BareJid>> orders = new HashMap<>();
    for (Report report : box(person).waiting) {
      orders
          .computeIfAbsent(report.order(), any -> new ArrayList<>())
          .addAll(report.device().stream().toList());
    }
    return orders;
  }

  /** Others have taken over some of what waits for this person. */
  public void rehome(BareJid person) {
    List<Report> others =
        box(person).waiting.stream().filter(report -> !to(report).equals(person)).toList();
    box(person).waiting.removeAll(others);
    others.forEach(this::add);
  }

  /** A person proved a session. */
  public void restart(BareJid person) {
    Box box = boxes.get(person);
    if (box != null) {
      box.backoff.reset();
      box.notBefore = Instant.MIN;
      push(person);
    }
  }

  private Box box(BareJid person) {
    return boxes.computeIfAbsent(person, any -> new Box());
  }

  private void push(BareJid person) {
    Box box = box(person);
    Optional<Session> session = sessions.proven(person);
    if (session.isEmpty() || clock.instant().isBefore(box.notBefore)) {
      return;
    }
    while (box.underWay < config.limits().reportsInFlight() && !box.waiting.isEmpty()) {
      Report next = box.waiting.remove();
      box.underWay++;
      outbound
          .ask(session.get().jid(), next.payload())
          .whenComplete(
              (answer, failure) ->
                  desk.put(() -> answered(box, next, Optional.ofNullable(failure))));
    }
  }

  private void answered(Box box, Report report, Optional<Throwable> failure) {
    box.underWay--;
    Optional<Throwable> cause = failure.map(Failures::cause);
    if (cause.isEmpty() || cause.get() instanceof Refused) {
      cause.ifPresent(no -> LOG.warn("{} does not take a report: {}", to(report), no.getMessage()));
      journal.appendSoon(report.told().apply(clock.instant()));
      box.backoff.reset();
    } else {
      Box next = box(to(report));
      next.waiting.addFirst(report);
      if (!(cause.get() instanceof Undeliverable) || sessions.proven(to(report)).isPresent()) {
        next.notBefore = clock.instant().plus(next.backoff.next());
        timetable.at(next.notBefore, () -> push(to(report)));
      }
    }
    push(to(report));
  }
}
