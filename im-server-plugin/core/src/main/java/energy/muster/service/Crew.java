// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import energy.muster.service.alarm.AlarmDesk;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Reception;
import energy.muster.service.desk.Timetable;
import energy.muster.service.dispatch.Dispatcher;
import energy.muster.service.dispatch.Heirs;
import energy.muster.service.dispatch.Reports;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.Recovered;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.notice.Notices;
import energy.muster.service.people.Staff;
import energy.muster.service.session.CurrentTrust;
import energy.muster.service.session.Sessions;
import java.time.InstantSource;
import java.util.Objects;

/** The people of a site, and the alarms that look for one of them. */
record Crew(Staff staff, AlarmDesk alarms) {
  Crew {
    Objects.requireNonNull(staff);
    Objects.requireNonNull(alarms);
  }

  static Crew of(
      ServiceConfig config,
      CurrentTrust trust,
      Ledger ledger,
      Sessions sessions,
      Dispatcher dispatcher,
      Reports reports,
      Heirs heirs,
      Notices notices,
      Outbound outbound,
      Journal journal,
      Timetable timetable,
      Reception reception,
      Desk desk,
      InstantSource clock) {
    Staff staff =
        new Staff(
            ledger,
            sessions,
            dispatcher,
            reports,
            heirs,
            notices,
            outbound,
            journal,
            timetable,
            config.timing(),
            desk,
            clock);
    AlarmDesk alarms =
        new AlarmDesk(
            config, trust, ledger, sessions, staff, outbound, journal, timetable, reception, desk,
            clock);
    staff.listener(alarms);
    return new Crew(staff, alarms);
  }

  /** After devices and orders were recovered, before reports are. */
  void recover(Recovered known) {
    staff.recover(known.staff());
    alarms.recover(known.alarms());
  }
}
