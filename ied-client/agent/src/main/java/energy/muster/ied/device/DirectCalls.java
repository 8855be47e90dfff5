// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.alarm.Alarm;
import energy.muster.alarm.Reach;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.ied.clock.Timer;
import energy.muster.link.Link;
import energy.muster.link.LinkException;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Brings alarms to people without the service: to those of the signed list, in its order, who are
 * there by their presence. The first who answers has it; while nobody does, it asks around again.
 * Used by one thread at a time.
 */
final class DirectCalls {
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(30);

  private final Supplier<List<BareJid>> contacts;
  private final Timer timer;
  private final Executor executor;
  private final BiConsumer<Alarm, BareJid> told;
  private final Map<DocumentId, Call> calls = new HashMap<>();
  private final Map<DocumentId, FullJid> holders = new HashMap<>();
  private Optional<Link> link = Optional.empty();

  /**
   * @param contacts the signed list as it is when somebody is to be found
   * @param told hears who has which alarm
   */
  DirectCalls(
      Supplier<List<BareJid>> contacts,
      Timer timer,
      Executor executor,
      BiConsumer<Alarm, BareJid> told) {
    this.contacts = contacts;
    this.timer = timer;
    this.executor = executor;
    this.told = told;
  }

  void attach(Link opened) {
    link = Optional.of(opened);
  }

  /** That it began is for whoever is there; that it is over, for whoever was told that it began. */
  void call(Alarm alarm, Payload payload) {
    if (!alarm.isOnset()) {
      FullJid holder = holders.remove(alarm.occurrence());
      if (holder != null) {
        var unused = link.map(open -> open.hand(holder, payload));
      }
      return;
    }
    Call call = new Call(alarm, payload);
    calls.put(alarm.header().id(), call);
    call.round();
  }

  /** The service has it after all: nobody else is asked. */
  void settle(Alarm alarm) {
    holders.remove(alarm.occurrence());
    Call call = calls.remove(alarm.header().id());
    if (call != null) {
      call.again.cancel();
    }
  }

  /** One alarm looking for somebody. */
  private final class Call {
    private final Alarm alarm;
    private final Payload payload;
    private final Deque<BareJid> people = new ArrayDeque<>();
    private final Deque<FullJid> sessions = new ArrayDeque<>();
    private Timer.Pending again = Timer.Pending.NONE;

    Call(Alarm alarm, Payload payload) {
      this.alarm = alarm;
      this.payload = payload;
    }

    private boolean over() {
      return calls.get(alarm.header().id()) != this;
    }

    private void round() {
      people.addAll(contacts.get());
      next();
    }

    private void next() {
      if (over()) {
        return;
      }
      if (!sessions.isEmpty()) {
        hand(sessions.remove());
      } else if (!people.isEmpty()) {
        find(people.remove());
      } else {
        again = timer.after(AGAIN_AFTER, this::round);
      }
    }

    private void find(BareJid person) {
      var unused =
          ask(open -> open.ask(person, Payload.empty(Wire.REACH)))
              .whenCompleteAsync(
                  (answer, error) -> {
                    if (error == null) {
                      sessions.addAll(Reach.read(answer, person).there());
                    }
                    next();
                  },
                  executor);
    }

    private void hand(FullJid session) {
      var unused =
          ask(open -> open.hand(session, payload))
              .whenCompleteAsync(
                  (answer, error) -> {
                    if (error == null && !over()) {
                      settle(alarm);
                      holders.put(alarm.occurrence(), session);
                      told.accept(alarm, session.bare());
                    } else {
                      next();
                    }
                  },
                  executor);
    }

    private CompletableFuture<Payload> ask(Question question) {
      return link.map(question::of)
          .orElseGet(() -> CompletableFuture.failedFuture(new LinkException("not connected")));
    }
  }

  /** Something to ask by the link there is. */
  @FunctionalInterface
  private interface Question {
    CompletableFuture<Payload> of(Link link);
  }
}
