// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.alarm.AlarmCourse;
import energy.muster.alarm.AlarmPolicy;
import energy.muster.duty.DutyRoster;
import energy.muster.duty.OnDuty;
import energy.muster.duty.Team;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.service.journal.Charter;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The policy and the roster in force. Only for use at the desk. */
final class Charters {
  private final Map<Charter.Kind, Charter> newest = new EnumMap<>(Charter.Kind.class);
  private Optional<AlarmPolicy> policy = Optional.empty();
  private Optional<DutyRoster> roster = Optional.empty();

  void take(Charter charter, AlarmPolicy document) {
    newest.put(Charter.Kind.POLICY, charter);
    policy = Optional.of(document);
  }

  void take(Charter charter, DutyRoster document) {
    newest.put(Charter.Kind.ROSTER, charter);
    roster = Optional.of(document);
  }

  Optional<Charter> newest(Charter.Kind kind) {
    return Optional.ofNullable(newest.get(kind));
  }

  long revision(Charter.Kind kind) {
    return newest(kind).map(Charter::revision).orElse(0L);
  }

  AlarmCourse courseOf(OpenAlarm alarm, Set<Area> memberships) {
    Set<Area> areas = new HashSet<>(memberships);
    alarm.branch().ifPresent(areas::add);
    return policy
        .flatMap(known -> known.courseOf(alarm.priority(), alarm.rule(), alarm.device(), areas))
        .orElse(AlarmCourse.DEFAULT);
  }

  List<BareJid> group(String name) {
    return policy.map(AlarmPolicy::people).map(groups -> groups.get(name)).orElse(List.of());
  }

  /** Whom the roster has on duty now, for one team or for all. */
  List<BareJid> onDuty(Optional<String> team, Instant now) {
    return teams()
        .filter(known -> team.filter(name -> !name.equals(known.name())).isEmpty())
        .flatMap(known -> known.at(now).stream())
        .map(OnDuty::person)
        .toList();
  }

  /** When somebody else is on duty anywhere. */
  Optional<Instant> nextChange(Instant now) {
    return teams()
        .flatMap(team -> team.next(now).stream())
        .map(change -> change.at())
        .min(Comparator.naturalOrder());
  }

  private Stream<Team> teams() {
    return roster.stream().flatMap(known -> known.teams().stream());
  }
}
