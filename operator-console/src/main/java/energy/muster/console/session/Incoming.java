// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.identity.BareJid;
import energy.muster.link.Futures;
import energy.muster.link.Link;
import energy.muster.link.LinkListener;
import energy.muster.link.LinkState;
import energy.muster.link.RoomLine;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Scope;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Takes what the service says: changes, outcomes, alarms, notices, revocation lists, and the link's
 * own.
 */
final class Incoming implements LinkListener {
  /** How long the devices of an order are followed without being asked to. */
  static final Duration INTEREST = Duration.ofMinutes(2);

  private final Monitor monitor;
  private final View view;
  private final OrderBook book;
  private final Answers answers;
  private final LookUps lookUps;
  private final Arrivals arrivals;
  private final Revocations revocations;
  private final Bulletins bulletins;
  private final Watches watches;
  private final Chatrooms chatrooms;
  private final AlarmBoard alarms;
  private final InstantSource clock;
  private final Consumer<Event> events;
  private final CompletableFuture<Link> link = new CompletableFuture<>();
  private final Set<BareJid> followed = ConcurrentHashMap.newKeySet();
  private LinkState state = LinkState.CONNECTING;
  private long proofs;

  Incoming(
      Monitor monitor,
      Mirror mirror,
      OrderBook book,
      Answers answers,
      Revocations revocations,
      Bulletins bulletins,
      Watches watches,
      Chatrooms chatrooms,
      AlarmBoard alarms,
      InstantSource clock,
      Consumer<Event> events) {
    this.monitor = monitor;
    this.view = new View(monitor, mirror);
    this.book = book;
    this.answers = answers;
    this.lookUps = new LookUps(link);
    this.arrivals = new Arrivals(answers, lookUps, clock, events);
    this.revocations = revocations;
    this.bulletins = bulletins;
    this.watches = watches;
    this.chatrooms = chatrooms;
    this.alarms = alarms;
    this.clock = clock;
    this.events = events;
  }

  /** The link whose listener this is; what came before is caught up on. */
  void attach(Link opened) {
    link.complete(opened);
  }

  void follow(BareJid device, boolean on) {
    if (on) {
      followed.add(device);
    } else {
      followed.remove(device);
    }
  }

  boolean proven() {
    return monitor.read(() -> state == LinkState.PROVEN);
  }

  /** Whether the mirror shows what the service shows, as far as that is on the way. */
  boolean current() {
    return view.isOpen();
  }

  /** How many sessions have been proven so far. */
  long proofs() {
    return monitor.read(() -> proofs);
  }

