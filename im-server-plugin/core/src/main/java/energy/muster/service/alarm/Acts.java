// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.alarm.AlarmAct;
import energy.muster.alarm.AlarmEntry.Aside;
import energy.muster.alarm.AlarmState;
import energy.muster.alarm.AlarmTransition;
import energy.muster.identity.BareJid;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.service.desk.Timetable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What each act of a person does to one alarm. The caller writes down what became of it. Only for
 * use at the desk.
 */
final class Acts {
  private final AlarmBook book;
  private final Pager pager;
  private final Owners owners;
  private final Outages outages;
  private final Timetable timetable;
  private final InstantSource clock;

  Acts(AlarmBook book, Pager pager, Outages outages, Timetable timetable, InstantSource clock) {
    this.book = book;
    this.pager = pager;
    this.owners = pager.owners();
    this.outages = outages;
    this.timetable = timetable;
    this.clock = clock;
  }

  /** Takes up what was put aside before a restart. */
  void resume(OpenAlarm alarm) {
    if (alarm.life().aside().isPresent()) {
      alarm.aside().flatMap(Aside::until).ifPresent(until -> wake(alarm, until));
    }
  }

  /** Refused where it means nothing in the alarm's state. */
  void apply(BareJid person, AlarmAct act, OpenAlarm alarm) {
    switch (act.kind()) {
      case ACKNOWLEDGE -> acknowledge(person, act, alarm);
      case COMMENT -> {
        alarm.commented();
        note(alarm, AlarmTransition.Kind.COMMENTED, person, act.reason());
        owners.renew(alarm, person);
      }
      case ESCALATE -> escalate(person, act, alarm);
      case SHELVE -> put(person, act, alarm, AlarmState.SHELVED, AlarmTransition.Kind.SHELVED);
      case UNSHELVE -> back(person, act, alarm, AlarmState.SHELVED, AlarmTransition.Kind.UNSHELVED);
      case OUT_OF_SERVICE ->
          put(person, act, alarm, AlarmState.OUT_OF_SERVICE, AlarmTransition.Kind.OUT_OF_SERVICE);
      case IN_SERVICE ->
          back(person, act, alarm, AlarmState.OUT_OF_SERVICE, AlarmTransition.Kind.IN_SERVICE);
      case SUPPRESS ->
          put(person, act, alarm, AlarmState.SUPPRESSED_BY_DESIGN, AlarmTransition.Kind.SUPPRESSED);
      case UNSUPPRESS ->
          back(
              person,
              act,
              alarm,
              AlarmState.SUPPRESSED_BY_DESIGN,
              AlarmTransition.Kind.UNSUPPRESSED);
      case RESET -> reset(person, act, alarm);
    }
  }

  private void note(OpenAlarm alarm, AlarmTransition.Kind kind, BareJid by, String text) {
    alarm.note(clock.instant(), kind, Optional.of(by), text);
  }

  private static Refused not(Reason reason, OpenAlarm alarm, String why) {
    return new Refused(Refusal.of(reason, "alarm %d %s", alarm.number(), why));
  }

  private static void requireNotAside(OpenAlarm alarm) {
    alarm
        .life()
        .aside()
        .ifPresent(
            where -> {
              throw not(Reason.PRECONDITION, alarm, "is " + where.wire());
            });
  }

  private void acknowledge(BareJid person, AlarmAct act, OpenAlarm alarm) {
    requireNotAside(alarm);
    if (owners.isOff(person)) {
      throw not(Reason.PRECONDITION, alarm, "is for those on duty: say on duty first");
    }
    if (alarm.care().ownedBy(person)) {
      owners.renew(alarm, person);
    } else if (alarm.owner().isEmpty() || owners.mayTakeOver(person, alarm.owner().get())) {
      owners.own(alarm, person);
    } else {
      throw not(Reason.ALREADY_THERE, alarm, "is taken on by " + alarm.owner().get().person());
    }
    note(alarm, AlarmTransition.Kind.ACKNOWLEDGED, person, act.reason());
    closeIfOver(alarm);
  }

  private void closeIfOver(OpenAlarm alarm) {
    if (alarm.life().over()) {
      alarm.note(clock.instant(), AlarmTransition.Kind.CLOSED, Optional.empty(), "");
    }
  }

  private void escalate(BareJid person, AlarmAct act, OpenAlarm alarm) {
    requireNotAside(alarm);
    if (pager.maintenance(alarm).isPresent()) {
      throw not(Reason.PRECONDITION, alarm, "asks nobody while its device is in maintenance");
    }
    note(alarm, AlarmTransition.Kind.ESCALATED, person, act.reason());
    alarm.disown();
    pager.onward(alarm);
  }

  private void put(
      BareJid person, AlarmAct act, OpenAlarm alarm, AlarmState where, AlarmTransition.Kind kind) {
    alarm
        .life()
        .aside()
        .filter(standing -> standing != where && standing != AlarmState.SUPPRESSED_BY_DESIGN)
        .ifPresent(
            standing -> {
              throw not(Reason.PRECONDITION, alarm, "is " + standing.wire());
            });
    alarm.disown();
    alarm.orphan();
    alarm.become(alarm.life().put(where));
    alarm.aside(new Aside(Optional.of(person), act.reason(), act.until(), act.oneShot()));
    note(alarm, kind, person, act.reason());
    act.until().ifPresent(until -> wake(alarm, until));
    outages.changed(alarm);
  }

  private void back(
      BareJid person, AlarmAct act, OpenAlarm alarm, AlarmState from, AlarmTransition.Kind kind) {
    if (alarm.life().state() != from) {
      throw not(Reason.PRECONDITION, alarm, "is not " + from.wire());
    }
    alarm.become(alarm.life().back());
    note(alarm, kind, person, act.reason());
    closeIfOver(alarm);
    pager.begin(alarm);
  }

  private void wake(OpenAlarm alarm, Instant until) {
    timetable.at(
        until,
        () -> {
          if (alarm.aside().flatMap(Aside::until).filter(until::equals).isPresent()
              && alarm.life().aside().isPresent()) {
            alarm.become(alarm.life().back());
            alarm.note(
                clock.instant(),
                AlarmTransition.Kind.UNSHELVED,
                Optional.empty(),
                "its time is over");
            closeIfOver(alarm);
            book.writeSoon(alarm);
            pager.begin(alarm);
          }
        });
  }

  private void reset(BareJid person, AlarmAct act, OpenAlarm alarm) {
    if (alarm.life().active()) {
      throw not(Reason.PRECONDITION, alarm, "is still so");
    }
    if (alarm.life().state() != AlarmState.LATCHED) {
      throw not(Reason.PRECONDITION, alarm, "is not latched");
    }
    alarm.become(alarm.life().reset());
    note(alarm, AlarmTransition.Kind.RESET, person, act.reason());
    closeIfOver(alarm);
  }
}
