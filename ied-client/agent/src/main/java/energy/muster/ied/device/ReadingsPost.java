// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.BareJid;
import energy.muster.ied.clock.Timer;
import energy.muster.ied.clock.TrustedClock;
import energy.muster.ied.driver.MeteringPoint;
import energy.muster.ied.journal.KeptMeter;
import energy.muster.link.Link;
import energy.muster.metering.HeardReadings;
import energy.muster.metering.IntervalEnergy;
import energy.muster.metering.MeterReadings;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Readings on their way to the service: of at most a day each, one after the other in their order,
 * each on disk before it is told and until the service has it. Whatever somebody waits for goes
 * first. Used by one thread at a time.
 */
final class ReadingsPost {
  private static final Duration MOST = Duration.ofDays(1);
  private static final Duration GIVE_WAY = Duration.ofSeconds(1);

  private final SigningIdentity identity;
  private final Site site;
  private final BooleanSupplier calm;
  private final StatementPost statements;
  private final Timer timer;
  private final Executor executor;
  private final InTurn<Letter> turn;
  private final SecondReading second;

  /** What the service would not have; the next session's may know better. */
  private final List<Letter> setAside = new ArrayList<>();

  private Optional<MeteringPoint> point = Optional.empty();
  private Timer.Pending pause = Timer.Pending.NONE;
  private long sequence;
  private boolean proven;

  /** Whether there may be intervals that stand in no document. */
  private boolean more = true;

  private boolean packing;

  private record Letter(long sequence, Payload payload) {
    Instant end() {
      return MeterReadings.read(payload.requireSealed().unverified()).end();
    }
  }

  /**
   * @param calm whether nothing is under way that somebody waits for
   */
  ReadingsPost(
      SigningIdentity identity,
      Site site,
      BooleanSupplier calm,
      StatementPost statements,
      Timer timer,
      Executor executor) {
    this.identity = identity;
    this.site = site;
    this.calm = calm;
    this.statements = statements;
    this.timer = timer;
    this.executor = executor;
    this.turn = new InTurn<>(executor, timer, new Delivery());
    this.second = new SecondReading(identity.certified().jid(), site);
  }

  private final class Delivery implements InTurn.Fates<Letter> {
    @Override
    public Payload payload(Letter letter) {
      return letter.payload();
    }

    @Override
    public void taken(Letter letter, Payload answer) {
      var unused = site.journal().readingsTaken(device(), letter.sequence());
      site.events().readingsTaken(device(), letter.sequence());
      pump();
    }

    @Override
    public void refused(Letter letter, Throwable why) {
      site.events()
          .trouble(
              device(),
              "readings %d: the service will not have them: %s"
                  .formatted(letter.sequence(), Outbox.reason(why)));
      setAside.add(letter);
      letGo();
      pump();
    }
  }

  /** What is over for too long no service will have, and what comes after is not kept for that. */
  private void letGo() {
    TrustedClock.Reading clock = site.clock().read();
    Instant oldest = clock.now().minus(HeardReadings.OLDEST_TOLD);
    List<Letter> over =
        setAside.stream().filter(letter -> clock.sure() && letter.end().isBefore(oldest)).toList();
    setAside.removeAll(over);
    for (Letter letter : over) {
      site.events()
          .trouble(
              device(),
              "readings %d, until %s, are let go: nobody will have them any more"
                  .formatted(letter.sequence(), letter.end()));
      var unused = site.journal().readingsTaken(device(), letter.sequence());
    }
  }

  private BareJid device() {
    return identity.certified().jid();
  }

  /** Takes up what the last run left. */
  void resume(MeteringPoint metering, KeptMeter kept) {
    point = Optional.of(metering);
    sequence = kept.sequence();
    kept.untaken().forEach((number, document) -> turn.add(letter(number, document)));
    pump();
  }

  private static Letter letter(long number, Sealed sealed) {
    return new Letter(number, Payload.of(Wire.READINGS, sealed));
  }

  void attach(Link opened) {
    turn.attach(opened);
    statements.attach(opened);
  }

