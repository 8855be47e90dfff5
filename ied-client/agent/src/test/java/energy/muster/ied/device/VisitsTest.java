// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.device;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Verb;
import energy.muster.ied.fixture.CountingDriver;
import energy.muster.ied.fixture.FakeLink;
import energy.muster.ied.fixture.OneDevice;
import energy.muster.ied.fixture.Orders;
import energy.muster.json.Json;
import energy.muster.link.LinkException;
import energy.muster.link.LinkState;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.session.LeaseAnswer;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that only calls in. */
class VisitsTest {
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final CountingDriver.Settings actuator = new CountingDriver.Settings();
  private final AtomicInteger waiting = new AtomicInteger();
  @TempDir Path folder;
  private OneDevice device;

  @BeforeEach
  void start() {
    device = new OneDevice(folder, "meter-1", actuator);
    device.site().callingIn(new ContactSchedule.Every(QUARTER));
    device.restart();
    link().service(this::answer);
  }

  @AfterEach
  void close() {
    device.close();
  }

  private FakeLink link() {
    return device.site().link();
  }

  private CompletableFuture<Payload> answer(Payload asked) {
    return CompletableFuture.completedFuture(
        asked.wire() == Wire.LEASE
            ? LeaseAnswer.of(waiting.get()).payload()
            : Payload.empty(asked.wire()));
  }

  private boolean gone() {
    return !link().goodbyes().isEmpty();
  }

  @Test
  void itLeavesWithAReasonAndItsNextContactWhenNothingWaits() {
    assertThat(gone()).isFalse();

    device.advance(SECOND.multipliedBy(3));

    assertThat(link().goodbyes()).singleElement().asString().startsWith("calls in again at ");
    Instant next = link().nextContact().orElseThrow();
    assertThat(Duration.between(device.now(), next))
        .isBetween(QUARTER.minus(SECOND.multipliedBy(4)), QUARTER.plus(QUARTER.dividedBy(10)));
  }

  @Test
  void itStaysWhileSomethingWaitsForIt() {
    waiting.set(1);
    device.advance(SECOND.multipliedBy(30));
    assertThat(gone()).isFalse();

    Orders order = device.site().order(Verb.READ);
    assertThat(device.carryOut(order)).isInstanceOf(Result.Executed.class);
    waiting.set(0);
    device.advance(SECOND.multipliedBy(3));

    assertThat(gone()).isTrue();
  }

  @Test
  void itStaysWhileAnOrderIsUnderWay() {
    actuator.hold();
    device.ask(device.site().order(Verb.SHED).delivery());

    device.advance(SECOND.multipliedBy(30));

    assertThat(gone()).isFalse();
  }

  @Test
  void itStaysUntilTheServiceHasItsOutcomes() {
    link()
        .service(
            asked ->
                asked.wire() == Wire.OUTCOME
                    ? CompletableFuture.failedFuture(new LinkException("no answer"))
                    : answer(asked));
    device.ask(device.site().order(Verb.SHED).delivery());
    device.advance(SECOND.multipliedBy(30));
    assertThat(gone()).isFalse();

    link().service(this::answer);
    device.advance(SECOND.multipliedBy(60));
    assertThat(gone()).isTrue();
  }

  @Test
  void anOutcomeThatTheServiceRefusesForGoodDoesNotKeepIt() {
    link()
        .service(
            asked ->
                asked.wire() == Wire.OUTCOME
                    ? CompletableFuture.failedFuture(new Refused(Reason.UNTRUSTED, "an old key"))
                    : answer(asked));
    device.ask(device.site().order(Verb.SHED).delivery());

    // It was the answer to the order, and is sent once more when the service does not say it has
    // it.
    device.advance(SECOND.multipliedBy(61));
    device.advance(SECOND.multipliedBy(5));

    assertThat(link().outcomes()).hasSize(2);
    assertThat(gone()).isTrue();
  }

