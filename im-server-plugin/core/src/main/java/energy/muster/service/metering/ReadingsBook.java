// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.metering;

import energy.muster.identity.BareJid;
import energy.muster.identity.Certified;
import energy.muster.json.Fields;
import energy.muster.metering.MeterBook;
import energy.muster.metering.MeterReadings;
import energy.muster.metering.Readings;
import energy.muster.metering.ReadingsCorrection;
import energy.muster.metering.ReadingsPage;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.service.journal.CorrectionRecord;
import energy.muster.service.journal.Journal;
import energy.muster.service.journal.ReadingsArchive.Told;
import energy.muster.service.journal.ReadingsRecord;
import energy.muster.service.ledger.Ledger;
import energy.muster.service.view.Coverage;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Gives a meter's readings to those who may see the meter. Safe for use by many threads. */
public final class ReadingsBook {
  private static final Duration MOST = Duration.ofDays(400);

  private final Journal journal;
  private final Ledger ledger;

  ReadingsBook(Journal journal, Ledger ledger) {
    this.journal = journal;
    this.ledger = ledger;
  }

  private record Asked(BareJid meter, Instant from, Instant until) {
    static Asked read(Fields fields) {
      Asked asked =
          new Asked(
              fields.value("meter", BareJid::parse),
              fields.instant("from"),
              fields.instant("until"));
      if (!asked.from().isBefore(asked.until())
          || asked.from().plus(MOST).isBefore(asked.until())) {
        throw new IllegalArgumentException(
            "readings are asked for from a time until a later one, at most %d days"
                .formatted(MOST.toDays()));
      }
      return asked;
    }
  }

  /** The same whether or not there is such a meter. */
  static Refused unknown() {
    return new Refused(Reason.UNKNOWN, "there is no such device that you may know of");
  }

  CompletionStage<Payload> page(Certified person, Payload request) {
    Asked asked = Fields.readAll(request.requireJson(), Asked::read);
    if (!Coverage.covers(person, asked.meter(), ledger)) {
      throw unknown();
    }
    return journal
        .told(asked.meter())
        .thenCombine(
            of(asked.meter(), asked.from(), asked.until()),
            (told, readings) ->
                Payload.of(
                    Wire.READINGS,
                    new ReadingsPage(asked.meter(), readings, told.map(Told::end)).write()));
  }

  /**
   * What is known of a meter's intervals that start within a time.
   *
   * @throws Refused {@code precondition} where the meter's intervals changed their length in it
   */
  public CompletionStage<Optional<Readings>> of(BareJid meter, Instant from, Instant until) {
    return journal
        .readings(meter, from, until)
        .thenCombine(
            journal.corrections(meter, from, until),
            (said, corrections) ->
                MeterBook.of(
                        said.stream().map(ReadingsBook::document).toList(), changes(corrections))
                    .flatMap(all -> all.within(from, until)));
  }

  // Its seal was checked when it was taken, and a certificate may have lapsed since.
  private static MeterReadings document(ReadingsRecord record) {
    return MeterReadings.read(record.sealed().unverified());
  }

  private static List<MeterBook.Change> changes(List<CorrectionRecord> corrections) {
    return corrections.stream()
        .map(
            record -> {
              ReadingsCorrection word = ReadingsCorrection.read(record.sealed().unverified());
              return new MeterBook.Change(
                  word.header().issuedAt(),
                  word.header().issuer().local() + ": " + word.reason(),
                  word.intervals());
            })
        .toList();
  }
}
