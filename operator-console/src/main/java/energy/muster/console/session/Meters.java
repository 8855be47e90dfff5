// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.session;

import energy.muster.billing.Account;
import energy.muster.billing.Bill;
import energy.muster.billing.Biller;
import energy.muster.billing.CostStatement;
import energy.muster.billing.MeterStatement;
import energy.muster.console.language.Hint;
import energy.muster.console.language.Line;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.BareJid;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.metering.IntervalEnergy;
import energy.muster.metering.Quality;
import energy.muster.metering.Readings;
import energy.muster.metering.ReadingsCorrection;
import energy.muster.metering.ReadingsPage;
import energy.muster.presence.Contact;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealer;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What meters counted, what is owed for it, and what a person corrects of it. */
final class Meters {
  private static final Duration ANSWER = Duration.ofSeconds(20);

  /** Over which charges may look back for the largest power. */
  private static final int MONTHS_BACK = 12;

  private final Setup setup;
  private final Mirror mirror;
  private final Questions questions;
  private final Notary notary;
  private final Offers offers;
  private final Settlement settlement;
  private final Consumer<Event> events;

  Meters(
      Setup setup,
      Mirror mirror,
      Questions questions,
      Notary notary,
      Offers offers,
      Settlement settlement,
      Consumer<Event> events) {
    this.setup = setup;
    this.mirror = mirror;
    this.questions = questions;
    this.notary = notary;
    this.offers = offers;
    this.settlement = settlement;
    this.events = events;
  }

  LineResult run(Line.OfMeters line) throws InterruptedException {
    if (line instanceof Line.Meter asked) {
      return meter(asked);
    } else if (line instanceof Line.MeterReadings asked) {
      return readings(asked);
    } else if (line instanceof Line.BillFor asked) {
      return bill(asked);
    } else if (line instanceof Line.Correct correct) {
      return correct(correct);
    } else if (line instanceof Line.Settle settle) {
      return settle(settle);
    }
    throw new IllegalStateException(line + " is not about meters");
  }

  private Instant now() {
    return setup.clock().instant();
  }

  /** What the service knows of a meter over a time. */
  static ReadingsPage page(Questions questions, BareJid meter, Instant from, Instant until)
      throws InterruptedException {
    Payload question =
        Payload.of(
            Wire.READINGS,
            Json.object()
                .put("meter", meter.toString())
                .put("from", from.toString())
                .put("until", until.toString()));
    ReadingsPage page = ReadingsPage.read(questions.get(question, ANSWER).requireLargeJson());
    if (!page.meter().equals(meter)) {
      throw new Refused(Reason.MALFORMED, "the service answered about another meter");
    }
    return page;
  }

  private ReadingsPage page(BareJid meter, LocalDate from, LocalDate until, ZoneId zone)
      throws InterruptedException {
    return page(
        questions,
        meter,
        from.atStartOfDay(zone).toInstant(),
        until.atStartOfDay(zone).toInstant());
  }

  private static Readings counted(ReadingsPage page) {
    return page.readings()
        .orElseThrow(
            () ->
                new Refused(
                    Refusal.of(
                        Reason.UNKNOWN,
                        "%s has told no readings of that time%s",
                        page.meter().local(),
                        page.known().map(until -> "; it has until " + until).orElse(""))));
  }

  private MeterStatement statement(
      BareJid meter, Readings readings, Instant at, Optional<Bill> bill) {
    Optional<DevicePresence> presence = mirror.contact(meter).flatMap(Contact::presence);
    return MeterStatement.of(
        meter,
        presence.map(DevicePresence::kind).orElse(DeviceKind.METER),
        presence.flatMap(DevicePresence::location),
        readings,
        at,
        setup.zone(),
        bill);
  }

  private LineResult meter(Line.Meter asked) throws InterruptedException {
    BareJid meter = mirror.address(asked.meter());
    LocalDate today = now().atZone(setup.zone()).toLocalDate();
    ReadingsPage page = page(meter, today.withDayOfMonth(1), today.plusDays(1), setup.zone());
    MeterStatement statement = statement(meter, counted(page), now(), Optional.empty());
    events.accept(new Event.MeterShown(now(), statement, page, own(meter)));
    return new LineResult.Done(true);
  }

