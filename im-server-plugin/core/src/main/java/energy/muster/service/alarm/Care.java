// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.alarm;

import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.AlarmEntry.Heir;
import energy.muster.alarm.AlarmEntry.Owner;
import energy.muster.identity.BareJid;
import energy.muster.service.alarm.Escalation.Search;
import energy.muster.service.journal.AlarmRecord;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Who has taken an alarm on, or else how it looks for somebody. Only for use at the desk. */
final class Care {
  private static final String NO_COURSE = "default";

  private Optional<Owner> owner = Optional.empty();
  private Optional<BareJid> leftBy = Optional.empty();
  private Optional<Search> search = Optional.empty();
  private String course = NO_COURSE;
  private final Set<String> gone = new LinkedHashSet<>();
  private boolean held;

  Care() {}

  /** As it was written down. */
  Care(AlarmRecord record) {
    AlarmEntry entry = record.entry();
    owner = entry.owner();
    leftBy = record.leftBy();
    gone.addAll(record.gone());
    entry.search().ifPresent(this::resume);
  }

  private void resume(AlarmEntry.Search known) {
    course = known.course();
    search =
        Optional.of(
            new Search(known.step() - 1, known.round(), Set.copyOf(known.to()), known.next()));
  }

  Optional<Owner> owner() {
    return owner;
  }

  boolean ownedBy(BareJid person) {
    return owner.filter(known -> known.person().equals(person)).isPresent();
  }

  /** Whether its owner has offered it to this person. */
  boolean isLeftTo(BareJid person) {
    return owner.flatMap(Owner::heir).filter(heir -> heir.person().equals(person)).isPresent();
  }

  void own(Owner who) {
    owner = Optional.of(who);
    leftBy = Optional.empty();
  }

  /** Nobody has it any more; who had it is remembered. */
  void disown() {
    owner.ifPresent(known -> leftBy = Optional.of(known.person()));
    owner = Optional.empty();
  }

  /** Whoever had it when it ended, if anybody did. */
  void end(Optional<BareJid> last) {
    owner = Optional.empty();
    leftBy = last;
  }

  /** Its owner offers it to somebody, or does not any more. */
  void offerTo(Optional<Heir> heir) {
    owner = owner.map(known -> new Owner(known.person(), known.since(), known.until(), heir));
  }

  /** Who had it last; empty as long as somebody has it. */
  Optional<BareJid> leftBy() {
    return leftBy;
  }

  Optional<Search> search() {
    return search;
  }

  boolean isOfferedTo(BareJid person) {
    return search.filter(known -> known.to().contains(person)).isPresent();
  }

  void search(Search next, String courseName) {
    search = Optional.of(next);
    course = courseName;
  }

  void stopSearch() {
    search = Optional.empty();
  }

  /** As people are told of it. */
  Optional<AlarmEntry.Search> told() {
    return search.map(
        known ->
            new AlarmEntry.Search(
                course,
                known.step() + 1,
                known.round(),
                List.copyOf(new TreeSet<>(known.to())),
                known.next()));
  }

  /** The addresses outside the network that it was sent to since somebody last had it. */
  Set<String> gone() {
    return Set.copyOf(gone);
  }

  void goes(String address) {
    gone.add(address);
  }

  /** It was not sent there after all. */
  void stays(String address) {
    gone.remove(address);
  }

  /** Somebody has it: where it was sent before counts no more. */
  void staysHome() {
    gone.clear();
  }

  /** Whether nobody is looked for because of maintenance. */
  boolean held() {
    return held;
  }

  void held(boolean maintenance) {
    held = maintenance;
  }
}
