// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.room;

import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.service.room.RoomWord.Stay;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One area's room: who is in it and what was said last. A person is in it once, with however many
 * sessions. Only for use at the desk.
 */
final class Room {
  /** Lines kept, in memory only: what must last of orders is in the journal. */
  static final int KEPT = 20;

  private static final String TOPIC = "%s: its orders and answers, and what you say of them";
  private static final String GREETING =
      "Nothing said here acts: orders are signed at a console. Here now: %s.";

  private final Area area;
  private final Voice voice;
  private final Set<FullJid> occupants = new LinkedHashSet<>();
  private final Deque<Said> past = new ArrayDeque<>();

  private record Said(Instant at, Optional<BareJid> speaker, String text) {}

  Room(Area area, Voice voice) {
    this.area = area;
    this.voice = voice;
  }

  boolean holds(FullJid session) {
    return occupants.contains(session);
  }

  List<FullJid> sessions(BareJid person) {
    return occupants.stream().filter(each -> each.bare().equals(person)).toList();
  }

  /** Lets them in; whoever is in already is told again what they were told when they came. */
  void enter(FullJid newcomer, boolean renamed, History wanted) {
    BareJid who = newcomer.bare();
    if (sessions(who).isEmpty()) {
      occupants.forEach(each -> tell(each, who, Stay.HERE));
    }
    occupants.add(newcomer);
    persons().stream()
        .filter(each -> !each.equals(who))
        .forEach(each -> tell(newcomer, each, Stay.HERE));
    voice.tell(newcomer, new RoomWord.Occupancy(area, who, Stay.HERE, true, renamed));
    recall(newcomer, wanted);
    voice.tell(newcomer, new RoomWord.Topic(area, TOPIC.formatted(area)));
    String here = persons().stream().map(BareJid::local).sorted().collect(Collectors.joining(", "));
    voice.tell(newcomer, line(Optional.empty(), GREETING.formatted(here), Optional.empty()));
  }

  private Set<BareJid> persons() {
    return occupants.stream()
        .map(FullJid::bare)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private void recall(FullJid newcomer, History wanted) {
    Predicate<Said> asked = said -> wanted.since().filter(said.at()::isBefore).isEmpty();
    List<Said> recent = past.stream().filter(asked).toList();
    recent.stream()
        .skip(Math.max(0, recent.size() - wanted.lines()))
        .map(
            said ->
                new RoomWord.Line(
                    area, said.speaker(), said.text(), Optional.empty(), Optional.of(said.at())))
        .forEach(line -> voice.tell(newcomer, line));
  }

  /** They are gone, whether or not they were here. */
  void leave(FullJid leaver, Stay how) {
    if (!occupants.remove(leaver)) {
      return;
    }
    BareJid who = leaver.bare();
    voice.tell(leaver, new RoomWord.Occupancy(area, who, how, true, false));
    if (sessions(who).isEmpty()) {
      occupants.forEach(each -> tell(each, who, how));
    }
  }

  /** An occupant says something; all hear it, the speaker too. */
  void say(FullJid speaker, String text, Optional<String> id, Instant now) {
    post(Optional.of(speaker.bare()), text, id, now);
  }

  /** The room itself says something. */
  void announce(String text, Instant now) {
    post(Optional.empty(), text, Optional.empty(), now);
  }

  private void post(Optional<BareJid> speaker, String text, Optional<String> id, Instant now) {
    past.add(new Said(now, speaker, text));
    if (past.size() > KEPT) {
      past.remove();
    }
    RoomWord.Line line = line(speaker, text, id);
    occupants.forEach(each -> voice.tell(each, line));
  }

  private RoomWord.Line line(Optional<BareJid> speaker, String text, Optional<String> id) {
    return new RoomWord.Line(area, speaker, text, id, Optional.empty());
  }

  private void tell(FullJid reader, BareJid about, Stay stay) {
    voice.tell(reader, new RoomWord.Occupancy(area, about, stay, false, false));
  }
}
