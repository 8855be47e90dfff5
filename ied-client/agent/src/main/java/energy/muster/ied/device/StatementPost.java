// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import energy.muster.billing.Bill;
import energy.muster.billing.CostStatement;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.BareJid;
import energy.muster.ied.clock.Timer;
import energy.muster.ied.clock.TrustedClock;
import energy.muster.ied.driver.MeteringPoint;
import energy.muster.link.Link;
import energy.muster.metering.IntervalEnergy;
import energy.muster.metering.Readings;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Once a day, when the service has all readings of the day before, tells it what the device itself
 * reckons since the first of the month. It is made of what is on disk, so that a restart makes the
 * same again. Used by one thread at a time.
 */
final class StatementPost {
  /** The finest steps of which a month has room in a document. */
  private static final Duration FINEST = Duration.ofMinutes(15);

  private final SigningIdentity identity;
  private final Site site;
  private final Equipment equipment;
  private final Executor executor;
  private final InTurn<Payload> turn;
  private Optional<LocalDate> told = Optional.empty();

  StatementPost(
      SigningIdentity identity, Site site, Equipment equipment, Timer timer, Executor executor) {
    this.identity = identity;
    this.site = site;
    this.equipment = equipment;
    this.executor = executor;
    this.turn = new InTurn<>(executor, timer, new Delivery());
  }

  private final class Delivery implements InTurn.Fates<Payload> {
    @Override
    public Payload payload(Payload statement) {
      return statement;
    }

    @Override
    public void taken(Payload statement, Payload answer) {}

    @Override
    public void refused(Payload statement, Throwable why) {
      site.events()
          .trouble(device(), "the service will not have its statement: " + Outbox.reason(why));
    }
  }

  private BareJid device() {
    return identity.certified().jid();
  }

  void attach(Link opened) {
    turn.attach(opened);
  }

  void proven() {
    turn.proven();
  }

  void cut() {
    turn.cut();
  }

  boolean quiet() {
    return turn.empty();
  }

  /** The service has all readings that there are. */
  void drained(MeteringPoint point) {
    TrustedClock.Reading clock = site.clock().read();
    ZoneId zone = equipment.billingZone().orElse(site.zone());
    LocalDate day = clock.now().atZone(zone).toLocalDate().minusDays(1);
    if (!clock.sure()
        || told.filter(day::equals).isPresent()
        || point.step().compareTo(FINEST) < 0) {
      return;
    }
    told = Optional.of(day);
    var unused =
        site.journal()
            .intervals(
                device(),
                day.withDayOfMonth(1).atStartOfDay(zone).toInstant(),
                day.plusDays(1).atStartOfDay(zone).toInstant())
            .thenAcceptAsync(intervals -> tell(point, zone, day, intervals), executor)
            .whenCompleteAsync(
                (done, error) -> {
                  if (error != null) {
                    site.events()
                        .trouble(device(), "cannot tell what it reckons: " + Outbox.reason(error));
                  }
                },
                executor);
  }

  private void tell(
      MeteringPoint point, ZoneId zone, LocalDate day, List<IntervalEnergy> intervals) {
    if (intervals.isEmpty()) {
      return;
    }
    Readings counted = Readings.of(point.step(), intervals);
    TrustedClock.Reading clock = site.clock().read();
    Header header =
        new Header(
            DocumentType.COST_STATEMENT,
            site.name(),
            DocumentId.next(clock.now()),
            device(),
            clock.now());
    CostStatement statement =
        new CostStatement(header, zone, day, counted, bill(header.id(), day, counted));
    turn.add(
        Payload.of(Wire.STATEMENT, Sealer.seal(statement.write(), header.issuedAt(), identity)));
  }

  private Optional<Bill> bill(DocumentId id, LocalDate day, Readings counted) {
    try {
      return equipment.reckon(id, device(), day.withDayOfMonth(1), day.plusDays(1), counted);
    } catch (Refused e) {
      site.events().trouble(device(), "cannot reckon its cost: " + e.getMessage());
      return Optional.empty();
    }
  }
}
