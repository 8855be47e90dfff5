// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.alarm.AlarmEntry.Aside;
import energy.muster.alarm.AlarmState;
import energy.muster.alarm.AlarmTransition.Kind;
import energy.muster.alarm.Priority;
import energy.muster.alarm.RuleName;
import energy.muster.document.DocumentId;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.presence.Contact;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.service.alarm.Upstream.Loss;
import energy.muster.service.alarm.Upstream.Verdict;
import energy.muster.service.desk.Timetable;
import energy.muster.service.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What no device can say of itself: that it is gone, and that a whole branch is. The alarms that a
 * dead branch explains look for nobody. Only for use at the desk.
 */
final class Outages {
  static final RuleName OUTAGE = new RuleName("outage");
  static final RuleName LEASE_MISSED = new RuleName("lease-missed");
  private static final RuleName TRIPPED = new RuleName("breaker-tripped");
  private static final Set<RuleName> LOSSES = Set.of(OUTAGE, LEASE_MISSED);
  private static final Set<RuleName> CAUSES = Set.of(OUTAGE, TRIPPED);

  /** So long it is waited whether a loss is one of many before anybody is asked. */
  static final Duration GATHERING = Duration.ofSeconds(2);

  /** A branch is judged as a whole, so once for all that is lost in so much time. */
  static final Duration JUDGING = Duration.ofMillis(100);

  /** So long devices have to come back after their branch has, before each is an alarm itself. */
  static final Duration SETTLING = Duration.ofSeconds(60);

  private final AlarmBook book;
  private final Pager pager;
  private final AlarmSight sight;
  private final Ledger ledger;
  private final Timetable timetable;
  private final InstantSource clock;
  private final Paced<Area> branches;

  Outages(
      AlarmBook book,
      Pager pager,
      AlarmSight sight,
      Ledger ledger,
      Timetable timetable,
      InstantSource clock) {
    this.book = book;
    this.pager = pager;
    this.sight = sight;
    this.ledger = ledger;
    this.timetable = timetable;
    this.clock = clock;
    this.branches = new Paced<>(1, JUDGING, timetable, this::judge);
  }

  /** After a restart: what was explained by what is over by now. */
  void resume(OpenAlarm alarm) {
    if (alarm.parent().isPresent()) {
      timetable.after(SETTLING, () -> release(alarm));
    }
  }

  /** A device is gone without a reason. */
  void gone(Contact contact) {
    Point point = Point.of(contact.device(), LEASE_MISSED);
    Optional<OpenAlarm> known = book.at(point);
    if (known.filter(alarm -> alarm.life().active()).isPresent()) {
      return;
    }
    String why = contact.absence().map(Contact.Absence::reason).orElse("gone without a reason");
    OpenAlarm alarm =
        known.orElseGet(() -> raise(point, contact.device(), Priority.HIGH, contact.heard(), why));
    if (known.isPresent()) {
      again(alarm, why);
    }
    raised(alarm);
  }

  private OpenAlarm raise(
      Point point, BareJid device, Priority priority, Instant since, String text) {
    Instant now = clock.instant();
    OpenAlarm alarm =
        OpenAlarm.ofService(
            book.nextNumber(),
            point,
            device,
            Statement.ofService(DocumentId.next(now), priority, since, text),
            now);
    book.add(alarm);
    alarm.note(now, Kind.RAISED, Optional.empty(), text);
    book.writeSoon(alarm);
    return alarm;
  }

  private void again(OpenAlarm alarm, String text) {
    Instant now = clock.instant();
    alarm.text(text);
    alarm.folds();
    alarm.become(alarm.life().onset());
    alarm.returnedAt(Optional.empty());
    alarm.note(now, Kind.FOLDED, Optional.empty(), text);
    book.writeSoon(alarm);
  }

  /** It is there again. */
  void back(Contact contact) {
    book.at(Point.of(contact.device(), LEASE_MISSED)).ifPresent(this::over);
  }

  private void over(OpenAlarm alarm) {
    if (alarm.life().active()) {
      Instant now = clock.instant();
      alarm.become(alarm.life().returned(false));
      alarm.returnedAt(Optional.of(now));
      alarm.note(now, Kind.RETURNED, Optional.empty(), "is back");
      close(alarm);
      book.writeSoon(alarm);
      changed(alarm);
    }
  }

  private void close(OpenAlarm alarm) {
    if (alarm.life().over()) {
      alarm.note(clock.instant(), Kind.CLOSED, Optional.empty(), "");
    }
  }

  /** Begins to look for somebody, at once unless it may be one loss of many. */
  void raised(OpenAlarm alarm) {
    changed(alarm);
    boolean gathers =
        LOSSES.contains(alarm.rule())
            && alarm.branch().isEmpty()
            && !cause(alarm)
            && sight.branches(alarm.device()).stream()
                .anyMatch(branch -> Upstream.canDie(sight.size(branch)));
    if (!gathers) {
      pager.begin(alarm);
    } else if (alarm.life().looks()) {
      timetable.after(
          GATHERING,
          () -> {
            if (alarm.life().looks() && alarm.search().isEmpty()) {
              pager.begin(alarm);
            }
          });
    }
  }

