// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import energy.muster.identity.BareJid;
import energy.muster.ied.clock.Timer;
import energy.muster.ied.clock.TrustedClock;
import energy.muster.ied.driver.Order;
import energy.muster.ied.gate.Admission;
import energy.muster.ied.gate.CommandKey;
import energy.muster.ied.gate.Gate;
import energy.muster.ied.gate.Point;
import energy.muster.ied.gate.Situation;
import energy.muster.ied.gate.Verdict;
import energy.muster.ied.journal.DeviceRecord;
import energy.muster.ied.journal.DeviceRecord.Remembered;
import energy.muster.ied.journal.Intent;
import energy.muster.json.Json;
import energy.muster.outcome.Result;
import energy.muster.presence.DevicePresence;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.seal.Trust;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Takes orders through their life on the device: judged, intended (on disk), carried out, concluded
 * (on disk), answered. An id is carried out at most once, because its intent is on disk before the
 * driver is called, and whatever has an intent is never begun again. Used by one thread at a time.
 */
final class OrderDesk implements Situation {
  private static final Duration RECORD_AGAIN = Duration.ofSeconds(1);

  private final BareJid device;
  private final Site site;
  private final Executor executor;
  private final Timer timer;
  private final Gate gate;
  private final Equipment equipment;
  private final OutcomeWriter writer;
  private final TimeNonce nonce;
  private final Outbox outbox;
  private final Map<CommandKey, Remembered> remembered = new HashMap<>();
  private final Map<CommandKey, CompletableFuture<Payload>> taking = new HashMap<>();
  private final Set<CommandKey> unrecorded = new HashSet<>();
  private final RefusalCount refusals;
  private boolean busy;

  OrderDesk(
      BareJid device,
      Site site,
      Executor executor,
      Timer timer,
      Gate gate,
      Equipment equipment,
      OutcomeWriter writer,
      TimeNonce nonce,
      Outbox outbox) {
    this.device = device;
    this.site = site;
    this.executor = executor;
    this.timer = timer;
    this.gate = gate;
    this.equipment = equipment;
    this.writer = writer;
    this.nonce = nonce;
    this.outbox = outbox;
    this.refusals =
        new RefusalCount((sender, count) -> site.events().suppressed(device, sender, count));
  }

  /** Takes up what the last run left: sends what was concluded, reads back what was begun. */
  void resume(DeviceRecord record) {
    remembered.putAll(record.remembered());
    record.unsent().forEach(outbox::add);
    for (Intent intent : record.unfinished()) {
      Command command = intent.command();
      Result result = equipment.readBack(command, Order.of(command, intent.target()));
      if (result instanceof Result.Executed) {
        equipment.carriedOut(command);
      }
      concludeBegun(intent, command, result);
    }
  }

  /** Judges what was delivered; the answer says that it was received, the outcome comes later. */
  void take(String from, Payload payload, CompletableFuture<Payload> answer) {
    Verdict verdict = gate.judge(payload, this);
    if (verdict instanceof Verdict.Accepted accepted) {
      begin(accepted.admission(), answer);
    } else if (verdict instanceof Verdict.Declined declined) {
      site.events().command(device, declined.admission());
      decline(declined.admission(), declined.refusal(), answer);
    } else if (verdict instanceof Verdict.Repeated repeated) {
      repeat(repeated.admission(), answer);
    } else if (verdict instanceof Verdict.Unheeded unheeded) {
      unheeded(from, unheeded.refusal(), answer);
    }
  }

  private void unheeded(String from, Refusal refusal, CompletableFuture<Payload> answer) {
    if (refusals.recorded(from, clock().now())) {
      site.events().unheeded(device, from, refusal);
    }
    refuse(answer, refusal);
  }

  private void repeat(Admission admission, CompletableFuture<Payload> answer) {
    CommandKey key = admission.key();
    CompletableFuture<Payload> first = taking.get(key);
    if (first != null) {
      // Being recorded right now: both get the same answer, when it is on disk.
      var unused =
          first.whenComplete(
              (received, error) -> {
                if (error == null) {
                  answer.complete(received);
                } else {
                  answer.completeExceptionally(error);
                }
              });
      return;
    }
    received(answer, key);
    var unused =
        site.journal()
            .outcome(device, key)
            .thenAcceptAsync(outcome -> outcome.ifPresent(kept -> outbox.add(key, kept)), executor);
  }

  private void begin(Admission admission, CompletableFuture<Payload> answer) {
    site.events().command(device, admission);
    Optional<Refusal> refusal = equipment.refuse(admission);
    if (refusal.isPresent()) {
      decline(admission, refusal.get(), answer);
    } else if (Point.of(admission.verb()).isPresent()) {
      intend(admission, answer);
    } else {
      look(admission, answer);
    }
  }

  private void decline(Admission admission, Refusal refusal, CompletableFuture<Payload> answer) {
    String sender = admission.issuer().jid().toString();
    if (refusals.recorded(sender, clock().now())) {
      concludeUnbegun(admission, new Result.Declined(refusal), answer);
    } else {
      refuse(
          answer,
          Refusal.of(
              Reason.RATE_LIMITED, "too many refusals this minute; not recorded: %s", refusal));
    }
  }

  // What moves nothing needs no intent: done twice, it would be the same.
  private void look(Admission admission, CompletableFuture<Payload> answer) {
    if (admission.command().instruction() instanceof Instruction.SyncTime sync) {
      concludeUnbegun(admission, nonce.take(sync), answer);
    } else if (admission.command().instruction() instanceof Instruction.Cancel cancel) {
      cancel(admission, cancel, answer);
    } else {
      taken(admission, answer);
      whenDone(equipment.act(admission), result -> concludeUnbegun(admission, result, answer));
    }
  }

