// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.alarm.AlarmAct;
import energy.muster.alarm.AlarmCourse;
import energy.muster.alarm.Target;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.service.people.Staff;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whom a step means, of those who are there and may take the alarm on: a policy that names somebody
 * gives them no right. Only for use at the desk.
 */
final class Candidates {
  private final Charters charters;
  private final Staff staff;
  private final WhoIsThere whoIsThere;
  private final AlarmSight sight;
  private final InstantSource clock;

  Candidates(
      Charters charters,
      Staff staff,
      WhoIsThere whoIsThere,
      AlarmSight sight,
      InstantSource clock) {
    this.charters = charters;
    this.staff = staff;
    this.whoIsThere = whoIsThere;
    this.sight = sight;
    this.clock = clock;
  }

  AlarmCourse courseOf(OpenAlarm alarm) {
    return charters.courseOf(alarm, sight.memberships(alarm.device()));
  }

  Escalation.Steps steps(AlarmCourse course, OpenAlarm alarm) {
    return new Escalation.Steps() {
      @Override
      public int count() {
        return course.steps().size();
      }

      @Override
      public Duration hold(int step) {
        return course.steps().get(step).hold();
      }

      @Override
      public Set<BareJid> there(int step) {
        Set<BareJid> all = new HashSet<>();
        for (Target target : course.steps().get(step).to()) {
          add(target, alarm, all);
        }
        return all;
      }
    };
  }

  private void add(Target target, OpenAlarm alarm, Set<BareJid> all) {
    Set<Role> roles = AlarmAct.Kind.ACKNOWLEDGE.roles();
    if (target instanceof Target.One one) {
      add(List.of(one.person()), roles, alarm, all);
    } else if (target instanceof Target.Group group) {
      add(charters.group(group.name()), roles, alarm, all);
    } else if (target instanceof Target.Team team) {
      add(charters.onDuty(team.name(), clock.instant()), roles, alarm, all);
    } else if (target instanceof Target.Holders holders) {
      Set<Role> role = Set.of(holders.role());
      staff.certificates().stream()
          .filter(person -> whoIsThere.there(person.jid()) && sight.may(person, role, alarm))
          .map(Certified::jid)
          .forEach(all::add);
    }
  }

  private void add(Collection<BareJid> people, Set<Role> roles, OpenAlarm alarm, Set<BareJid> all) {
    for (BareJid person : people) {
      if (whoIsThere.there(person)
          && staff
              .certificate(person)
              .filter(known -> sight.may(known, roles, alarm))
              .isPresent()) {
        all.add(person);
      }
    }
  }
}
