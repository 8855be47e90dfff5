// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.identity.BareJid;
import energy.muster.outcome.Outcomes;
import energy.muster.seal.Sealed;
import energy.muster.service.Limits;
import energy.muster.service.Timing;
import energy.muster.service.desk.Pause;
import energy.muster.service.session.Session;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What waits to be told to one person, in the order in which it happened, and what goes next. */
final class ReportBox {
  private final BareJid person;
  private final Limits limits;
  private final Backoff backoff;
  private final TreeMap<Long, Report> waiting = new TreeMap<>();
  private Pause pause = Pause.NONE;
  private Optional<Stream> stream = Optional.empty();

  ReportBox(BareJid person, Limits limits, Timing timing) {
    this.person = person;
    this.limits = limits;
    this.backoff = new Backoff(timing);
  }

  /** What goes in one stanza. */
  record Bundle(List<Report> reports) {
    Payload payload() {
      return reports.size() == 1
          ? reports.get(0).alone()
          : new Outcomes(reports.stream().flatMap(each -> each.outcome().stream()).toList())
              .payload();
    }

    boolean gathered() {
      return reports.size() > 1;
    }

    boolean ofOutcomes() {
      return reports.get(0).alone().wire() == Wire.OUTCOME;
    }
  }

  /** One session of the person, and what is on its way to it. */
  final class Stream {
    private final Session session;
    private int underWay;
    private int withOutcomes;
    private boolean gathers = true;
    private boolean known;
    private boolean trying;

    private Stream(Session session) {
      this.session = session;
    }

    Session session() {
      return session;
    }

    /** From now on each outcome goes alone to this session. */
    void gathersNoMore() {
      gathers = false;
    }

    /** It knows what that is. */
    void took(Bundle bundle) {
      known = known || bundle.gathered();
    }

    /** What is to be sent now, which thereby is under way and waits no longer. */
    Optional<Bundle> next() {
      if (waiting.isEmpty() || full(waiting.firstEntry().getValue())) {
        return Optional.empty();
      }
      Bundle bundle = first();
      bundle.reports().forEach(each -> waiting.remove(each.number()));
      count(bundle, 1);
      // Nothing overtakes the first of several together: they may have to be sent one by one.
      trying = bundle.gathered() && !known;
      return Optional.of(bundle);
    }

    /** Whether enough is under way for this one to wait. */
    private boolean full(Report next) {
      return trying
          || underWay >= limits.reportsInFlight()
          || (gathers && next.outcome().isPresent() && withOutcomes >= limits.outcomesInFlight());
    }

    /** The first report, and the outcomes right behind it that go with it. */
    private Bundle first() {
      int most = gathers ? Outcomes.MOST : 1;
      List<Report> together = new ArrayList<>();
      List<Sealed> outcomes = new ArrayList<>();
      for (Report report : waiting.values()) {
        if (report.outcome().isEmpty() || outcomes.size() == most) {
          break;
        }
        together.add(report);
        outcomes.add(report.outcome().get());
      }
      return new Bundle(
          together.isEmpty()
              ? List.of(waiting.firstEntry().getValue())
              : together.subList(0, Outcomes.fitting(outcomes)));
    }

    /** It was answered, or will not be. */
    void back(Bundle bundle) {
      count(bundle, -1);
      trying = trying && !bundle.gathered();
    }

    private void count(Bundle bundle, int by) {
      underWay += by;
      withOutcomes += bundle.ofOutcomes() ? by : 0;
    }
  }

  BareJid person() {
    return person;
  }

  void put(Report report) {
    waiting.put(report.number(), report);
  }

  List<Report> waiting() {
    return List.copyOf(waiting.values());
  }

  /** Takes these out. */
  List<Report> take(Predicate<Report> which) {
    List<Report> taken = waiting.values().stream().filter(which).toList();
    taken.forEach(each -> waiting.remove(each.number()));
    return taken;
  }

  /** The session that speaks for the person; what is under way to an earlier one holds up none. */
  Stream to(Session session) {
    if (stream.filter(known -> known.session() == session).isEmpty()) {
      stream = Optional.of(new Stream(session));
    }
    return stream.get();
  }

  /** Whether something may be sent at that time. */
  boolean open(Instant now) {
    return pause.over(now);
  }

  /** Nothing stands in the way any more. */
  void reopen() {
    backoff.reset();
    pause = Pause.NONE;
  }

  /** There was an answer: the next pause begins with the shortest. */
  void answered() {
    backoff.reset();
  }

  /** There was none: pauses, unless it does already. */
  Optional<Pause> pause(Instant now) {
    if (!open(now)) {
      return Optional.empty();
    }
    pause = Pause.of(now, backoff.next());
    return Optional.of(pause);
  }

  /** That pause has taken its time. */
  void end(Pause over) {
    if (pause.equals(over)) {
      pause = Pause.NONE;
    }
  }
}