  // Only a selection waits here: whatever else came was carried out or refused at once.
  private void cancel(
      Admission admission, Instruction.Cancel cancel, CompletableFuture<Payload> answer) {
    if (equipment.deselect(cancel.command(), admission.issuer().jid())) {
      concludeUnbegun(admission, new Result.Executed("no longer selected"), answer);
    } else {
      decline(
          admission,
          new Refusal(
              Reason.UNKNOWN, "nothing waits here: it was carried out, refused, or never came"),
          answer);
    }
  }

  private void intend(Admission admission, CompletableFuture<Payload> answer) {
    Intent intent = Intent.of(admission);
    taken(admission, answer);
    busy = true;
    var unused =
        site.journal()
            .intend(device, intent)
            .whenCompleteAsync(
                (synced, error) -> {
                  if (error == null) {
                    taking.remove(intent.key());
                    received(answer, intent.key());
                    whenDone(equipment.act(admission), result -> acted(admission, intent, result));
                  } else {
                    busy = false;
                    forget(intent.key(), answer);
                  }
                },
                executor);
  }

  private void acted(Admission admission, Intent intent, Result result) {
    busy = false;
    if (result instanceof Result.Executed) {
      equipment.carriedOut(admission.command());
    }
    concludeBegun(intent, admission.command(), result);
  }

  private void whenDone(CompletionStage<Result> acting, java.util.function.Consumer<Result> then) {
    CompletableFuture<Result> done = acting.toCompletableFuture();
    if (done.isDone() && !done.isCompletedExceptionally()) {
      then.accept(done.join());
      return;
    }
    var unused =
        done.exceptionally(
                fault -> new Result.Uncertain("the driver failed: " + fault.getMessage()))
            .thenAcceptAsync(then, executor);
  }

  private Sealed write(Intent intent, Verb verb, Result result) {
    return writer.write(intent, verb, result, equipment.presence(), clock().now());
  }

  private void concludeBegun(Intent intent, Command command, Result result) {
    record(intent, result, write(intent, command.verb(), result));
  }

  // Something was done and must not be forgotten: tried until there is space again.
  private void record(Intent intent, Result result, Sealed outcome) {
    var unused =
        site.journal()
            .conclude(device, intent, outcome, equipment.save())
            .whenCompleteAsync(
                (synced, error) -> {
                  if (error == null) {
                    unrecorded.remove(intent.key());
                    send(intent.key(), result, outcome);
                  } else {
                    if (unrecorded.add(intent.key())) {
                      site.events().trouble(device, error.getMessage());
                    }
                    timer.after(RECORD_AGAIN, () -> record(intent, result, outcome));
                  }
                },
                executor);
  }

  // Nothing was begun: without space a look is answered unrecorded, and a refusal is not signed.
  private void concludeUnbegun(
      Admission admission, Result result, CompletableFuture<Payload> answer) {
    Intent intent = Intent.of(admission);
    taken(admission, answer);
    Sealed outcome = write(intent, admission.verb(), result);
    var unused =
        site.journal()
            .conclude(device, intent, outcome, equipment.save())
            .whenCompleteAsync(
                (synced, error) -> {
                  if (error == null || result instanceof Result.Executed) {
                    taking.remove(intent.key());
                    received(answer, intent.key());
                    send(intent.key(), result, outcome);
                  } else {
                    forget(intent.key(), answer);
                  }
                },
                executor);
  }

  private void send(CommandKey key, Result result, Sealed outcome) {
    outbox.add(key, outcome);
    site.events().outcome(device, key.id(), result);
  }

  private void taken(Admission admission, CompletableFuture<Payload> answer) {
    remembered.put(
        admission.key(), new Remembered(admission.digest(), Intent.of(admission).forgetAfter()));
    taking.put(admission.key(), answer);
  }

  private void forget(CommandKey key, CompletableFuture<Payload> answer) {
    remembered.remove(key);
    taking.remove(key);
    refuse(
        answer,
        new Refusal(
            Reason.NO_SPACE, "the device cannot record it; nothing was done, free its disk"));
  }

  /** Forgets ids whose time is past; a replay of one is stale. */
  void sweep(Instant now) {
    remembered.values().removeIf(one -> one.forgetAfter().isBefore(now));
  }

  private void received(CompletableFuture<Payload> answer, CommandKey key) {
    // On another thread: sending the answer must not hold up the action.
    answer.completeAsync(
        () -> Payload.of(Wire.RECEIVED, Json.object().put("id", key.id().text())), site.workers());
  }

  private static void refuse(CompletableFuture<Payload> answer, Refusal refusal) {
    answer.completeExceptionally(new Refused(refusal));
  }

  @Override
  public TrustedClock.Reading clock() {
    return site.clock().read();
  }

  @Override
  public Trust trust() {
    return site.trust().trust();
  }

  @Override
  public Optional<Digest> remembered(CommandKey key) {
    return Optional.ofNullable(remembered.get(key)).map(Remembered::digest);
  }

  @Override
  public Optional<Instant> newest(Point point) {
    return equipment.newest(point);
  }

  @Override
  public boolean busy() {
    return busy;
  }

  @Override
  public DevicePresence presence() {
    return equipment.presence();
  }
}
