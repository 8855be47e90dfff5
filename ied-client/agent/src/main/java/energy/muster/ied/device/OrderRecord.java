// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.ied.clock.Timer;
import energy.muster.ied.gate.Admission;
import energy.muster.ied.gate.CommandKey;
import energy.muster.ied.journal.DeviceRecord;
import energy.muster.ied.journal.DeviceRecord.Remembered;
import energy.muster.ied.journal.Intent;
import energy.muster.json.Json;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Which orders were taken and how they ended: in memory, on disk, and on their way to the service.
 * Used by one thread at a time.
 */
final class OrderRecord {
  private static final Refusal NOT_RECORDED =
      new Refusal(Reason.NO_SPACE, "the device cannot record it; nothing was done, free its disk");

  private static final Set<Verb> ASKS_TIME = EnumSet.of(Verb.READ, Verb.SYNC_TIME);
  private static final Duration RECORD_AGAIN = Duration.ofSeconds(1);

  /** How long a receipt may wait for an outcome to go with it. */
  static final Duration SOON = Duration.ofMillis(100);

  private final BareJid device;
  private final Site site;
  private final Executor executor;
  private final Timer timer;
  private final OutcomeWriter writer;
  private final Outbox outbox;
  private final Supplier<String> state;
  private final Map<CommandKey, Remembered> remembered = new HashMap<>();
  private final Map<CommandKey, Receipt> taking = new HashMap<>();
  private final Map<CommandKey, Receipt> awaited = new HashMap<>();
  private final Set<CommandKey> unrecorded = new HashSet<>();

  /**
   * @param state of the device as it is to be saved together with an outcome
   */
  OrderRecord(
      BareJid device,
      Site site,
      Executor executor,
      Timer timer,
      OutcomeWriter writer,
      Outbox outbox,
      Supplier<String> state) {
    this.device = device;
    this.site = site;
    this.executor = executor;
    this.timer = timer;
    this.writer = writer;
    this.outbox = outbox;
    this.state = state;
  }

  void resume(DeviceRecord record) {
    remembered.putAll(record.remembered());
    record.unsent().forEach((key, outcome) -> resend(key, outcome, record));
  }

  private void resend(CommandKey key, Sealed outcome, DeviceRecord record) {
    if (digest(key).filter(Tombstones::unseen).isPresent()) {
      // Killed between burying it and saying that nobody waits for word of it.
      var unused = site.journal().acknowledged(device, key);
    } else if (record.own().containsKey(key)) {
      outbox.addOwn(record.own().get(key), outcome);
    } else {
      outbox.add(key, outcome);
    }
  }

  Optional<Digest> digest(CommandKey key) {
    return Optional.ofNullable(remembered.get(key)).map(Remembered::digest);
  }

  boolean knowsOfAnother(CommandKey key) {
    return remembered.keySet().stream()
        .anyMatch(known -> known.id().equals(key.id()) && !known.issuer().equals(key.issuer()));
  }

  /** The receipt of a command that is being recorded right now. */
  Optional<Receipt> taking(CommandKey key) {
    return Optional.ofNullable(taking.get(key));
  }

  /** Whether anything is being recorded. */
  boolean writing() {
    return !taking.isEmpty() || !unrecorded.isEmpty();
  }

  void take(Admission admission, Receipt receipt) {
    take(Intent.of(admission), receipt);
  }

  void take(Intent intent, Receipt receipt) {
    remembered.merge(
        intent.key(),
        new Remembered(intent.digest(), intent.forgetAfter()),
        (known, now) -> Tombstones.unseen(known.digest()) ? known : now);
    taking.put(intent.key(), receipt);
  }

  /** An order is on disk: whoever brought it may know. */
  void taken(CommandKey key) {
    Receipt receipt = taking.remove(key);
    if (receipt == null) {
      return;
    }
    receipt.record();
    received(receipt, key);
  }

  /** The same, of an order whose outcome may come soon enough to be the answer. */
  void begun(CommandKey key) {
    Receipt receipt = taking.get(key);
    if (receipt == null || !receipt.takesOutcome()) {
      taken(key);
    } else {
      taking.remove(key);
      receipt.record();
      awaited.put(key, receipt);
    }
  }

  /** The driver has not finished at once: the receipt waits a little, and no longer. */
  void takesTime(CommandKey key) {
    if (awaited.containsKey(key)) {
      timer.after(SOON, () -> notSoon(key));
    }
  }

  private void notSoon(CommandKey key) {
    Receipt receipt = awaited.remove(key);
    if (receipt != null) {
      received(receipt, key);
    }
  }

