// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.metering;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.fixture.TestPki;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.metering.IntervalEnergy;
import energy.muster.metering.MeterReadings;
import energy.muster.metering.Quality;
import energy.muster.metering.Readings;
import energy.muster.metering.ReadingsCorrection;
import energy.muster.metering.ReadingsPage;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.service.journal.Entry;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From what meters say to what people read. */
final class ReadingsTest {
  private static final Duration QUARTER = Duration.ofMinutes(15);

  private final World world = new World();
  private final SigningIdentity meter = world.pki.device("meter-1", "branch-60");
  private final SigningIdentity engineer = world.pki.identity("eng-1", Role.ENGINEER, "branch-60");
  private FullJid session = world.prove(meter, "m");
  private final FullJid person = world.prove(world.pki.operator("op-1", "branch-60"), "console");
  private final FullJid corrector = world.prove(engineer, "console");

  /** The quarter of an hour before the last whole hour but two, and counted from there. */
  private Instant quarter(int number) {
    long hour = Math.floorDiv(world.clock.instant().getEpochSecond(), 3600) - 48;
    return Instant.ofEpochSecond(hour * 3600).plus(QUARTER.multipliedBy(number));
  }

  private MeterReadings readings(long sequence, int first, long... wh) {
    return readings(meter, sequence, quarter(first), Optional.empty(), wh);
  }

  private MeterReadings readings(
      SigningIdentity issuer, long sequence, Instant start, Optional<String> corrects, long... wh) {
    List<IntervalEnergy> intervals = new ArrayList<>();
    for (int i = 0; i < wh.length; i++) {
      intervals.add(IntervalEnergy.valid(start.plus(QUARTER.multipliedBy(i)), wh[i], 0));
    }
    Header header = world.header(DocumentType.METER_READINGS, issuer.certified().jid());
    return new MeterReadings(header, sequence, QUARTER, intervals, corrects);
  }

  private Payload sealed(MeterReadings readings) {
    return Payload.of(Wire.READINGS, Sealer.seal(readings.write(), meter));
  }

  private void tell(MeterReadings readings) {
    assertThat(world.set(session, sealed(readings)).requireJson().get("sequence").asLong())
        .isEqualTo(readings.sequence());
  }

  private ReadingsPage page(FullJid asker, int first, int end) {
    Payload answer =
        world.get(
            asker,
            Payload.of(
                Wire.READINGS,
                Json.object()
                    .put("meter", meter.certified().jid().toString())
                    .put("from", quarter(first).toString())
                    .put("until", quarter(end).toString())));
    return ReadingsPage.read(answer.requireLargeJson());
  }

  private Readings known(int first, int end) {
    return page(person, first, end).readings().orElseThrow();
  }

  private Payload correction(SigningIdentity by, int first, long... wh) {
    List<IntervalEnergy> intervals = new ArrayList<>();
    for (int i = 0; i < wh.length; i++) {
      intervals.add(IntervalEnergy.valid(quarter(first + i), wh[i], 0));
    }
    Header header = world.header(DocumentType.READINGS_CORRECTION, by.certified().jid());
    byte[] content =
        new ReadingsCorrection(
                header, meter.certified().jid(), QUARTER, intervals, "read at the substation")
            .write();
    return Payload.of(Wire.READINGS_CORRECTION, Sealer.seal(content, by));
  }

  /** What people were told last. */
  private String told() {
    List<Entry.Noticed> notices = world.journal.entries(Entry.Noticed.class);
    return notices.get(notices.size() - 1).text();
  }

  @Test
  void whatAMeterTellsIsReadByThoseWhoMaySeeIt() {
    tell(readings(1, 0, 250, 260));
    tell(readings(2, 2, 270));
    assertThat(known(0, 8).sum(quarter(0), quarter(8)).importWh()).isEqualTo(780);
    assertThat(page(person, 0, 8).known()).contains(quarter(3));
    assertThat(known(1, 2).importWh(0)).as("only what was asked for").isEqualTo(260);
  }

  @Test
  void theSameDocumentAgainIsAnsweredAsBeforeAlsoAfterARestart() {
    MeterReadings first = readings(1, 0, 250);
    tell(first);
    tell(readings(2, 1, 260));
    tell(first);
    world.killAndRestart();
    session = world.prove(meter, "m2");
    tell(first);
    FullJid again = world.prove(world.pki.operator("op-2", "branch-60"), "console");
    assertThat(page(again, 0, 8).readings().orElseThrow().size()).isEqualTo(2);
  }

  @Test
  void anotherDocumentUnderTheSameNumberIsRefused() {
    tell(readings(1, 0, 250));
    assertThat(world.refusal(session, sealed(readings(1, 0, 999)))).isEqualTo(Reason.ID_CONFLICT);
    assertThat(world.refusal(session, sealed(readings(1, 4, 250)))).isEqualTo(Reason.ID_CONFLICT);
    assertThat(known(0, 8).importWh(0)).isEqualTo(250);
  }

  @Test
  void anIntervalThatIsThereIsNotToldTwice() {
    tell(readings(1, 0, 250, 260));
    assertThat(world.refusal(session, sealed(readings(2, 1, 1)))).isEqualTo(Reason.ID_CONFLICT);
  }

