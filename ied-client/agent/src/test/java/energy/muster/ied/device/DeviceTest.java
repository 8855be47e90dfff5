// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.identity.Role;
import energy.muster.ied.driver.DriverSettings;
import energy.muster.ied.fixture.MortalJournal;
import energy.muster.ied.fixture.Orders;
import energy.muster.ied.fixture.TestSite;
import energy.muster.ied.journal.SqliteJournal;
import energy.muster.json.Json;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Result;
import energy.muster.presence.Operating;
import energy.muster.presence.RestrictionReason;
import energy.muster.presence.Show;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.SigningIdentity;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One device from delivery to outcome, with real keys and a real journal. */
class DeviceTest {
  private static final DriverSettings.Load LOAD =
      new DriverSettings.Load(Power.kilowatts(20), false, Optional.empty());
  private static final DriverSettings.Generator GENERATOR =
      new DriverSettings.Generator(
          Power.kilowatts(500),
          Duration.ofSeconds(20),
          Duration.ofSeconds(10),
          BigDecimal.valueOf(81),
          Duration.ofHours(8));

  @TempDir Path folder;
  private final ExecutorService workers = Executors.newFixedThreadPool(2);
  private final TestSite site = new TestSite("load-48");
  private SqliteJournal journal;

  @BeforeEach
  void openJournal() {
    journal = SqliteJournal.open(folder.resolve("journal.db"));
  }

  @AfterEach
  void close() {
    journal.close();
    workers.shutdownNow();
  }

  private void restart(DriverSettings driver) {
    journal.close();
    openJournal();
    site.start(driver, journal, workers);
  }

  private Outcome outcome(DocumentId id) {
    await().until(() -> !site.outcomes(id).isEmpty());
    return site.outcomes(id).get(0);
  }

  private Outcome carryOut(Orders order) {
    CompletableFuture<Payload> answer = site.link().deliver(order.delivery());
    assertThat(answer.join().wire()).isEqualTo(Wire.OUTCOME);
    return outcome(order.id());
  }

  private static void assertDeclined(Outcome outcome, Reason reason) {
    assertThat(outcome.result()).isInstanceOf(Result.Declined.class);
    assertThat(((Result.Declined) outcome.result()).refusal().reason()).isEqualTo(reason);
  }

  private Reason refusal(Payload delivery) {
    CompletableFuture<Payload> answer = site.link().deliver(delivery);
    Throwable error = answer.handle((payload, thrown) -> thrown).join();
    assertThat(error).isInstanceOf(Refused.class);
    return ((Refused) error).refusal().reason();
  }

  @Test
  void aShedLoadIsOffAndSaysSo() {
    site.start(LOAD, journal, workers).link().prove();

    Outcome outcome = carryOut(site.order(Verb.SHED));

    assertThat(outcome.result())
        .isEqualTo(new Result.Executed("off", Optional.of(Power.kilowatts(20))));
    assertThat(outcome.state().orElseThrow().operating()).isEqualTo(Operating.OFF);
    site.time().advance(Duration.ofSeconds(1));
    await()
        .untilAsserted(
            () -> {
              site.time().advance(Duration.ofSeconds(1));
              assertThat(site.link().announcements())
                  .last()
                  .satisfies(last -> assertThat(last.show()).isEqualTo(Show.AWAY));
            });
  }

  @Test
  void aRepeatedDeliveryGetsTheSameOutcomeAgain() {
    site.start(LOAD, journal, workers).link().prove();
    Orders order = site.order(Verb.SHED);
    Payload delivery = order.delivery();
    site.link().deliver(delivery).join();
    Outcome first = outcome(order.id());

    assertThat(site.link().deliver(delivery).join().wire()).isEqualTo(Wire.RECEIVED);

    await().until(() -> site.outcomes(order.id()).size() == 2);
    assertThat(site.outcomes(order.id())).containsOnly(first);
    assertThat(site.events().lines()).containsOnlyOnce("command shed");
  }

  @Test
  void theSameIdWithOtherContentIsAConflict() {
    site.start(LOAD, journal, workers).link().prove();
    Orders order = site.order(Verb.SHED);
    carryOut(order);

    assertThat(refusal(site.order(Verb.RESTORE).id(order.id()).delivery()))
        .isEqualTo(Reason.ID_CONFLICT);
  }

  @Test
  void stateAndReplayMemorySurviveARestart() {
    site.start(LOAD, journal, workers).link().prove();
    Orders order = site.order(Verb.SHED);
    Outcome first = carryOut(order);
    long revision = first.state().orElseThrow().revision();

    restart(LOAD);
    site.link().prove();
    site.link().deliver(order.delivery()).join();

    assertThat(site.link().presence().orElseThrow().operating()).isEqualTo(Operating.OFF);
    assertThat(site.link().presence().orElseThrow().revision()).isGreaterThan(revision);
    assertThat(site.events().lines()).containsOnlyOnce("command shed");
  }

  @Test
  void anOutcomeIsSentUntilTheServiceHasIt() {
    site.start(LOAD, journal, workers).link().serviceIsSilent();
    site.link().prove();
    Orders order = site.order(Verb.SHED);
    carryOut(order);

    restart(LOAD);
    assertThat(site.link().outcomes()).isEmpty();
    site.link().prove();

    assertThat(outcome(order.id()).result())
        .isEqualTo(new Result.Executed("off", Optional.of(Power.kilowatts(20))));
    await().until(() -> journal.open(site.jid()).join().unsent().isEmpty());
  }

  @Test
  void anUnacknowledgedOutcomeIsSentAgainAfterAPause() {
    site.start(LOAD, journal, workers).link().serviceIsSilent();
    site.link().prove();
    Orders order = site.order(Verb.SHED);
    carryOut(order);

    await()
        .until(
            () -> {
              site.time().advance(Duration.ofSeconds(2));
              return site.outcomes(order.id()).size() > 1;
            });
  }