  /** An alarm began or ended: is a branch dead, or is it back? */
  void changed(OpenAlarm alarm) {
    if (alarm.branch().isEmpty()
        && (LOSSES.contains(alarm.rule()) || CAUSES.contains(alarm.rule()))) {
      sight.branches(alarm.device()).forEach(branches::touch);
    }
  }

  private void judge(Area branch) {
    List<BareJid> devices = sight.devices(branch);
    List<OpenAlarm> lost =
        devices.stream()
            .flatMap(device -> book.of(device).stream())
            .filter(alarm -> alarm.branch().isEmpty() && alarm.life().active())
            .filter(alarm -> LOSSES.contains(alarm.rule()) || cause(alarm))
            .filter(alarm -> alarm.parent().isPresent() || alarm.life().aside().isEmpty())
            .toList();
    Optional<OpenAlarm> standing = book.at(Point.of(branch, OUTAGE));
    boolean dead = standing.filter(alarm -> alarm.life().active()).isPresent();
    // What a cause that is over explained has its time to come back first.
    List<Loss> losses =
        lost.stream()
            .filter(alarm -> alarm.parent().isEmpty() || explained(alarm))
            .map(this::loss)
            .toList();
    Verdict verdict = Upstream.judge(devices.size(), losses, dead);
    if (verdict.cause().isPresent()) {
      standing.ifPresent(this::over);
      suppress(lost, verdict.cause());
    } else if (verdict.dead()) {
      OpenAlarm alarm = dead(branch, standing, losses, devices.size());
      suppress(lost, OptionalLong.of(alarm.number()));
    } else {
      standing.ifPresent(this::over);
      settle(lost);
    }
  }

  private Loss loss(OpenAlarm alarm) {
    return new Loss(alarm.number(), alarm.device(), alarm.since(), cause(alarm));
  }

  /** Whether other devices of its branch hang on the one whose alarm this is. */
  private boolean cause(OpenAlarm alarm) {
    return CAUSES.contains(alarm.rule())
        && (alarm.rule().equals(TRIPPED)
            || ledger
                .certificate(alarm.device())
                .filter(Outages::leadsBranch)
                .or(() -> breaker(alarm.device()))
                .isPresent());
  }

  private static boolean leadsBranch(Certified device) {
    return device.holds(Role.BRANCH_CONTROLLER);
  }

  private Optional<Certified> breaker(BareJid device) {
    return ledger
        .contact(device)
        .flatMap(Contact::presence)
        .map(DevicePresence::kind)
        .filter(kind -> kind == DeviceKind.BREAKER)
        .flatMap(kind -> ledger.certificate(device));
  }

  private OpenAlarm dead(
      Area branch, Optional<OpenAlarm> standing, List<Loss> losses, int devices) {
    long gone = losses.stream().map(Loss::device).distinct().count();
    String text = "%s is without supply: %d of %d devices".formatted(branch, gone, devices);
    if (standing.isEmpty()) {
      Instant since = losses.stream().map(Loss::since).min(Comparator.naturalOrder()).orElseThrow();
      OpenAlarm alarm =
          raise(Point.of(branch, OUTAGE), Upstream.first(losses), Priority.CRITICAL, since, text);
      pager.begin(alarm);
      return alarm;
    }
    OpenAlarm alarm = standing.get();
    if (!alarm.life().active()) {
      again(alarm, text);
      pager.begin(alarm);
    } else {
      alarm.text(text);
    }
    return alarm;
  }

  private void suppress(List<OpenAlarm> lost, OptionalLong parent) {
    OpenAlarm explains = book.alarm(parent.getAsLong()).orElseThrow();
    for (OpenAlarm alarm : lost) {
      if (alarm != explains && !alarm.parent().equals(parent)) {
        String why = "upstream is out: alarm " + explains.number();
        alarm.disown();
        alarm.become(alarm.life().put(AlarmState.SUPPRESSED_BY_DESIGN));
        alarm.parent(explains.number());
        alarm.aside(new Aside(Optional.empty(), why, Optional.empty(), false));
        alarm.note(clock.instant(), Kind.SUPPRESSED, Optional.empty(), why);
        book.writeSoon(alarm);
      }
    }
    long children = lost.stream().filter(alarm -> alarm.parent().equals(parent)).count();
    if (explains.children() != children) {
      explains.children(children);
      book.writeSoon(explains);
    }
  }

  /** The branch is back: what does not come back with it soon is an alarm of its own. */
  private void settle(List<OpenAlarm> lost) {
    List<OpenAlarm> children =
        new ArrayList<>(lost.stream().filter(alarm -> alarm.parent().isPresent()).toList());
    if (!children.isEmpty()) {
      timetable.after(SETTLING, () -> children.forEach(this::release));
    }
  }

  private void release(OpenAlarm alarm) {
    if (alarm.life().over() || alarm.parent().isEmpty() || explained(alarm)) {
      return;
    }
    alarm.become(alarm.life().back());
    alarm.note(clock.instant(), Kind.UNSUPPRESSED, Optional.empty(), "its branch is back");
    book.writeSoon(alarm);
    raised(alarm);
  }

  /** Whether what explains it is still so. */
  private boolean explained(OpenAlarm alarm) {
    return alarm.parent().stream()
        .mapToObj(book::alarm)
        .flatMap(Optional::stream)
        .anyMatch(parent -> parent.life().active());
  }
}
