// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.Outbound;
import energy.muster.service.ServiceConfig;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Failures;
import energy.muster.service.desk.Pause;
import energy.muster.service.desk.Timetable;
import energy.muster.service.dispatch.ReportBox.Bundle;
import energy.muster.service.dispatch.ReportBox.Stream;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.Notice;
import energy.muster.service.journal.Recovered.Unreported;
import energy.muster.service.session.Session;
import energy.muster.service.session.Sessions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings outcomes and notices to those they are for: now if they are there, otherwise when they
 * next prove a session, and again until they have answered. Outcomes that have come while others
 * were on their way go together. Only for use at the desk.
 */
public final class Reports {
  private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

  private final Map<BareJid, ReportBox> boxes = new HashMap<>();
  private final ServiceConfig config;
  private final Sessions sessions;
  private final Outbound outbound;
  private final Journal journal;
  private final Timetable timetable;
  private final Desk desk;
  private final Heirs heirs;
  private final InstantSource clock;
  private long number;

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
    unreported.forEach(each -> put(Report.of(number++, each)));
    notices.forEach(each -> put(Report.of(number++, each)));
  }

  void add(Unreported outcome) {
    push(put(Report.of(number++, outcome)));
  }

  void add(Notice notice) {
    push(put(Report.of(number++, notice)));
  }

  /** Waits for whoever is to be told now. */
  private ReportBox put(Report report) {
    ReportBox box = box(heirs.of(report.order(), report.issuer()));
    box.put(report);
    return box;
  }

  private Set<ReportBox> putAll(List<Report> reports) {
    Set<ReportBox> boxes = new LinkedHashSet<>();
    reports.forEach(each -> boxes.add(put(each)));
    return boxes;
  }

  /** What waits for this person: orders, each with the devices that are spoken of. */
  public Map<DocumentId, List<BareJid>> waitingFor(BareJid person) {
    Map<DocumentId, List<BareJid>> orders = new HashMap<>();
    for (Report report : box(person).waiting()) {
      orders
          .computeIfAbsent(report.order(), any -> new ArrayList<>())
          .addAll(report.device().stream().toList());
    }
    return orders;
  }

  /** Others have taken over some of what waits for this person. */
  public void rehome(BareJid person) {
    List<Report> others =
        box(person).take(report -> !heirs.of(report.order(), report.issuer()).equals(person));
    putAll(others).forEach(this::push);
  }

  /** A person proved a session. */
  public void restart(BareJid person) {
    ReportBox box = boxes.get(person);
    if (box != null) {
      box.reopen();
      push(box);
    }
  }

  private ReportBox box(BareJid person) {
    return boxes.computeIfAbsent(
        person, any -> new ReportBox(person, config.limits(), config.timing()));
  }

  private void push(ReportBox box) {
    Optional<Session> session = sessions.proven(box.person());
    if (session.isEmpty() || !box.open(clock.instant())) {
      return;
    }
    Stream stream = box.to(session.get());
    for (Optional<Bundle> next = stream.next(); next.isPresent(); next = stream.next()) {
      send(box, stream, next.get());
    }
  }

  private void send(ReportBox box, Stream stream, Bundle bundle) {
    outbound
        .ask(stream.session().jid(), bundle.payload())
        .whenComplete(
            (answer, failure) ->
                desk.put(
                    () -> {
                      stream.back(bundle);
                      answered(box, stream, bundle, Optional.ofNullable(failure));
                      push(box);
                    }));
  }

  private void answered(ReportBox box, Stream stream, Bundle bundle, Optional<Throwable> failure) {
    Optional<Throwable> cause = failure.map(Failures::cause);
    if (cause.isEmpty()) {
      told(box, stream, bundle);
    } else if (cause.get() instanceof Refused no) {
      refused(box, stream, bundle, no);
    } else {
      putAll(bundle.reports()).forEach(next -> again(next, stream));
    }
  }

  private void told(ReportBox box, Stream stream, Bundle bundle) {
    stream.took(bundle);
    Instant now = clock.instant();
    journal.appendSoon(bundle.reports().stream().map(each -> each.told().apply(now)).toList());
    box.answered();
  }

  private void refused(ReportBox box, Stream stream, Bundle bundle, Refused no) {
    if (bundle.gathered() && no.refusal().reason() == Reason.UNSUPPORTED) {
      LOG.info("{} takes one outcome at a time: {}", stream.session(), no.getMessage());
      stream.gathersNoMore();
      putAll(bundle.reports()).forEach(this::push);
      return;
    }
    if (no.refusal().reason().passes()) {
      LOG.info("{} takes no report now: {}", stream.session(), no.getMessage());
      putAll(bundle.reports()).forEach(next -> again(next, stream));
      return;
    }
    bundle
        .reports()
        .forEach(
            each ->
                LOG.warn(
                    "{} does not take a report of order {}: {}",
                    box.person(),
                    each.order(),
                    no.getMessage()));
    told(box, stream, bundle);
  }

  /**
   * Nobody answered, or could not take it now: later, if whom it is for now still speaks through
   * that session.
   */
  private void again(ReportBox next, Stream silent) {
    if (sessions.proven(next.person()).filter(silent.session()::equals).isPresent()) {
      next.pause(clock.instant()).ifPresent(pause -> await(next, pause));
    } else {
      push(next);
    }
  }

  private void await(ReportBox next, Pause pause) {
    timetable.after(
        pause.length(),
        () -> {
          next.end(pause);
          push(next);
        });
  }
}
