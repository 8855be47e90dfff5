// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.alarm.AlarmAct;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.Role;
import energy.muster.service.ledger.Ledger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Who may know of an alarm, and who may do what about it: certificates decide. Any thread. */
final class AlarmSight {
  private final Ledger ledger;
  private final Members members;

  AlarmSight(Ledger ledger) {
    this.ledger = ledger;
    this.members = new Members(Members.Roll.of(ledger));
  }

  /** Whether this person may know of it. */
  boolean sees(Certified person, BareJid device, Optional<Area> branch) {
    return has(person, Role::ofStaff, device, branch);
  }

  boolean sees(Certified person, OpenAlarm alarm) {
    return sees(person, alarm.device(), alarm.branch());
  }

  /** Whether the person has one of these roles for it. */
  boolean may(Certified person, Set<Role> roles, OpenAlarm alarm) {
    return has(person, roles::contains, alarm.device(), alarm.branch());
  }

  /** Whether the person may take it on. */
  boolean mayOwn(Certified person, OpenAlarm alarm) {
    return may(person, AlarmAct.Kind.ACKNOWLEDGE.roles(), alarm);
  }

  private boolean has(
      Certified person, Predicate<Role> roles, BareJid device, Optional<Area> branch) {
    return branch
        .map(area -> ofBranch(person, roles, area))
        .orElseGet(
            () ->
                ledger
                    .certificate(device)
                    .filter(known -> person.covers(roles, known))
                    .isPresent());
  }

  /** A branch's alarm tells of all its devices, so it is for whoever covers all of them. */
  private boolean ofBranch(Certified person, Predicate<Role> roles, Area branch) {
    return person.grants().stream()
            .filter(grant -> roles.test(grant.role()))
            .anyMatch(grant -> grant.area().equals(branch) || grant.area().equals(Area.ALL))
        || members.of(branch).stream().allMatch(device -> person.covers(roles, device));
  }

  /** The devices of a branch that were ever met. */
  List<BareJid> devices(Area branch) {
    return members.of(branch).stream().map(Certified::jid).toList();
  }

  /** How many they are. */
  int size(Area branch) {
    return members.of(branch).size();
  }

  Set<Area> memberships(BareJid device) {
    return ledger.certificate(device).map(Certified::memberships).orElse(Set.of());
  }

  /** The branches a device belongs to. */
  Set<Area> branches(BareJid device) {
    return memberships(device).stream().filter(Area::isBranch).collect(Collectors.toSet());
  }
}