  @Test
  void anOrderWithAnEndIsUndoneEvenAfterARestart() {
    site.start(LOAD, journal, workers).link().prove();
    carryOut(site.order(Verb.SHED).until(site.time().instant().plus(Duration.ofMinutes(30))));

    restart(LOAD);
    site.time().advance(Duration.ofMinutes(31));

    await()
        .untilAsserted(
            () -> {
              site.time().advance(Duration.ofSeconds(1));
              assertThat(site.link().presence().orElseThrow().operating()).isEqualTo(Operating.ON);
            });
  }

  @Test
  void aLaterOrderOutlivesTheEndOfAnEarlierOne() {
    site.start(LOAD, journal, workers).link().prove();
    carryOut(site.order(Verb.SHED).until(site.time().instant().plus(Duration.ofMinutes(5))));
    carryOut(site.order(Verb.SHED));

    site.time().advance(Duration.ofMinutes(6));

    Outcome read = carryOut(site.order(Verb.READ));
    assertThat(read.state().orElseThrow().operating()).isEqualTo(Operating.OFF);
  }

  @Test
  void aGeneratorRefusesToStopWhileItStarts() {
    site.start(GENERATOR, journal, workers).link().prove();

    assertThat(carryOut(site.order(Verb.START)).result().text()).isEqualTo("starting, on in 20 s");
    Outcome stop = carryOut(site.order(Verb.STOP));

    assertDeclined(stop, Reason.INTERLOCKED);
    assertThat(stop.result().text()).isEqualTo("starting, 20 s left");
    assertThat(stop.state().orElseThrow().restriction().orElseThrow().reason())
        .isEqualTo(RestrictionReason.INTERLOCKED);
    site.time().advance(Duration.ofSeconds(21));
    assertThat(carryOut(site.order(Verb.READ)).state().orElseThrow().operating())
        .isEqualTo(Operating.ON);
  }

  @Test
  void aSyncTimeWithTheDevicesNonceMakesItSureOnce() {
    SigningIdentity authority = site.pki().identity("time-1", Role.TIME_AUTHORITY, "*");
    site.start(LOAD, journal, workers).link().prove();
    carryOut(site.order(Verb.SHED));
    Instant real = site.time().instant();
    site.time().set(real.minus(Duration.ofMinutes(2)));

    assertDeclined(carryOut(site.order(Verb.RESTORE).issuedAt(real)), Reason.CLOCK_UNSURE);
    String nonce = carryOut(site.order(Verb.READ).issuedAt(real)).clock().orElseThrow().nonce();
    Instruction sync = new Instruction.SyncTime(nonce, real.plusSeconds(1));
    assertThat(carryOut(Orders.order(authority, site.jid(), sync, real)).result())
        .isInstanceOf(Result.Executed.class);

    assertThat(site.clock().read().sure()).isTrue();
    assertDeclined(
        carryOut(Orders.order(authority, site.jid(), sync, real.plusSeconds(1))), Reason.REPLAYED);
    assertThat(carryOut(site.order(Verb.RESTORE).issuedAt(real.plusSeconds(1))).result())
        .isInstanceOf(Result.Executed.class);
  }

  @Test
  void aRevocationListFromAnybodyIsTakenAndKept() {
    site.start(LOAD, journal, workers).link().prove();
    site.pki().revoke(site.operator());
    site.pki().crl();
    byte[] list = site.pki().crl();
    Payload crl =
        Payload.of(Wire.CRL, Json.object().put("crl", Base64.getEncoder().encodeToString(list)));

    assertThat(site.link().deliver(crl).join()).isEqualTo(Payload.empty(Wire.CRL));

    assertThat(refusal(site.order(Verb.SHED).delivery())).isEqualTo(Reason.REVOKED);
    journal.close();
    openJournal();
    assertThat(journal.revocationLists()).hasSize(1).first().isEqualTo(list);
  }

  @Test
  void refusalsAboveTenAMinuteAreCountedNotRecorded() {
    SigningIdentity viewer = site.pki().viewer("viewer-1", "*");
    site.start(LOAD, journal, workers).link().prove();
    for (int i = 0; i < RefusalCount.RECORDED_A_MINUTE; i++) {
      carryOut(Orders.order(viewer, site.jid(), Verb.SHED, site.time().instant()));
    }

    Payload eleventh =
        Orders.order(viewer, site.jid(), Verb.SHED, site.time().instant()).delivery();

    assertThat(refusal(eleventh)).isEqualTo(Reason.RATE_LIMITED);
    assertThat(site.outcomes()).hasSize(RefusalCount.RECORDED_A_MINUTE);
  }

  @Test
  void withoutDiskSpaceItReadsButDoesNothingElse() {
    MortalJournal full = new MortalJournal(journal);
    site.start(LOAD, full, workers).link().prove();
    full.full(true);

    Orders shed = site.order(Verb.SHED);
    assertThat(refusal(shed.delivery())).isEqualTo(Reason.NO_SPACE);
    assertThat(carryOut(site.order(Verb.READ)).state().orElseThrow().operating())
        .isEqualTo(Operating.ON);

    full.full(false);
    assertThat(carryOut(shed).result())
        .isEqualTo(new Result.Executed("off", Optional.of(Power.kilowatts(20))));
  }

  @Test
  void stoppingSaysGoodbye() {
    site.start(LOAD, journal, workers).link().prove();

    site.device().stop("maintenance", workers).join();

    assertThat(site.link().goodbyes()).isEqualTo(List.of("maintenance"));
  }
}
