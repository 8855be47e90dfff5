// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.command.Command;
import energy.muster.identity.BareJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.Unanswered;
import energy.muster.service.Undeliverable;
import energy.muster.service.desk.Failures;
import energy.muster.service.desk.Pause;
import energy.muster.service.journal.Delivery;
import energy.muster.service.session.Session;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The deliveries to one device that are not over. They go one at a time, because the server does
 * not keep the order of questions; an emergency goes before the rest, and what must wait lets
 * others pass. Only for use at the desk.
 */
final class Lane {
  /** A device's unsigned no to one delivery that another moment may change. */
  private static final Set<Reason> PASSING = EnumSet.of(Reason.BUSY, Reason.NO_SPACE);

  private final List<Parcel> open = new ArrayList<>();
  private final Map<Parcel, Parcel.Need> answered = new HashMap<>();
  private final Map<Parcel, Rest> rests = new HashMap<>();
  private final BareJid device;
  private final Lanes lanes;
  private final Backoff backoff;
  private Parcel underway;
  private Pause pause = Pause.NONE;
  private long turn;

  /** Of one delivery, while others may go. */
  private final class Rest {
    private final Backoff retries = new Backoff(lanes.timing());
    private Pause pause = Pause.NONE;
  }

  Lane(BareJid device, Lanes lanes) {
    this.device = device;
    this.lanes = lanes;
    this.backoff = new Backoff(lanes.timing());
  }

  /** How many deliveries wait to be carried. */
  int waiting() {
    return (int) open.stream().filter(Parcel::waits).count();
  }

  /** How many of them, and of those the device may be asked about, could go now. */
  int ready() {
    Instant now = lanes.now();
    return (int) open.stream().filter(parcel -> parcel == underway || goes(parcel, now)).count();
  }

  List<Command> inDoubt() {
    return open.stream()
        .filter(parcel -> !parcel.over() && parcel.state() != DeliveryState.HELD)
        .map(parcel -> parcel.order().command())
        .filter(command -> !command.verb().onlyLooks())
        .toList();
  }

  void add(Parcel parcel) {
    int at = open.size();
    if (parcel.order().urgent()) {
      while (at > 0 && !open.get(at - 1).order().urgent() && open.get(at - 1) != underway) {
        at--;
      }
    }
    open.add(at, parcel);
    pump();
  }

  /** A new session: whatever was under way on the old one is in doubt. */
  void restart() {
    if (underway != null) {
      if (underway.sentOnDisk()) {
        underway.mayBeThere();
      }
      underway = null;
    }
    turn++;
    answered.clear();
    rests.clear();
    backoff.reset();
    pause = Pause.NONE;
    pump();
  }

  /** Sends the next that may go, if the device is there and none is under way. */
  void pump() {
    Instant now = lanes.now();
    open.removeIf(parcel -> parcel != underway && settled(parcel, now));
    answered.keySet().retainAll(open);
    rests.keySet().retainAll(open);
    if (underway != null || !pause.over(now)) {
      return;
    }
    Optional<Session> session = lanes.reachable(device);
    Optional<Parcel> next = open.stream().filter(parcel -> goes(parcel, now)).findFirst();
    if (session.isPresent() && next.isPresent()) {
      underway = next.get();
      go(underway, session.get(), now);
    }
  }

  private boolean goes(Parcel parcel, Instant now) {
    Parcel.Need need = parcel.need(now);
    if (need == answered.get(parcel) || resting(parcel, now)) {
      return false;
    }
    return switch (need) {
      case CARRY -> lanes.heldFor(parcel).isEmpty() && !overtakes(parcel, now);
      case ASK -> true;
      case NOTHING, EXPIRE -> false;
    };
  }

  private boolean resting(Parcel parcel, Instant now) {
    Rest rest = rests.get(parcel);
    return rest != null && !rest.pause.over(now);
  }

  /** What only looks may pass an order that the device puts off; what acts would change places. */
  private boolean overtakes(Parcel parcel, Instant now) {
    return !parcel.order().command().verb().onlyLooks()
        && open.stream()
            .takeWhile(earlier -> earlier != parcel)
            .anyMatch(
                earlier ->
                    !earlier.order().command().verb().onlyLooks()
                        && (earlier.mayGoAfterAll()
                            || (earlier.need(now) == Parcel.Need.CARRY && resting(earlier, now))));
  }

  /** Whether there is nothing more to do; what never went out by its time is void. */
  private boolean settled(Parcel parcel, Instant now) {
    if (parcel.need(now) == Parcel.Need.EXPIRE) {
      lanes.expire(parcel);
    }
    return parcel.settled();
  }

