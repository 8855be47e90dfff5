// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.outcome.DeliveryState;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.Unanswered;
import energy.muster.service.Undeliverable;
import energy.muster.service.desk.Failures;
import energy.muster.service.session.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The deliveries that wait for one device. They go one at a time, because the server does not keep
 * the order of questions; an emergency goes before the rest. Only for use at the desk.
 */
final class Lane {
  private final List<Parcel> waiting = new ArrayList<>();
  private final Lanes lanes;
  private final Backoff backoff;
  private Parcel underway;
  private Instant notBefore = Instant.MIN;
  private long turn;

  Lane(Lanes lanes) {
    this.lanes = lanes;
    this.backoff = new Backoff(lanes.timing());
  }

  int size() {
    return waiting.size();
  }

  void add(Parcel parcel) {
    int at = waiting.size();
    if (parcel.order().urgent()) {
      while (at > 0 && !waiting.get(at - 1).order().urgent() && waiting.get(at - 1) != underway) {
        at--;
      }
    }
    waiting.add(at, parcel);
    pump();
  }

  /** A new session: whatever was under way on the old one is in doubt. */
  void restart() {
    if (underway != null) {
      underway.mayBeThere();
      underway = null;
    }
    turn++;
    backoff.reset();
    notBefore = Instant.MIN;
    pump();
  }

  /** Sends the next, if there is one, the device is there, and none is under way. */
  void pump() {
    Instant now = lanes.now();
    waiting.removeIf(parcel -> parcel != underway && settled(parcel, now));
    if (underway != null || waiting.isEmpty() || now.isBefore(notBefore)) {
      return;
    }
    Parcel next = waiting.get(0);
    Optional<Session> session = lanes.reachable(next.device());
    if (session.isEmpty()) {
      return;
    }
    underway = next;
    long sending = ++turn;
    if (next.state() == DeliveryState.SENT) {
      send(next, session.get(), sending);
    } else {
      // On disk first: once it may have gone out, only the device's word ends it.
      lanes
          .journal(next.move(DeliveryState.SENT, now, "sent"))
          .whenComplete(
              (done, failure) ->
                  lanes.desk().put(() -> journaled(next, session.get(), sending, failure)));
    }
  }

  /** Whether there is nothing more to carry; what never went out by its time is void. */
  private boolean settled(Parcel parcel, Instant now) {
    if (parcel.toBeSent(now)) {
      return false;
    }
    boolean open = parcel.state() == DeliveryState.HELD || parcel.state() == DeliveryState.SENT;
    if (open && !parcel.perhapsThere()) {
      lanes.expired(parcel);
    }
    return true;
  }

  private void journaled(Parcel parcel, Session session, long sending, Throwable failure) {
    if (turn != sending) {
      return;
    }
    if (failure == null && parcel.toBeSent(lanes.now())) {
      send(parcel, session, sending);
    } else {
      underway = null;
      retryLater();
    }
  }

  private void send(Parcel parcel, Session session, long sending) {
    lanes
        .ask(session, parcel)
        .whenComplete(
            (answer, failure) ->
                lanes.desk().put(() -> answered(parcel, sending, Optional.ofNullable(failure))));
  }

  private void answered(Parcel parcel, long sending, Optional<Throwable> failure) {
    Optional<Throwable> cause = failure.map(Failures::cause);
    if (cause.isEmpty()) {
      received(parcel);
    }
    if (turn != sending) {
      return;
    }
    underway = null;
    cause.ifPresent(why -> notTaken(parcel, why));
    pump();
  }

  private void received(Parcel parcel) {
    parcel.mayBeThere();
    waiting.remove(parcel);
    if (parcel.state() == DeliveryState.SENT) {
      lanes.note(parcel.move(DeliveryState.RECEIVED, lanes.now(), "the device has it"));
    }
  }

  private void notTaken(Parcel parcel, Throwable why) {
    Instant now = lanes.now();
    if (why instanceof Undeliverable) {
      if (parcel.state() == DeliveryState.SENT && !parcel.perhapsThere()) {
        lanes.note(
            parcel.move(DeliveryState.HELD, now, "not delivered: the device's session was gone"));
      }
      retryLater();
    } else if (why instanceof Refused no) {
      parcel.mayBeThere();
      note(parcel, "the device's session said, unsigned: " + no.refusal());
      Reason reason = no.refusal().reason();
      if (reason == Reason.BUSY || reason == Reason.RATE_LIMITED) {
        retryLater();
      } else {
        waiting.remove(parcel);
      }
    } else {
      parcel.mayBeThere();
      if (why instanceof Unanswered) {
        note(parcel, "no answer; whether it arrived is unknown");
      } else {
        lanes.failed(parcel, why);
      }
      retryLater();
    }
  }

  private void note(Parcel parcel, String text) {
    if (parcel.state() == DeliveryState.SENT) {
      lanes.note(parcel.move(DeliveryState.SENT, lanes.now(), text));
    }
  }

  private void retryLater() {
    notBefore = lanes.now().plus(backoff.next());
    lanes.at(notBefore, this::pump);
  }
}