  @Test
  void whatCannotBeDeliveredNowKeepsItFiveMinutesAtTheMost() {
    waiting.set(1);

    device.advance(Duration.ofMinutes(6));

    assertThat(gone()).isTrue();
  }

  @Test
  void itComesBackOnScheduleAndTakesOrdersAsEver() {
    device.advance(SECOND.multipliedBy(3));
    FakeLink first = link();
    Instant next = first.nextContact().orElseThrow();

    device.advance(Duration.between(device.now(), next).minusMillis(1));
    assertThat(link()).isSameAs(first);

    device.advance(Duration.ofMillis(1));
    assertThat(link()).isNotSameAs(first);
    assertThat(link().state()).isEqualTo(LinkState.CONNECTING);
    link().prove();
    Orders order = device.site().order(Verb.SHED);
    assertThat(device.carryOut(order)).isEqualTo(new Result.Executed("moved"));
    device.advance(SECOND.multipliedBy(5));
    assertThat(gone()).isTrue();
  }

  @Test
  void anOrderThatCameDueWhileItWasAwayIsAnsweredOnTheNextVisit() {
    Orders order = device.site().order(Verb.SHED).executeAt(device.in(Duration.ofMinutes(5)));
    device.ask(order.delivery());
    device.advance(SECOND.multipliedBy(3));
    assertThat(gone()).isTrue();

    // First to when it is due, because it is written down before it is carried out.
    device.advance(Duration.ofMinutes(5));
    device.advance(QUARTER.multipliedBy(2));
    assertThat(actuator.executions()).containsEntry(order.id(), 1);
    link().prove();

    assertThat(device.result(order.id())).isEqualTo(new Result.Executed("moved"));
  }

  @Test
  void oneThatIsStoppedWhileItIsAwayStaysAway() {
    device.advance(SECOND.multipliedBy(3));
    FakeLink last = link();

    device.site().device().stop("maintenance", Runnable::run).join();
    device.advance(QUARTER.multipliedBy(2));

    assertThat(link()).isSameAs(last);
    assertThat(last.goodbyes()).hasSize(1);
  }

  /** The system clock is behind what it was when the device last ran, and stays so. */
  private void clockIsBehind() {
    device.site().device().stop("power cut", Runnable::run).join();
    device.keepFloor(device.in(Duration.ofDays(1)));
    device.restart();
    link().service(this::answer);
    assertThat(device.site().clock().read().sure()).isFalse();
  }

  @Test
  void aClockThatStandsStillDoesNotKeepItAway() {
    clockIsBehind();
    device.advance(SECOND.multipliedBy(3));
    FakeLink first = link();
    assertThat(gone()).isTrue();

    device.advance(QUARTER.minus(SECOND.multipliedBy(3)));
    assertThat(link()).isSameAs(first);

    device.advance(QUARTER.dividedBy(10).plus(SECOND.multipliedBy(3)));
    assertThat(link()).isNotSameAs(first);
  }

  @Test
  void whoIsNotSureWhatTimeItIsSaysInHowLongItComesAndNoTime() {
    clockIsBehind();
    device.advance(SECOND.multipliedBy(3));

    assertThat(link().goodbyes())
        .singleElement()
        .asString()
        .matches("calls in again in 1[5-7] min; it is not sure what time it is");
    assertThat(link().nextContact()).isEmpty();
  }

  @Test
  void aClockThatStandsStillDoesNotKeepItConnected() {
    clockIsBehind();
    waiting.set(1);

    device.advance(Duration.ofMinutes(6));

    assertThat(gone()).isTrue();
  }

  @Test
  void anAnswerItCannotReadDoesNotKeepItConnected() {
    AtomicInteger odd = new AtomicInteger(1);
    link()
        .service(
            asked ->
                asked.wire() == Wire.LEASE && odd.getAndDecrement() > 0
                    ? CompletableFuture.completedFuture(
                        Payload.of(Wire.LEASE, Json.object().put("waiting", "many")))
                    : answer(asked));

    device.advance(SECOND.multipliedBy(5));

    assertThat(gone()).isTrue();
  }
}