  private void go(Parcel parcel, Session session, Instant now) {
    long sending = ++turn;
    if (parcel.sentOnDisk() || !parcel.waits()) {
      send(parcel, session, sending);
      return;
    }
    // On disk first: once it may have gone out, only the device's word ends it.
    Delivery before = parcel.delivery();
    lanes
        .journal(parcel.move(DeliveryState.SENT, now, parcel.occasion()))
        .whenComplete(
            (done, failure) ->
                lanes
                    .desk()
                    .put(
                        () -> {
                          if (failure == null) {
                            parcel.sentIsOnDisk();
                          }
                          journaled(parcel, session, sending, before);
                        }));
  }

  private void journaled(Parcel parcel, Session session, long sending, Delivery before) {
    if (turn != sending) {
      return;
    }
    if (parcel.sentOnDisk() && parcel.need(lanes.now()) == Parcel.Need.CARRY) {
      send(parcel, session, sending);
      return;
    }
    if (!parcel.sentOnDisk() && parcel.state() == DeliveryState.SENT) {
      parcel.restore(before);
    }
    underway = null;
    retryLater();
  }

  private void send(Parcel parcel, Session session, long sending) {
    Parcel.Need asked = parcel.need(lanes.now());
    lanes
        .ask(session, asked == Parcel.Need.CARRY ? parcel::deliver : parcel::inquire)
        .whenComplete(
            (answer, failure) -> {
              boolean ended = failure == null && answer.wire() == Wire.OUTCOME;
              if (ended) {
                conclude(parcel, answer);
              }
              lanes
                  .desk()
                  .put(
                      () -> {
                        answered(parcel, asked, sending, Optional.ofNullable(failure), ended);
                        if (failure == null) {
                          lanes.receipt(session, answer);
                        }
                      });
            });
  }

  /** The device was quick: its outcome is the receipt. */
  private void conclude(Parcel parcel, Payload outcome) {
    lanes
        .conclude(device, outcome)
        .whenComplete(
            (kept, failure) -> {
              if (failure != null) {
                lanes.desk().put(() -> outcomeNotTaken(parcel, Failures.cause(failure)));
              }
            });
  }

  private void outcomeNotTaken(Parcel parcel, Throwable why) {
    received(parcel);
    note(parcel, "its outcome came and is not taken: " + why.getMessage());
  }

  private void answered(
      Parcel parcel, Parcel.Need asked, long sending, Optional<Throwable> failure, boolean ended) {
    Optional<Throwable> cause = failure.map(Failures::cause);
    if (ended) {
      parcel.mayBeThere();
    } else if (cause.isEmpty() && asked == Parcel.Need.CARRY) {
      received(parcel);
    }
    if (turn != sending) {
      return;
    }
    underway = null;
    if (cause.isEmpty()) {
      answered.put(parcel, asked);
      backoff.reset();
    } else {
      notTaken(parcel, asked, cause.get());
    }
    pump();
  }

  private void received(Parcel parcel) {
    parcel.mayBeThere();
    if (parcel.state() == DeliveryState.SENT) {
      lanes.note(parcel.move(DeliveryState.RECEIVED, lanes.now(), "the device has it"));
    }
  }

  private void notTaken(Parcel parcel, Parcel.Need asked, Throwable why) {
    boolean carried = asked == Parcel.Need.CARRY;
    if (why instanceof Undeliverable) {
      if (carried && parcel.state() == DeliveryState.SENT && !parcel.perhapsThere()) {
        lanes.note(
            parcel.move(
                DeliveryState.HELD, lanes.now(), "not delivered: the device's session was gone"));
      }
      retryLater();
      return;
    }
    if (carried) {
      parcel.mayBeThere();
    }
    if (why instanceof Refused no) {
      note(parcel, "the device's session said, unsigned: " + no.refusal());
      if (PASSING.contains(no.refusal().reason())) {
        rest(parcel);
      } else if (no.refusal().reason() == Reason.RATE_LIMITED) {
        retryLater();
      } else {
        // Its signed word, or its next session, may say more.
        answered.put(parcel, asked);
      }
      return;
    }
    if (why instanceof Unanswered) {
      note(parcel, "no answer; whether it arrived is unknown");
    } else {
      lanes.failed(parcel, why);
    }
    retryLater();
  }

  private void note(Parcel parcel, String text) {
    if (!parcel.over()) {
      lanes.note(parcel.move(parcel.state(), lanes.now(), text));
    }
  }

  private void rest(Parcel parcel) {
    Rest rest = rests.computeIfAbsent(parcel, any -> new Rest());
    Pause pause = Pause.of(lanes.now(), rest.retries.next());
    rest.pause = pause;
    lanes.after(
        pause.length(),
        () -> {
          if (rest.pause.equals(pause)) {
            rest.pause = Pause.NONE;
          }
          pump();
        });
  }

  private void retryLater() {
    Pause next = Pause.of(lanes.now(), backoff.next());
    pause = next;
    lanes.after(
        next.length(),
        () -> {
          if (pause.equals(next)) {
            pause = Pause.NONE;
          }
          pump();
        });
  }
}
