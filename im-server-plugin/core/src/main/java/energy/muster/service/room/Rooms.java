// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.room;

import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.identity.FullJid;
import energy.muster.identity.Grant;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.desk.Desk;
import energy.muster.service.desk.Timetable;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.Order;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.room.RoomWord.Stay;
import energy.muster.service.session.Session;
import energy.muster.service.session.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The rooms of all areas. A person's proven session enters those of its areas; any other client of
 * theirs follows it into a room and leaves with it. Whoever may not enter is answered as for a name
 * that is no area's. Questions may come on any thread; the rest is only for use at the desk.
 */
public final class Rooms implements Entrance {
  private static final int LONGEST = 1_000;
  private static final int MOST_LINES = 10;
  private static final Duration WITHIN = Duration.ofSeconds(10);

  private final Map<Area, Room> rooms = new HashMap<>();
  private final Map<BareJid, Deque<Instant>> spoken = new HashMap<>();
  private final Ledger ledger;
  private final Sessions sessions;
  private final Supplier<Collection<Certified>> people;
  private final Chronicle chronicle;
  private final Desk desk;
  private final InstantSource clock;
  private Voice voice = (to, word) -> {};

  /**
   * @param people the newest certificate of each person who ever proved one
   */
  public Rooms(
      Ledger ledger,
      Sessions sessions,
      Supplier<Collection<Certified>> people,
      Timetable timetable,
      Desk desk,
      InstantSource clock) {
    this.ledger = ledger;
    this.sessions = sessions;
    this.people = people;
    this.chronicle = new Chronicle(this::areas, this::room, timetable, clock);
    this.desk = desk;
    this.clock = clock;
  }

  /** Whom the rooms speak through; set before the service starts. */
  public void voice(Voice through) {
    voice = Objects.requireNonNull(through);
  }

  /** The journal, whose news of orders the rooms show from now on. */
  public Journal overhearing(Journal journal) {
    return new OverheardJournal(journal, desk, chronicle);
  }

  /** Orders that were taken before a restart, and whose answers may still come. */
  public void recover(List<Order> known) {
    known.forEach(chronicle::recover);
  }

