// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.ied.clock.Timer;
import energy.muster.ied.clock.TrustedClock.Reading;
import energy.muster.ied.clock.WakeUp;
import energy.muster.ied.driver.MeteringPoint;
import energy.muster.ied.gate.Admission;
import energy.muster.ied.price.Intention;
import energy.muster.ied.price.PriceFollower.Decision;
import energy.muster.link.Link;
import energy.muster.metering.Readings;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.response.SupplierChoice;
import energy.muster.seal.Sealed;
import energy.muster.seal.SigningIdentity;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * Looks at prices whenever they, the time or the device may be other than before, and does what
 * comes of it as an order that the device gives to itself. Used by one thread at a time.
 */
final class PriceDesk {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration TRIED = Duration.ofMinutes(1);

  private final SigningIdentity identity;
  private final Site site;
  private final Equipment equipment;
  private final OrderDesk desk;
  private final Timer timer;
  private final Executor executor;
  private final WakeUp wakeUp;
  private final InTurn<Sealed> news;
  private final Pricing prices;
  private List<String> told = List.of();

  /** The hour in which its own usage was read last; empty where that is to be done. */
  private Optional<Instant> usageOf = Optional.empty();

  PriceDesk(
      SigningIdentity identity,
      Site site,
      Equipment equipment,
      OrderDesk desk,
      Timer timer,
      Executor executor) {
    this.identity = identity;
    this.site = site;
    this.equipment = equipment;
    this.prices = equipment.prices();
    this.desk = desk;
    this.timer = timer;
    this.executor = executor;
    wakeUp = new WakeUp(site.clock(), timer);
    news = new InTurn<>(executor, timer, new Delivery());
  }

  private final class Delivery implements InTurn.Fates<Sealed> {
    @Override
    public Payload payload(Sealed change) {
      return Payload.of(Wire.SUPPLIER_CHANGE, change);
    }

    @Override
    public void taken(Sealed change, Payload answer) {
      prices.news().told(change);
      equipment.resave();
    }

    @Override
    public void refused(Sealed change, Throwable why) {
      site.events()
          .trouble(identity.certified().jid(), "the service will not have a change of supplier");
      taken(change, Payload.empty(Wire.SUPPLIER_CHANGE));
    }
  }

  /** Goes on with what the last run left. */
  void resume() {
    prices.news().untold().forEach(news::add);
    look();
  }

  void attach(Link opened) {
    news.attach(opened);
  }

  void proven() {
    news.proven();
  }

  void cut() {
    news.cut();
  }

  boolean quiet() {
    return news.empty();
  }

  void close() {
    wakeUp.cancel();
  }

  /** Prices, the time or the device may be other than before. */
  void look() {
    Reading clock = site.clock().read();
    Instant now = clock.now();
    if (!prices.matters()) {
      wakeUp.cancel();
    } else if (!clock.sure()) {
      prices.follower().unsure();
      again(now.plus(TRIED));
    } else if (desk.idle()) {
      again(step(now));
    } else {
      again(now.plus(SOON));
    }
    tellPeople();
  }

  /** Its own meter has counted more. */
  void counted() {
    usageOf = Optional.empty();
    look();
  }

  /** What it used is read anew each hour: a day may be over by the clocks of some supplier. */
  private void readUsage(Instant now) {
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    OptionalInt days = prices.usageDays();
    Optional<MeteringPoint> point = equipment.meteringPoint();
    if (days.isEmpty() || point.isEmpty() || usageOf.equals(Optional.of(hour))) {
      return;
    }
    usageOf = Optional.of(hour);
    Duration step = point.get().step();
    // A day more at either end, for the zones of suppliers.
    var unused =
        site.journal()
            .intervals(
                identity.certified().jid(), hour.minus(Duration.ofDays(days.getAsInt() + 2L)), now)
            .thenAcceptAsync(intervals -> prices.used(Readings.of(step, intervals)), executor)
            .whenCompleteAsync(
                (read, error) -> {
                  if (error != null) {
                    site.events()
                        .trouble(
                            identity.certified().jid(),
                            "does not know what it used: " + error.getMessage());
                  }
                  look();
                },
                executor);
  }

  /** One thing at most; when to look again. */
  private Instant step(Instant now) {
    readUsage(now);
    prices.choose(now).ifPresent(change -> tell(change, now));
    Decision decision = prices.decide(now);
    decision.intention().ifPresent(intention -> act(intention, now));
    return Stream.of(
            Optional.of(decision.again()),
            decision.intention().map(tried -> now.plus(TRIED)),
            prices.chooseAgain(now))
        .flatMap(Optional::stream)
        .min(Instant::compareTo)
        .orElseThrow();
  }

  private void tellPeople() {
    List<String> remarks = prices.follower().remarks(prices.plan(), Instant::toString);
    if (!remarks.equals(told)) {
      told = remarks;
      equipment.tell();
    }
  }

  private void again(Instant at) {
    wakeUp.set(at, this::look);
  }

  private void act(Intention intention, Instant now) {
    try {
      Admission own = OwnAct.of(intention, identity, site, now);
      Optional<Refusal> refusal = desk.begin(own);
      refusal.ifPresent(no -> prices.refused(intention, no, now));
    } catch (Refused e) {
      // Its own certificate is not, or no longer, believed.
      prices.refused(intention, e.refusal(), now);
    }
  }

  private void tell(SupplierChoice.Change change, Instant now) {
    Sealed signed = prices.news().sign(change, identity, site.name(), now);
    save(signed);
  }

  /** On disk first, so that what is told is never forgotten. */
  private void save(Sealed change) {
    var unused =
        desk.save()
            .whenCompleteAsync(
                (saved, error) -> {
                  if (error == null) {
                    news.add(change);
                  } else {
                    timer.after(SOON, () -> save(change));
                  }
                },
                executor);
  }
}