  @Override
  public CompletionStage<Payload> asked(String from, Payload question) {
    try {
      switch (question.wire()) {
        case OUTCOME -> {
          return arrivals.one(question);
        }
        case OUTCOMES -> {
          return arrivals.several(question);
        }
        case CRL -> revocations.take(question);
        case NOTICE -> bulletins.take(question);
        case ALARM -> alarms.offered(from, question);
        default ->
            throw new Refused(
                Reason.UNSUPPORTED, "a console does not take " + question.wire().element());
      }
      return CompletableFuture.completedFuture(Payload.empty(question.wire()));
    } catch (Refused e) {
      events.accept(new Event.Distrusted(clock.instant(), e.refusal()));
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void told(Payload message) {
    try {
      switch (message.wire()) {
        case CHANGES -> taken(view.change(message.requireLargeJson()));
        case NOTICE -> bulletins.take(message);
        case ALARM_CHANGES -> alarms.changed(message);
        default -> {}
      }
    } catch (Refused e) {
      events.accept(new Event.Distrusted(clock.instant(), e.refusal()));
    }
  }

  @Override
  public void said(BareJid from, String text) {
    events.accept(new Event.Spoken(clock.instant(), from, text));
  }

  @Override
  public void heard(RoomLine line) {
    chatrooms.heard(line);
  }

  @Override
  public void expelled(String room) {
    chatrooms.expelled(room);
  }

  private void taken(View.Taken taken) {
    for (View.Change change : taken.changes()) {
      watches.check(change.after().device());
      if (interesting(change.after().device()) && differs(change.before(), change.after())) {
        events.accept(new Event.Changed(clock.instant(), change.after()));
      }
    }
    if (taken.gap()) {
      CompletableFuture<Void> unused = link.thenAccept(proven -> openView(new Tries(this, proven)));
    }
  }

  private boolean interesting(BareJid device) {
    Instant now = clock.instant();
    return followed.contains(device)
        || book.commandedAt(device).filter(at -> now.isBefore(at.plus(INTEREST))).isPresent();
  }

  /** Measured values move all the time; what a person waits for is a change of state. */
  private static boolean differs(Optional<Contact> before, Contact after) {
    return before.isEmpty()
        || before.get().availability() != after.availability()
        || before.get().fault() != after.fault()
        || !Objects.equals(
            before.get().presence().map(DevicePresence::operating),
            after.presence().map(DevicePresence::operating))
        || !Objects.equals(
            before.get().presence().flatMap(DevicePresence::position),
            after.presence().flatMap(DevicePresence::position))
        || !Objects.equals(
            before.get().presence().flatMap(DevicePresence::restriction),
            after.presence().flatMap(DevicePresence::restriction));
  }

  @Override
  public void changed(LinkState next) {
    monitor.update(
        () -> {
          state = next;
          proofs += next == LinkState.PROVEN ? 1 : 0;
        });
    events.accept(new Event.Linked(clock.instant(), next));
    if (next == LinkState.PROVEN) {
      CompletableFuture<Void> unused = link.thenAccept(this::catchUp);
    }
  }

  private void catchUp(Link proven) {
    Tries tries = new Tries(this, proven);
    openView(tries);
    askAlarms(tries);
    lookUp(book.open(), tries);
    chatrooms.returnTo(proven::rooms);
  }

  private void openView(Tries tries) {
    take(requestView(tries), done -> {});
  }

  /** Complete when it is open; one that fails for a reason that passes is requested again. */
  private CompletableFuture<Void> requestView(Tries tries) {
    View.Opening opening = view.open();
    return tries
        .link()
        .set(Payload.of(Wire.VIEW, opening.request()))
        .thenAccept(answer -> opened(opening, answer))
        .whenComplete(
            (done, problem) ->
                tries.again(
                    problem,
                    next -> {
                      if (view.waitsFor(opening)) {
                        openView(next);
                      }
                    }));
  }

  private void askAlarms(Tries tries) {
    AlarmBoard.Asking asking = alarms.ask();
    CompletableFuture<Payload> asked =
        tries
            .link()
            .get(asking.question())
            .whenComplete(
                (answer, problem) -> {
                  if (problem != null) {
                    alarms.unanswered(asking);
                  }
                  tries.again(problem, this::askAlarms);
                });
    take(asked, answer -> alarms.begin(asking, answer));
  }

  /** One that fails for a reason that passes ends it for the others, and all are asked again. */
  private void lookUp(List<OpenOrder> orders, Tries tries) {
    AtomicBoolean wanted = new AtomicBoolean(true);
    List<OpenOrder> left = Collections.synchronizedList(new ArrayList<>());
    CompletableFuture<?>[] asked =
        orders.stream().map(order -> lookUp(order, wanted, left)).toArray(CompletableFuture[]::new);
    CompletableFuture<Void> unused =
        CompletableFuture.allOf(asked)
            .thenRun(
                () -> {
                  if (!left.isEmpty()) {
                    tries.again(next -> lookUp(List.copyOf(left), next));
                  }
                });
  }

  private CompletableFuture<Void> lookUp(
      OpenOrder order, AtomicBoolean wanted, List<OpenOrder> left) {
    return lookUps
        .find(order.id(), wanted)
        .thenAccept(kept -> answers.reconcile(order, kept))
        .exceptionally(
            problem -> {
              if (LookUps.passes(problem)) {
                left.add(order);
              } else {
                notCaughtUp(problem);
              }
              return null;
            });
  }

  private <T> void take(CompletableFuture<T> asked, Consumer<T> use) {
    CompletableFuture<Void> unused =
        asked
            .thenAccept(use)
            .whenComplete(
                (done, problem) -> {
                  if (problem != null) {
                    notCaughtUp(problem);
                  }
                });
  }

  private void opened(View.Opening opening, Payload answer) {
    View.Taken taken = view.begin(opening, answer.requireLargeJson());
    watches.checkAll();
    // The lists go out when the key is proven, so they were on the stream before this answer.
    revocations.settled();
    taken(taken);
  }

  /** What the console is about. */
  Scope scope() {
    return view.scope();
  }

  /** Makes the console be about this; complete when it is. */
  CompletableFuture<Void> narrow(Scope scope) {
    return link.thenCompose(
        proven -> {
          // Whether there still was one to close makes no difference.
          CompletableFuture<Payload> unused =
              proven.set(Payload.of(Wire.CLOSE, view.become(scope))).exceptionally(none -> null);
          return requestView(new Tries(this, proven));
        });
  }

  private void notCaughtUp(Throwable problem) {
    Throwable cause = Futures.cause(problem);
    String text =
        cause instanceof Refused refused ? refused.refusal().toString() : cause.getMessage();
    events.accept(new Event.Said(clock.instant(), "not up to date: " + text));
  }
}