  @Test
  void theWordOfAnotherDeviceIsRefused() {
    FullJid other = world.prove(world.pki.device("meter-2", "branch-60"), "n");
    assertThat(world.refusal(other, sealed(readings(1, 0, 250)))).isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void aForgedDocumentIsRefused() {
    byte[] forged = sealed(readings(1, 0, 250)).requireSealed().cms();
    for (int i = 0; i < forged.length - 3; i++) {
      if (forged[i] == '2' && forged[i + 1] == '5' && forged[i + 2] == '0') {
        forged[i] = '9';
      }
    }
    assertThat(world.refusal(session, Payload.of(Wire.READINGS, new Sealed(forged))))
        .isEqualTo(Reason.BAD_SIGNATURE);
    SigningIdentity stranger = new TestPki(world.clock).device("meter-1", "branch-60");
    Sealed unknown = Sealer.seal(readings(1, 0, 250).write(), stranger);
    assertThat(world.refusal(session, Payload.of(Wire.READINGS, unknown)))
        .isEqualTo(Reason.UNTRUSTED);
  }

  @Test
  void aTimeThatHasNotBeenOrIsLongOverIsRefused() {
    Instant soon = quarter(4 * 49);
    Instant old = quarter(0).minus(Duration.ofDays(401));
    assertThat(world.refusal(session, sealed(readings(meter, 1, soon, Optional.empty(), 1))))
        .isEqualTo(Reason.STALE);
    assertThat(world.refusal(session, sealed(readings(meter, 1, old, Optional.empty(), 1))))
        .isEqualTo(Reason.STALE);
  }

  @Test
  void theDayInWhichTheTimeEndsThatReadingsAreTakenForIsTaken() {
    Instant start = quarter(4 * 48 - 50).minus(Duration.ofDays(400));
    tell(readings(meter, 1, start, Optional.empty(), new long[96]));
  }

  @Test
  void intervalsBeginWithTheClock() {
    Instant odd = quarter(0).plus(Duration.ofMinutes(7));
    assertThat(world.refusal(session, sealed(readings(meter, 1, odd, Optional.empty(), 1))))
        .isEqualTo(Reason.INVALID_ARGUMENT);
  }

  @Test
  void aNumberThatWasSkippedIsTakenAndTold() {
    tell(readings(1, 0, 250));
    tell(readings(4, 9, 250));
    assertThat(world.notices(person)).containsExactly("readings");
    assertThat(told()).contains("readings 2 to 3");
    assertThat(known(0, 12).is(3, Quality.MISSING)).isTrue();
  }

  @Test
  void whoMayNotSeeTheMeterLearnsNothingNotEvenThatItIs() {
    tell(readings(1, 0, 250));
    FullJid stranger = world.prove(world.pki.operator("op-9", "branch-7"), "console");
    assertThat(refused(stranger)).isEqualTo(Reason.UNKNOWN);
    assertThat(
            world.refusal(
                stranger, correction(world.pki.identity("op-9", Role.OPERATOR, "branch-7"), 0, 1)))
        .isEqualTo(Reason.UNKNOWN);
  }

  private Reason refused(FullJid asker) {
    try {
      page(asker, 0, 1);
    } catch (Refused no) {
      return no.refusal().reason();
    }
    throw new AssertionError("was not refused");
  }

  @Test
  void anEngineerCorrectsAndTheOriginalIsKept() {
    tell(readings(1, 0, 250, 260));
    Payload correction = correction(engineer, 1, 300);
    world.set(corrector, correction);
    world.set(corrector, correction);
    Readings now = known(0, 2);
    assertThat(now.importWh(1)).isEqualTo(300);
    assertThat(now.is(1, Quality.CORRECTED)).isTrue();
    assertThat(now.original(1).importWh()).isEqualTo(260);
    assertThat(now.corrections())
        .singleElement()
        .satisfies(each -> assertThat(each.reason()).isEqualTo("eng-1: read at the substation"));
    assertThat(told()).contains("eng-1 corrected 1");
  }

  @Test
  void aCorrectionIsOfWhatIsThereAndByAnEngineer() {
    tell(readings(1, 0, 250));
    assertThat(world.refusal(corrector, correction(engineer, 5, 1))).isEqualTo(Reason.UNKNOWN);
    SigningIdentity operator = world.pki.operator("op-3", "branch-60");
    FullJid console = world.prove(operator, "console");
    assertThat(world.refusal(console, correction(operator, 0, 1))).isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void aMetersOwnCorrectionTakesThePlaceOfWhatItSaid() {
    tell(readings(1, 0, 250, 260));
    tell(readings(meter, 2, quarter(0), Optional.of("read back"), 240));
    assertThat(known(0, 2).importWh(0)).isEqualTo(240);
    assertThat(known(0, 2).original(0).importWh()).isEqualTo(250);
    tell(readings(3, 2, 100));
  }

  @Test
  void nothingIsAnsweredBeforeItIsOnDisk() {
    world.journal.breakDown(true);
    var answer = world.service().request(session, true, sealed(readings(1, 0, 250)));
    assertThat(answer.toCompletableFuture()).isCompletedExceptionally();
    world.journal.breakDown(false);
    tell(readings(1, 0, 250));
  }
}