  /** What it reckons by itself, by its signature. */
  private Optional<OwnStatement> own(BareJid meter) throws InterruptedException {
    Payload question = Payload.of(Wire.STATEMENT, Json.object().put("meter", meter.toString()));
    Payload answer = questions.get(question, ANSWER);
    if (answer.sealed().isEmpty()) {
      return Optional.empty();
    }
    CostStatement statement = notary.statement(answer.requireSealed(), meter);
    return Optional.of(
        Fields.of(answer.requireJson())
            .some(
                said ->
                    new OwnStatement(
                        statement, said.instant("at"), said.flag("agrees"), said.text("verdict"))));
  }

  private LineResult readings(Line.MeterReadings asked) throws InterruptedException {
    BareJid meter = mirror.address(asked.meter());
    Line.Period period = asked.period();
    ReadingsPage page = page(meter, period.from(), period.until(), setup.zone());
    Readings readings = counted(page);
    Instant end = period.until().atStartOfDay(setup.zone()).toInstant().minusSeconds(1);
    Instant at = now().isBefore(end) ? now() : end;
    MeterStatement statement = statement(meter, readings, at, Optional.empty());
    Optional<Path> file = Optional.empty();
    if (asked.file().isPresent()) {
      file = Optional.of(MeterFiles.write(asked.file().get(), page, statement));
    }
    events.accept(new Event.ReadingsShown(now(), statement, page, file));
    return new LineResult.Done(true);
  }

  private LineResult bill(Line.BillFor asked) throws InterruptedException {
    BareJid meter = mirror.address(asked.meter());
    Offers.Offer offer = offers.of(asked.tariff());
    LocalDate from = asked.period().from();
    LocalDate until = asked.period().until();
    LocalDate back = offer.looksBack() ? from.minusMonths(MONTHS_BACK) : from;
    Readings readings = counted(page(meter, back, until, offer.zone()));
    Bill bill =
        new Biller(offer.tariffs(), offer.prices())
            .bill(
                DocumentId.next(now()),
                new Account(meter, offer.name(), Optional.empty()),
                from,
                until,
                readings);
    Optional<Path> file = Optional.empty();
    if (asked.file().isPresent()) {
      MeterStatement statement = statement(meter, readings, now(), Optional.of(bill));
      file = Optional.of(MeterFiles.write(asked.file().get(), bill, statement));
    }
    events.accept(new Event.Billed(now(), bill, readings.end(), file));
    return new LineResult.Done(true);
  }

  private LineResult correct(Line.Correct correct) throws InterruptedException {
    BareJid meter = mirror.address(correct.meter());
    Instant start = correct.start().atZone(setup.zone()).toInstant();
    ReadingsPage page = page(questions, meter, start, start.plusSeconds(1));
    Readings there = counted(page);
    if (!there.start().equals(start)) {
      throw new Hint(0, "no interval of " + meter.local() + " begins then");
    }
    IntervalEnergy before = there.at(0);
    Set<Quality> none = EnumSet.noneOf(Quality.class);
    IntervalEnergy by = new IntervalEnergy(start, correct.wattHours(), before.exportWh(), none);
    Header header =
        new Header(
            DocumentType.READINGS_CORRECTION,
            setup.site(),
            DocumentId.next(now()),
            setup.identity().certified().jid(),
            now());
    ReadingsCorrection document =
        new ReadingsCorrection(header, meter, there.step(), List.of(by), correct.reason());
    Payload submission =
        Payload.of(
            Wire.READINGS_CORRECTION,
            Sealer.seal(document.write(), header.issuedAt(), setup.identity()));
    questions.set(submission, ANSWER, why -> {});
    events.accept(new Event.Corrected(now(), meter, before, by, correct.reason()));
    return new LineResult.Done(true);
  }

  private LineResult settle(Line.Settle settle) throws InterruptedException {
    Settled settled = settlement.of(settle.order());
    Optional<Path> file = Optional.empty();
    if (settle.file().isPresent()) {
      file = Optional.of(MeterFiles.write(settle.file().get(), settled));
    }
    events.accept(new Event.Settlement(now(), settled, file));
    return new LineResult.Done(settled.figure().isPresent());
  }
}
