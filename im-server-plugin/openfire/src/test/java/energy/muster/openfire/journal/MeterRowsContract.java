// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire.journal;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.openfire.journal.TestDatabase.Engine;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import energy.muster.service.journal.CorrectionRecord;
import energy.muster.service.journal.Entry;
import energy.muster.service.journal.ReadingsArchive.Statement;
import energy.muster.service.journal.ReadingsArchive.Told;
import energy.muster.service.journal.ReadingsRecord;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Readings and corrections as rows. */
abstract class MeterRowsContract extends JournalOnDatabase {
  private static final BareJid METER = BareJid.parse("meter-1@grid.example");
  private static final BareJid OTHER = BareJid.parse("meter-2@grid.example");
  private static final BareJid ENGINEER = BareJid.parse("eng-1@grid.example");
  private static final Instant START = Instant.parse("2026-07-01T00:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  MeterRowsContract(Engine engine) {
    super(engine);
  }

  private static ReadingsRecord readings(BareJid meter, long sequence, int hour) {
    Instant start = START.plus(HOUR.multipliedBy(hour));
    byte[] content = {(byte) sequence, (byte) hour};
    return new ReadingsRecord(
        meter,
        sequence,
        start,
        start.plus(HOUR),
        start.plus(HOUR),
        Digest.of(content),
        new Sealed(content));
  }

  private static CorrectionRecord correction(int hour) {
    Instant start = START.plus(HOUR.multipliedBy(hour));
    byte[] content = {(byte) hour};
    return new CorrectionRecord(
        METER,
        ENGINEER,
        DocumentId.next(start),
        start,
        start.plus(HOUR),
        start,
        Digest.of(content),
        new Sealed(content));
  }

  private void write(ReadingsRecord record) {
    done(journal().append(new Entry.ReadingsTaken(record)));
  }

  @Test
  void whatAMeterToldIsFoundByItsTime() {
    for (int hour = 0; hour < 4; hour++) {
      write(readings(METER, hour + 1, hour));
    }
    write(readings(OTHER, 1, 2));
    assertThat(done(journal().readings(METER, START.plus(HOUR), START.plus(HOUR.multipliedBy(3)))))
        .containsExactly(readings(METER, 2, 1), readings(METER, 3, 2));
    assertThat(done(journal().told(METER))).contains(new Told(4, START.plus(HOUR.multipliedBy(4))));
    assertThat(done(journal().told(ENGINEER))).isEmpty();
    assertThat(done(journal().readings(METER, 3))).contains(readings(METER, 3, 2).digest());
    assertThat(done(journal().readings(METER, 9))).isEmpty();
  }

  @Test
  void correctionsAreFoundInTheirOrder() {
    CorrectionRecord second = correction(2);
    CorrectionRecord first = correction(1);
    done(journal().append(new Entry.ReadingsCorrected(second)));
    done(journal().append(new Entry.ReadingsCorrected(first)));
    assertThat(done(journal().corrections(METER, START, START.plus(HOUR.multipliedBy(9)))))
        .containsExactly(second, first);
    assertThat(done(journal().correction(ENGINEER, first.id()))).contains(first.digest());
  }

  @Test
  void theLastStatementTakesThePlaceOfTheOneBefore() {
    Statement first = new Statement(METER, START, false, "differs", new Sealed(new byte[] {1}));
    Statement second =
        new Statement(METER, START.plus(HOUR), true, "agrees", new Sealed(new byte[] {2}));
    done(journal().append(new Entry.StatementTaken(first)));
    done(journal().append(new Entry.StatementTaken(second)));
    assertThat(done(journal().statement(METER))).contains(second);
    assertThat(done(journal().statement(OTHER))).isEmpty();
  }

  @Test
  void theLastDocumentOfAMeterIsNeverForgotten() {
    write(readings(METER, 1, 0));
    write(readings(METER, 2, 1));
    done(journal().prune(START.plus(Duration.ofDays(1))));
    assertThat(done(journal().readings(METER, 1))).isEmpty();
    assertThat(done(journal().told(METER)).orElseThrow().sequence()).isEqualTo(2);
  }
}
