// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.ied.driver.DriverSettings;
import energy.muster.ied.fixture.CountingDriver;
import energy.muster.ied.fixture.Orders;
import energy.muster.ied.fixture.TestSite;
import energy.muster.ied.journal.SqliteJournal;
import energy.muster.outcome.KeptOutcomes;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Result;
import energy.muster.seal.Digest;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An outcome that comes soon enough to be the answer to its delivery. */
class QuickOutcomeTest {
  private static final DriverSettings LOAD =
      new DriverSettings.Load(Power.kilowatts(20), false, Optional.empty());
  private static final Duration SENT_AGAIN = Duration.ofSeconds(61);

  @TempDir Path folder;
  private final ExecutorService workers = Executors.newFixedThreadPool(2);
  private final TestSite site = new TestSite("load-48");
  private SqliteJournal journal;

  @BeforeEach
  void open() {
    journal = SqliteJournal.open(folder.resolve("journal.db"));
  }

  @AfterEach
  void close() {
    journal.close();
    workers.shutdownNow();
  }

  /** Brings an order as the service does, which says nothing more of what it is answered. */
  private CompletableFuture<Payload> bring(Orders order) {
    return site.link().ask("muster." + site.jid().domain(), order.delivery());
  }

  private Payload answer(Orders order) {
    return bring(order).join();
  }

  private boolean acknowledged() {
    return journal.open(site.jid()).join().unsent().isEmpty();
  }

  private void keep(Payload outcome) {
    site.device().told(new KeptOutcomes(Set.of(outcome.requireSealed().digest())).payload());
  }

  @Test
  void isTheAnswerAndIsNotSentBeside() {
    site.start(LOAD, journal, workers).link().prove();

    Payload answer = answer(site.order(Verb.SHED));

    assertThat(answer.wire()).isEqualTo(Wire.OUTCOME);
    assertThat(Outcome.read(answer.requireSealed().unverified()).result())
        .isInstanceOf(Result.Executed.class);
    assertThat(answer.requireJson().path("journalSeq").asLong()).isPositive();
    assertThat(site.link().outcomes()).isEmpty();
    assertThat(acknowledged()).isFalse();
  }

  @Test
  void isForgottenWhenTheServiceSaysThatItIsKept() {
    site.start(LOAD, journal, workers).link().prove();
    Payload answer = answer(site.order(Verb.SHED));

    keep(answer);
    await().until(this::acknowledged);
    site.time().advance(SENT_AGAIN);
    site.link().cut();
    site.link().prove();

    assertThat(answer(site.order(Verb.RESTORE)).wire()).isEqualTo(Wire.OUTCOME);
    assertThat(site.link().outcomes()).isEmpty();
  }

  @Test
  void isSentAgainWhenNothingIsHeardOfIt() {
    site.start(LOAD, journal, workers).link().prove();
    Payload answer = answer(site.order(Verb.SHED));

    site.time().advance(SENT_AGAIN);

    await().until(() -> site.link().outcomes().size() == 1);
    assertThat(site.link().outcomes().get(0).sealed()).isEqualTo(answer.sealed());
    await().until(this::acknowledged);
  }

  @Test
  void isSentAgainOnTheNextSession() {
    site.start(LOAD, journal, workers).link().prove();
    answer(site.order(Verb.SHED));

    site.link().cut();
    site.link().prove();

    await().until(() -> site.link().outcomes().size() == 1);
    await().until(this::acknowledged);
  }

  @Test
  void isSentAgainWhenTheOrderIsBroughtAgain() {
    site.start(LOAD, journal, workers).link().prove();
    Orders order = site.order(Verb.SHED);
    answer(order);

    assertThat(answer(order).wire()).isEqualTo(Wire.RECEIVED);

    await().until(() -> site.link().outcomes().size() == 1);
  }

  @Test
  void isNotForgottenForTheSakeOfAnother() {
    site.start(LOAD, journal, workers).link().prove();
    answer(site.order(Verb.SHED));

    site.device()
        .told(
            new KeptOutcomes(Set.of(Digest.of("another".getBytes(StandardCharsets.UTF_8))))
                .payload());
    site.time().advance(SENT_AGAIN);

    await().until(() -> site.link().outcomes().size() == 1);
  }

  @Test
  void goesToTheServiceAloneWhoeverBroughtTheOrder() {
    site.start(LOAD, journal, workers).link().prove();
    Payload delivery = site.order(Verb.SHED).delivery();

    Payload answer = site.link().ask("op-1@" + site.jid().domain() + "/c", delivery).join();

    assertThat(answer.wire()).isEqualTo(Wire.RECEIVED);
    await().until(() -> site.link().outcomes().size() == 1);
  }

  @Test
  void thatTakesLongerFollowsItsReceipt() {
    CountingDriver.Settings actuator = new CountingDriver.Settings();
    actuator.hold();
    site.start(actuator, journal, workers).link().prove();

    CompletableFuture<Payload> answer = bring(site.order(Verb.SHED));
    await().until(() -> !actuator.executions().isEmpty());
    assertThat(answer).isNotDone();
    site.time().advance(Duration.ofMillis(100));

    assertThat(answer.join().wire()).isEqualTo(Wire.RECEIVED);
  }

  @Test
  void ofARefusalIsTheAnswerToo() {
    site.start(LOAD, journal, workers).link().prove();

    Payload answer = answer(site.order(Verb.START));

    assertThat(answer.wire()).isEqualTo(Wire.OUTCOME);
    assertThat(Outcome.read(answer.requireSealed().unverified()).result())
        .isInstanceOf(Result.Declined.class);
  }
}
