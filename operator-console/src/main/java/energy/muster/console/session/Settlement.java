// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.command.Command;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.console.language.Line;
import energy.muster.console.language.Name;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.metering.EnergySum;
import energy.muster.metering.Readings;
import energy.muster.metric.ShedBaseline;
import energy.muster.metric.UnitOfWork;
import energy.muster.metric.UsageRecord;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Result;
import energy.muster.presence.Quantity;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Settles a shed: what devices have signed that they shed, for how long, beside what their meters
 * say that they drew less.
 */
final class Settlement {
  static final String PROMISED = "promised-kwh";
  static final String DELIVERED = "delivered-kwh";

  private static final BigDecimal SECONDS_OF_HOUR = BigDecimal.valueOf(3_600);
  private static final int KWH_DIGITS = 3;

  private final Records records;
  private final Notary notary;
  private final Mirror mirror;
  private final Questions questions;
  private final Setup setup;

  Settlement(Records records, Notary notary, Mirror mirror, Questions questions, Setup setup) {
    this.records = records;
    this.notary = notary;
    this.mirror = mirror;
    this.questions = questions;
    this.setup = setup;
  }

  /** One device's part in it. */
  private record Part(BareJid device, Power promised, Instant from, Optional<Instant> until) {}

  Settled of(Name typed) throws InterruptedException {
    OrderRecord order = records.one(typed);
    OrderProof proof = notary.examine(order);
    Command command =
        proof
            .command()
            .filter(given -> given.verb() == Verb.SHED)
            .orElseThrow(
                () ->
                    new Refused(
                        Reason.INVALID_ARGUMENT, "only a shed is settled, by its signed order"));
    Instant now = setup.clock().instant();
    Map<BareJid, Instant> restored = restored(order.id(), command.header().issuedAt());
    UnitOfWork work = UnitOfWork.open(order.id(), command.header().issuedAt());
    Map<BareJid, String> unmetered = new HashMap<>();
    Map<BareJid, Long> counts = new LinkedHashMap<>();
    Instant end = command.header().issuedAt();
    boolean over = true;
    for (Outcome outcome : proof.outcomes()) {
      Optional<Part> shed = part(order, command, outcome, restored);
      if (shed.isEmpty()) {
        continue;
      }
      Part part = shed.get();
      Instant until = part.until().filter(each -> !each.isAfter(now)).orElse(now);
      over &= part.until().filter(each -> !each.isAfter(now)).isPresent();
      end = until.isAfter(end) ? until : end;
      work = work.with(record(part, 1, until, PROMISED, promised(part, until)));
      counts.put(part.device(), 2L);
      Optional<BigDecimal> delivered = delivered(part, until, unmetered);
      if (delivered.isPresent()) {
        work = work.with(record(part, 2, until, DELIVERED, delivered.get()));
      }
    }
    if (counts.isEmpty()) {
      throw new Refused(Reason.PRECONDITION, "no device has signed that it shed anything");
    }
    if (over) {
      work = work.closed(new UnitOfWork.Closing(end, counts));
    }
    return new Settled(work, end, over, unmetered);
  }

  private static UsageRecord record(
      Part part, long sequence, Instant at, String kind, BigDecimal value) {
    return new UsageRecord(part.device(), sequence, at, kind, value);
  }

  private Optional<Part> part(
      OrderRecord order, Command command, Outcome outcome, Map<BareJid, Instant> restored) {
    BareJid device = outcome.header().issuer();
    if (!(outcome.result() instanceof Result.Executed executed)) {
      return Optional.empty();
    }
    Instant from =
        order.history().stream()
            .filter(step -> step.device().equals(device))
            .filter(step -> step.state() == DeliveryState.EXECUTED)
            .map(OrderRecord.Step::at)
            .findFirst()
            .orElse(outcome.header().issuedAt());
    Optional<Instant> until =
        Optional.ofNullable(restored.get(device))
            .filter(back -> command.until().filter(back::isAfter).isEmpty())
            .or(command::until);
    return executed
        .shed()
        .or(() -> announced(device))
        .map(power -> new Part(device, power, from, until));
  }

  /** What it said that it could shed, where its word of what it did names no power. */
  private Optional<Power> announced(BareJid device) {
    return mirror.announced(device, Quantity.SHEDDABLE);
  }

  /** Who was restored by an order since then. */
  private Map<BareJid, Instant> restored(DocumentId shed, Instant since)
      throws InterruptedException {
    Map<BareJid, Instant> restored = new HashMap<>();
    for (OrderRecord other : records.list(Line.Filter.ALL)) {
      boolean later =
          other.issuedAt().filter(since::isBefore).isPresent() && !other.id().equals(shed);
      if (later && other.verb().filter(Verb.RESTORE.wire()::equals).isPresent()) {
        records.one(other.id()).history().stream()
            .filter(step -> step.state() == DeliveryState.EXECUTED)
            .forEach(
                step ->
                    restored.merge(
                        step.device(), step.at(), (one, two) -> one.isBefore(two) ? one : two));
      }
    }
    return restored;
  }

  private static BigDecimal promised(Part part, Instant until) {
    long seconds = Math.max(0, Duration.between(part.from(), until).toSeconds());
    return part.promised()
        .kilowatts()
        .multiply(BigDecimal.valueOf(seconds))
        .divide(SECONDS_OF_HOUR, KWH_DIGITS, RoundingMode.HALF_EVEN);
  }

  private Optional<BigDecimal> delivered(Part part, Instant until, Map<BareJid, String> unmetered)
      throws InterruptedException {
    try {
      Instant before = part.from().minus(ShedBaseline.LOOKED_AT);
      Readings readings =
          Meters.page(questions, part.device(), before, until)
              .readings()
              .orElseThrow(
                  () -> new Refused(Refusal.of(Reason.UNKNOWN, "it has told no readings")));
      return Optional.of(EnergySum.kwh(ShedBaseline.deliveredWh(readings, part.from(), until)));
    } catch (Refused e) {
      unmetered.put(part.device(), e.refusal().text());
      return Optional.empty();
    }
  }
}