  /**
   * There are more intervals.
   *
   * @param end of the last of them; they are told when that is a time to report
   */
  void more(Instant end) {
    Duration report = point.orElseThrow().report();
    if (Math.floorMod(end.getEpochSecond(), report.toSeconds()) == 0) {
      letGo();
      more = true;
      pump();
    }
  }

  /** A new session: what was refused is told again, and all that was not told. */
  void proven() {
    proven = true;
    more = true;
    setAside.forEach(turn::add);
    setAside.clear();
    turn.proven();
    statements.proven();
    pump();
  }

  void cut() {
    proven = false;
    turn.cut();
    statements.cut();
  }

  /** Whether the service has all there is. */
  boolean quiet() {
    boolean stuck = !setAside.isEmpty();
    return point.isEmpty() || (statements.quiet() && turn.empty() && !packing && (!more || stuck));
  }

  private void pump() {
    if (point.isEmpty() || !proven || !more || packing || !turn.empty() || !setAside.isEmpty()) {
      return;
    }
    pause.cancel();
    if (!calm.getAsBoolean()) {
      pause = timer.after(GIVE_WAY, this::pump);
      return;
    }
    packing = true;
    more = false;
    int most = Math.toIntExact(MOST.dividedBy(point.get().step()));
    var unused =
        site.journal()
            .unpacked(device(), most)
            .thenAcceptAsync(this::pack, executor)
            .whenCompleteAsync(
                (done, error) -> {
                  if (error != null) {
                    notPacked(error);
                  }
                },
                executor);
  }

  private void pack(List<IntervalEnergy> intervals) {
    MeteringPoint metering = point.orElseThrow();
    if (!intervals.isEmpty()) {
      MeterReadings readings = document(intervals, Optional.empty());
      Sealed sealed = seal(readings);
      keep(
          readings,
          sealed,
          site.journal().packed(device(), readings.sequence(), sealed, readings.end()));
    } else if (!more && second.due(metering)) {
      var unused =
          second
              .differing(metering)
              .thenAcceptAsync(this::correct, executor)
              .whenCompleteAsync(
                  (done, error) -> {
                    if (error != null) {
                      notPacked(error);
                    }
                  },
                  executor);
    } else {
      drained();
    }
  }

  private void drained() {
    packing = false;
    if (more) {
      pump();
    } else {
      statements.drained(point.orElseThrow());
    }
  }

  /** What it says otherwise of now, it signs as a correction; what was told stands beside it. */
  private void correct(List<IntervalEnergy> otherwise) {
    if (otherwise.isEmpty()) {
      second.agreed();
      drained();
      return;
    }
    MeterReadings readings = document(otherwise, Optional.of(SecondReading.REASON));
    Sealed sealed = seal(readings);
    keep(
        readings,
        sealed,
        site.journal().corrected(device(), readings.sequence(), sealed, readings.intervals()));
  }

  /** As many as there is room for, the oldest first. */
  private MeterReadings document(List<IntervalEnergy> intervals, Optional<String> corrects) {
    Duration step = point.orElseThrow().step();
    Instant now = site.clock().read().now();
    Header header =
        new Header(DocumentType.METER_READINGS, site.name(), DocumentId.next(now), device(), now);
    return new MeterReadings(
        header, sequence + 1, step, MeterReadings.pack(step, intervals).get(0), corrects);
  }

  private Sealed seal(MeterReadings readings) {
    return Sealer.seal(readings.write(), readings.header().issuedAt(), identity);
  }

  private void keep(MeterReadings readings, Sealed sealed, CompletableFuture<Void> kept) {
    var unused =
        kept.whenCompleteAsync(
            (done, error) -> packed(readings.sequence(), sealed, error), executor);
  }

  private void packed(long number, Sealed sealed, Throwable error) {
    if (error != null) {
      notPacked(error);
      return;
    }
    packing = false;
    more = true;
    sequence = number;
    turn.add(letter(number, sealed));
  }

  private void notPacked(Throwable error) {
    packing = false;
    more = true;
    site.events().trouble(device(), "readings are not kept yet: " + error.getMessage());
    pause = timer.after(point.orElseThrow().step(), this::pump);
  }
}