  /** It could not be recorded, so it never came. */
  void forget(CommandKey key) {
    remembered.computeIfPresent(
        key, (same, known) -> Tombstones.unseen(known.digest()) ? known : null);
    Receipt receipt = taking.remove(key);
    if (receipt != null) {
      receipt.refuse(NOT_RECORDED);
    }
  }

  /** Something was done and must not be forgotten: tried until there is space again. */
  void concludeBegun(Intent intent, Verb verb, Result result) {
    record(intent, result, write(intent, verb, result));
  }

  private void record(Intent intent, Result result, Sealed outcome) {
    var unused =
        conclude(intent, result, outcome)
            .whenCompleteAsync(
                (synced, error) -> {
                  if (error == null) {
                    unrecorded.remove(intent.key());
                  } else {
                    if (unrecorded.add(intent.key())) {
                      site.events().trouble(device, error.getMessage());
                    }
                    notSoon(intent.key());
                    timer.after(RECORD_AGAIN, () -> record(intent, result, outcome));
                  }
                },
                executor);
  }

  /**
   * Nothing was begun: without space a look is answered unrecorded, and a refusal is not signed.
   */
  void concludeUnbegun(Admission admission, Result result, Receipt receipt) {
    Intent intent = Intent.of(admission);
    take(intent, receipt);
    Sealed outcome = write(intent, admission.verb(), result);
    var unused =
        site.journal()
            .conclude(device, intent, outcome, state.get())
            .whenCompleteAsync(
                (synced, error) -> {
                  if (error == null || result instanceof Result.Executed) {
                    begun(intent.key());
                    send(intent.key(), result, outcome);
                  } else {
                    forget(intent.key());
                  }
                },
                executor);
  }

  /** Writes down how an order ended; once it is on disk, its outcome is sent. */
  CompletableFuture<Void> conclude(Intent intent, Verb verb, Result result) {
    return conclude(intent, result, write(intent, verb, result));
  }

  CompletableFuture<Void> conclude(Intent intent, Result result, Sealed outcome) {
    return site.journal()
        .conclude(device, intent, outcome, state.get())
        .thenRunAsync(() -> send(intent, result, outcome), executor);
  }

  private void send(Intent intent, Result result, Sealed outcome) {
    if (intent.key().issuer().equals(device)) {
      outbox.addOwn(intent, outcome);
      site.events().outcome(device, intent.key().id(), result);
    } else {
      send(intent.key(), result, outcome);
    }
  }

  /** Writes down an order that ended before it came; its issuer is answered otherwise. */
  CompletableFuture<Void> bury(Intent intent, Sealed outcome) {
    remembered.put(intent.key(), new Remembered(intent.digest(), intent.forgetAfter()));
    return site.journal()
        .conclude(device, intent, outcome, state.get())
        .whenCompleteAsync(
            (kept, error) -> {
              if (error == null) {
                var unused = site.journal().acknowledged(device, intent.key());
              } else {
                remembered.remove(intent.key());
              }
            },
            executor);
  }

  /** It came before: whoever brought it again is told so, and the outcome goes out again. */
  void repeat(CommandKey key, Receipt receipt) {
    Receipt first = taking.get(key);
    if (first != null) {
      var unused =
          first
              .recorded()
              .whenComplete(
                  (done, error) -> {
                    if (error == null) {
                      received(receipt, key);
                    } else {
                      receipt.refuse(NOT_RECORDED);
                    }
                  });
      return;
    }
    received(receipt, key);
    var unused =
        site.journal()
            .outcome(device, key)
            .thenAcceptAsync(
                outcome -> outcome.ifPresent(kept -> outbox.again(key, kept)), executor);
  }

  void send(CommandKey key, Result result, Sealed outcome) {
    Receipt receipt = awaited.remove(key);
    if (receipt == null) {
      outbox.add(key, outcome);
    } else {
      outbox.answer(key, outcome, receipt);
    }
    site.events().outcome(device, key.id(), result);
  }

  Sealed write(Intent intent, Verb verb, Result result) {
    return writer.write(intent.key().id(), intent.digest(), ASKS_TIME.contains(verb), result);
  }

  Sealed write(DocumentId command, Digest digest, Result result) {
    return writer.write(command, digest, false, result);
  }

  /** Forgets ids whose time is past; a replay of one is stale. */
  void sweep(Instant now) {
    remembered.values().removeIf(one -> one.forgetAfter().isBefore(now));
  }

  void received(Receipt receipt, CommandKey key) {
    receipt.give(
        () ->
            Payload.of(
                Wire.RECEIVED,
                Json.object()
                    .put("id", key.id().text())
                    .put("journalSeq", site.journal().sequence())),
        site.workers());
  }
}
