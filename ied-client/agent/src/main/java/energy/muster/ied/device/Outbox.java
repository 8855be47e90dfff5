// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.ied.clock.Timer;
import energy.muster.ied.gate.CommandKey;
import energy.muster.ied.journal.Intent;
import energy.muster.json.Json;
import energy.muster.link.Futures;
import energy.muster.link.Link;
import energy.muster.outcome.SelfOrder;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Outcomes on their way to the service, each sent again and again until the service has it. Used by
 * one thread at a time.
 */
final class Outbox {
  /** After a long absence there may be many; the service takes 20 stanzas a second. */
  private static final int IN_FLIGHT = 16;

  /** The service says within ten seconds that it has what came as an answer. */
  private static final Duration KEPT_WITHIN = Duration.ofSeconds(60);

  private final LongSupplier sequence;
  private final Executor executor;
  private final Timer timer;
  private final Consumer<CommandKey> acknowledged;
  private final BiConsumer<CommandKey, String> trouble;
  private final Map<CommandKey, Letter> letters = new HashMap<>();
  private final Deque<CommandKey> ready = new ArrayDeque<>();
  private Optional<Link> link = Optional.empty();
  private boolean proven;
  private int inFlight;

  private static final class Letter {
    private final Sealed outcome;

    /** Of an order that the device gave to itself, which nobody else knows of. */
    private final Optional<Intent> own;

    private final Digest digest;
    private final Backoff backoff = new Backoff();
    private Timer.Pending pause = Timer.Pending.NONE;
    private boolean idle = true;

    /** Sent as an answer: somebody has it, though perhaps not on disk. */
    private boolean told;

    /** The service will not have it; the next session's may know better. */
    private boolean setAside;

    Letter(Sealed outcome, Optional<Intent> own) {
      this.outcome = outcome;
      this.own = own;
      this.digest = outcome.digest();
    }

    Payload payload(long sequence) {
      return own.map(
              order ->
                  Payload.of(
                      Wire.OWN_ACT,
                      outcome,
                      new SelfOrder(order.sealed(), order.target(), sequence).write()))
          .orElseGet(
              () -> Payload.of(Wire.OUTCOME, outcome, Json.object().put("journalSeq", sequence)));
    }
  }

  /**
   * @param sequence of the journal, told with each outcome, so that an older copy of it is noticed
   * @param acknowledged told of what the service has
   * @param trouble told of what the service will not have, and why
   */
  Outbox(
      LongSupplier sequence,
      Executor executor,
      Timer timer,
      Consumer<CommandKey> acknowledged,
      BiConsumer<CommandKey, String> trouble) {
    this.sequence = sequence;
    this.executor = executor;
    this.timer = timer;
    this.acknowledged = acknowledged;
    this.trouble = trouble;
  }

  void attach(Link opened) {
    link = Optional.of(opened);
  }

  /** Takes an outcome that is recorded; one that is on its way already is not doubled. */
  void add(CommandKey key, Sealed outcome) {
    add(key, new Letter(outcome, Optional.empty()));
  }

  /** Sends an outcome once more that the service does not seem to have, unless it is on its way. */
  void again(CommandKey key, Sealed outcome) {
    Letter known = letters.get(key);
    if (known == null) {
      add(key, outcome);
    } else {
      again(key, known);
    }
  }

  /**
   * Sends an outcome as the answer to the delivery of its order. Until the service says that it is
   * kept, it counts as not acknowledged.
   */
  void answer(CommandKey key, Sealed outcome, Receipt receipt) {
    Letter letter = new Letter(outcome, Optional.empty());
    letter.told = true;
    letters.put(key, letter);
    letter.pause = timer.after(KEPT_WITHIN, () -> again(key, letter));
    receipt.give(letter.payload(sequence.getAsLong()));
  }

  /** The service says that it has these on disk, by the digests of the sealed documents. */
  void kept(Set<Digest> outcomes) {
    List<CommandKey> done =
        letters.entrySet().stream()
            .filter(letter -> letter.getValue().idle && outcomes.contains(letter.getValue().digest))
            .map(Map.Entry::getKey)
            .toList();
    for (CommandKey key : done) {
      letters.remove(key).pause.cancel();
      acknowledged.accept(key);
    }
  }

  /** Takes an outcome of an order that the device gave to itself. */
  void addOwn(Intent order, Sealed outcome) {
    add(order.key(), new Letter(outcome, Optional.of(order)));
  }

  private void add(CommandKey key, Letter letter) {
    if (letters.putIfAbsent(key, letter) == null) {
      enqueue(key);
    }
  }

  /** A new session: everything that is not acknowledged goes out again, at once. */
  void proven() {
    proven = true;
    letters.forEach(
        (key, letter) -> {
          letter.backoff.reset();
          if (letter.idle) {
            enqueue(key);
          }
        });
    pump();
  }

  /** Whether nothing waits to be sent; what went as an answer may not be acknowledged yet. */
  boolean quiet() {
    return letters.values().stream().allMatch(letter -> letter.told || letter.setAside);
  }

  /** Whether the service has everything that it will have of this session. */
  boolean settled() {
    return letters.values().stream().allMatch(letter -> letter.setAside);
  }

  void cut() {
    proven = false;
  }

  private void enqueue(CommandKey key) {
    Letter letter = letters.get(key);
    letter.pause.cancel();
    letter.idle = false;
    letter.told = false;
    letter.setAside = false;
    ready.add(key);
    pump();
  }

  private void pump() {
    while (proven && inFlight < IN_FLIGHT && !ready.isEmpty()) {
      CommandKey key = ready.remove();
      send(link.orElseThrow(), key, letters.get(key));
    }
  }

  private void send(Link to, CommandKey key, Letter letter) {
    inFlight++;
    var unused =
        to.set(letter.payload(sequence.getAsLong()))
            .whenCompleteAsync((answer, error) -> answered(key, letter, error), executor);
  }

  private void answered(CommandKey key, Letter letter, Throwable error) {
    inFlight--;
    if (error == null) {
      letters.remove(key);
      acknowledged.accept(key);
    } else {
      letter.idle = true;
      retryLater(key, letter, Futures.cause(error));
    }
    pump();
  }

  /** Whether the service will not have it, however often it is told. */
  static boolean forGood(Throwable error) {
    return Futures.cause(error) instanceof Refused refused && !refused.refusal().reason().passes();
  }

  /** Why something was not taken, for people. */
  static String reason(Throwable error) {
    return Futures.cause(error).getMessage();
  }

  // What the service refuses for good stays here: the next session's service may know better.
  private void retryLater(CommandKey key, Letter letter, Throwable error) {
    if (error instanceof Refused refused && forGood(refused)) {
      letter.setAside = true;
      trouble.accept(key, "the service will not have the outcome: " + refused.refusal());
    } else {
      letter.pause = timer.after(letter.backoff.next(), () -> again(key, letter));
    }
  }

  private void again(CommandKey key, Letter letter) {
    if (letter.idle) {
      enqueue(key);
    }
  }
}
