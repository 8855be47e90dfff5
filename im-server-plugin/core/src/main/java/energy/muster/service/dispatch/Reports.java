// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

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
import energy.muster.service.journal.Recovered.Unreported;
import energy.muster.service.session.Session;
import energy.muster.service.session.Sessions;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings outcomes to those who gave the orders: now if they are there, otherwise when they next
 * prove a session, and again until they have answered. Only for use at the desk.
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
  private final InstantSource clock;

  private final class Box {
    private final Deque<Unreported> waiting = new ArrayDeque<>();
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
      InstantSource clock) {
    this.config = config;
    this.sessions = sessions;
    this.outbound = outbound;
    this.journal = journal;
    this.timetable = timetable;
    this.desk = desk;
    this.clock = clock;
  }

  public void recover(List<Unreported> unreported) {
    unreported.forEach(each -> box(each.issuer()).waiting.add(each));
  }

  void add(Unreported outcome) {
    box(outcome.issuer()).waiting.add(outcome);
    push(outcome.issuer());
  }

  /** The issuer proved a session. */
  public void restart(BareJid issuer) {
    Box box = boxes.get(issuer);
    if (box != null) {
      box.backoff.reset();
      box.notBefore = Instant.MIN;
      push(issuer);
    }
  }

  private Box box(BareJid issuer) {
    return boxes.computeIfAbsent(issuer, any -> new Box());
  }

  private void push(BareJid issuer) {
    Box box = box(issuer);
    Optional<Session> session = sessions.proven(issuer);
    if (session.isEmpty() || clock.instant().isBefore(box.notBefore)) {
      return;
    }
    while (box.underWay < config.limits().reportsInFlight() && !box.waiting.isEmpty()) {
      Unreported next = box.waiting.remove();
      box.underWay++;
      outbound
          .ask(session.get().jid(), Payload.of(Wire.OUTCOME, next.outcome()))
          .whenComplete(
              (answer, failure) ->
                  desk.put(() -> answered(box, next, Optional.ofNullable(failure))));
    }
  }

  private void answered(Box box, Unreported outcome, Optional<Throwable> failure) {
    box.underWay--;
    Optional<Throwable> cause = failure.map(Failures::cause);
    if (cause.isEmpty() || cause.get() instanceof Refused) {
      cause.ifPresent(
          no -> LOG.warn("{} does not take an outcome: {}", outcome.issuer(), no.getMessage()));
      journal.appendSoon(new Entry.Reported(outcome.command(), outcome.device(), clock.instant()));
      box.backoff.reset();
    } else {
      box.waiting.addFirst(outcome);
      if (!(cause.get() instanceof Undeliverable)
          || sessions.proven(outcome.issuer()).isPresent()) {
        box.notBefore = clock.instant().plus(box.backoff.next());
        timetable.at(box.notBefore, () -> push(outcome.issuer()));
      }
    }
    push(outcome.issuer());
  }
}