  @Override
  public CompletionStage<Set<Area>> open(FullJid asker) {
    return ask(
        () ->
            person(asker.bare()).map(this::areasOf).orElse(Set.of()).stream()
                .filter(area -> follows(asker, area))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Override
  public CompletionStage<Boolean> holds(FullJid asker, String name) {
    return ask(() -> permitted(asker, name).holds(asker));
  }

  @Override
  public CompletionStage<Void> enter(FullJid asker, String name, String nick, History history) {
    return ask(
        () -> {
          Room room = permitted(asker, name);
          boolean stranger = !room.holds(asker);
          room.enter(asker, !nick.equals(asker.bare().local()), history);
          if (stranger && !proves(asker)) {
            room.announce(
                asker.bare().local() + " is here with a chat client as well", clock.instant());
          }
          return null;
        });
  }

  @Override
  public CompletionStage<Void> leave(FullJid session, String name) {
    return ask(
        () -> {
          area(name).map(rooms::get).ifPresent(room -> room.leave(session, Stay.LEFT));
          review(session.bare());
          return null;
        });
  }

  @Override
  public CompletionStage<Void> say(FullJid speaker, String name, String text, Optional<String> id) {
    return ask(
        () -> {
          Room room = permitted(speaker, name);
          if (!room.holds(speaker)) {
            throw new Refused(Reason.PRECONDITION, "enter the room before you speak in it");
          }
          if (text.isBlank()) {
            throw new Refused(Reason.INVALID_ARGUMENT, "a line says something");
          }
          if (text.length() > LONGEST) {
            throw new Refused(Reason.TOO_LARGE, "a line has at most " + LONGEST + " characters");
          }
          limit(speaker.bare());
          room.say(speaker, text, id, clock.instant());
          return null;
        });
  }

  private void limit(BareJid speaker) {
    Deque<Instant> recent = spoken.computeIfAbsent(speaker, any -> new ArrayDeque<>());
    Instant now = clock.instant();
    while (!recent.isEmpty() && !recent.peek().isAfter(now.minus(WITHIN))) {
      recent.remove();
    }
    if (recent.size() >= MOST_LINES) {
      throw new Refused(
          Reason.RATE_LIMITED,
          MOST_LINES + " lines in " + WITHIN.toSeconds() + " s are the most; slow down");
    }
    recent.add(now);
  }

  /** A session of the account came, went, or has proven a key or lost what it had proven. */
  public void review(BareJid account) {
    if (!sessions.anotherStream(account, Optional.empty())) {
      spoken.remove(account);
    }
    rooms.forEach(
        (area, room) -> {
          // The one that proves a key first: the others are here because it is.
          room.sessions(account).stream()
              .filter(this::proves)
              .filter(each -> !mayEnter(each, area))
              .forEach(each -> room.leave(each, Stay.EXPELLED));
          room.sessions(account).stream()
              .filter(each -> !mayEnter(each, area))
              .forEach(each -> room.leave(each, Stay.EXPELLED));
        });
  }

  private <T> CompletionStage<T> ask(Supplier<T> question) {
    return desk.ask(() -> CompletableFuture.completedFuture(question.get()));
  }

  private Room room(Area area) {
    return rooms.computeIfAbsent(
        area, fresh -> new Room(fresh, (to, word) -> voice.tell(to, word)));
  }

  private Room permitted(FullJid asker, String name) {
    return area(name)
        .filter(area -> mayEnter(asker, area))
        .map(this::room)
        .orElseThrow(() -> new Refused(Reason.UNKNOWN, "there is no such room"));
  }

  private boolean mayEnter(FullJid asker, Area area) {
    return sessions.session(asker).isPresent()
        && person(asker.bare()).filter(who -> areasOf(who).contains(area)).isPresent()
        && follows(asker, area);
  }

  /** Whether it has proven the key itself, or the session that has is in the room. */
  private boolean follows(FullJid asker, Area area) {
    return proves(asker)
        || sessions
            .proven(asker.bare())
            .filter(session -> rooms.containsKey(area) && rooms.get(area).holds(session.jid()))
            .isPresent();
  }

  private boolean proves(FullJid session) {
    return sessions.proven(session.bare()).map(Session::jid).filter(session::equals).isPresent();
  }

  /** Whose key the account's sessions speak with now, unless that is a device's. */
  private Optional<Certified> person(BareJid account) {
    return sessions
        .proven(account)
        .filter(session -> !session.isDevice())
        .flatMap(Session::certified)
        .filter(who -> who.validAt(clock.instant()));
  }

  private Set<Area> areasOf(Certified who) {
    Set<Area> areas = new TreeSet<>();
    for (Grant grant : who.grants()) {
      if (grant.role().ofStaff()) {
        areas.addAll(grant.area().equals(Area.ALL) ? used() : Set.of(grant.area()));
      }
    }
    areas.removeIf(area -> !hasRoom(area));
    return areas;
  }

  /**
   * A place has one, and what somebody answers for by name; a group that only sorts devices, such
   * as a tier, would repeat what its places tell.
   */
  private boolean hasRoom(Area area) {
    return area.isNamed()
        && (area.isPlace()
            || people.get().stream()
                .flatMap(person -> person.grants().stream())
                .anyMatch(grant -> grant.role().ofStaff() && grant.area().equals(area)));
  }

  /** The areas that devices belong to. */
  private Set<Area> used() {
    Set<Area> areas = new TreeSet<>();
    ledger.contacts().forEach(contact -> areas.addAll(contact.areas()));
    return areas;
  }

  /** The rooms in which a device's orders and answers are told. */
  private List<Area> areas(BareJid device) {
    return ledger.certificate(device).map(Certified::memberships).orElse(Set.of()).stream()
        .filter(this::hasRoom)
        .toList();
  }

  private static Optional<Area> area(String name) {
    try {
      return Optional.of(new Area(name)).filter(Area::isNamed);
    } catch (Refused noArea) {
      return Optional.empty();
    }
  }
}
