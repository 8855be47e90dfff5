// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Verb;
import energy.muster.identity.FullJid;
import energy.muster.json.Json;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Outcomes;
import energy.muster.outcome.Result;
import energy.muster.presence.Duty;
import energy.muster.presence.PersonPresence;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.service.fixture.World.Draft;
import energy.muster.service.journal.Entry;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which outcomes go to their issuer together, and what becomes of those that were not taken. */
final class GatheredOutcomesTest {
  private static final int AT_ONCE = Limits.defaults().outcomesInFlight();
  private static final Result DONE = new Result.Executed("off");
  private static final Duration FIRST_PAUSE = Duration.ofMillis(1_200);

  private final World world = new World();
  private final SigningIdentity operator = world.pki.operator("op-1", "*");
  private final List<SigningIdentity> loads = new ArrayList<>();
  private final List<FullJid> devices = new ArrayList<>();
  private FullJid person;

  @BeforeEach
  void theOperatorIsThere() {
    person = onDuty(operator, "console");
  }

  private FullJid onDuty(SigningIdentity identity, String resource) {
    FullJid session = world.prove(identity, resource);
    world.service().person(session, PersonPresence.of(Duty.ON_DUTY, ""), true);
    return session;
  }

  private static String name(int index) {
    return "load-" + index;
  }

  private static List<String> names(int from, int to) {
    return IntStream.range(from, to).mapToObj(GatheredOutcomesTest::name).toList();
  }

  /** One order to so many loads, which are all there. */
  private Draft shed(int count) {
    for (int i = loads.size(); i < count; i++) {
      loads.add(world.pki.device(name(i), "branch-60"));
      devices.add(world.prove(loads.get(i), "k"));
    }
    Draft order =
        world.draft(
            operator,
            Verb.SHED,
            IntStream.range(0, count).mapToObj(i -> name(i)).toArray(String[]::new));
    world.set(person, order.submit());
    return order;
  }

  private void answer(Draft order, int from, int to) {
    for (int i = from; i < to; i++) {
      world.set(devices.get(i), world.outcome(loads.get(i), order, DONE));
    }
  }

  private static String device(Sealed outcome) {
    return Outcome.read(outcome.unverified()).header().issuer().local();
  }

  private static List<String> devices(Payload outcomes) {
    return Outcomes.read(outcomes).sealed().stream().map(GatheredOutcomesTest::device).toList();
  }

  private List<String> alone(FullJid session) {
    return world.network.to(session, Wire.OUTCOME).stream()
        .map(each -> device(each.requireSealed()))
        .toList();
  }

  private List<List<String>> together(FullJid session) {
    return world.network.to(session, Wire.OUTCOMES).stream()
        .map(GatheredOutcomesTest::devices)
        .toList();
  }

  private int told() {
    return world.journal.entries(Entry.Reported.class).size();
  }

  private static Refused no(Reason reason) {
    return new Refused(reason, "not this");
  }

  @Test
  void whatComesWhileOthersAreOnTheirWayGoesTogether() {
    Draft order = shed(10);
    CompletableFuture<Payload> answer = world.network.delay(person, Wire.OUTCOME);
    answer(order, 0, 10);
    assertThat(alone(person)).isEqualTo(names(0, AT_ONCE));
    assertThat(together(person)).isEmpty();
    assertThat(told()).isZero();

    answer.complete(Payload.empty(Wire.OUTCOME));

    assertThat(together(person)).containsExactly(names(AT_ONCE, 10));
    assertThat(told()).isEqualTo(10);
  }

  @Test
  void withoutAnyOnTheirWayEachGoesAlone() {
    answer(shed(6), 0, 6);

    assertThat(alone(person)).isEqualTo(names(0, 6));
    assertThat(together(person)).isEmpty();
  }

  @Test
  void afterAnAbsenceAndARestartTheyComeTogetherAsManyAsFit() {
    Draft order = shed(40);
    world.cut(person);
    answer(order, 0, 40);
    world.killAndRestart();

    person = world.prove(operator, "later");

    assertThat(together(person)).containsExactly(names(0, Outcomes.MOST), names(Outcomes.MOST, 40));
    assertThat(alone(person)).isEmpty();
    assertThat(told()).isEqualTo(40);
  }

  @Test
  void noticesGoBetweenThemInTheirPlace() {
    Draft first = shed(3);
    Draft second = shed(3);
    world.cut(person);
    answer(first, 0, 3);
    answer(second, 0, 3);

    person = world.prove(operator, "later");

    List<Wire> order = List.of(Wire.OUTCOMES, Wire.NOTICE, Wire.OUTCOMES, Wire.NOTICE);
    assertThat(world.network.to(person).stream().map(Payload::wire).filter(order::contains))
        .isEqualTo(order);
    assertThat(together(person)).containsExactly(names(0, 3), names(0, 3));
  }

  @Test
  void aSessionThatTakesNoneTogetherGetsThemOneByOneFromThenOn() {
    Draft order = shed(5);
    Draft next = shed(5);
    world.cut(person);
    answer(order, 0, 5);
    world.network.fail(World.jid("op-1").at("older"), Wire.OUTCOMES, no(Reason.UNSUPPORTED));

    person = world.prove(operator, "older");
    assertThat(together(person)).containsExactly(names(0, 5));
    assertThat(alone(person)).isEqualTo(names(0, 5));
    assertThat(told()).isEqualTo(5);

    CompletableFuture<Payload> answer = world.network.delay(person, Wire.OUTCOME);
    answer(next, 0, 5);
    assertThat(alone(person)).as("none waits for another").hasSize(10);
    answer.complete(Payload.empty(Wire.OUTCOME));
    assertThat(together(person)).hasSize(1);
  }

  @Test
  void nothingOvertakesTheFirstTogetherSoThatTheOrderIsKeptOneByOneToo() {
    Draft order = shed(40);
    world.cut(person);
    answer(order, 0, 40);
    FullJid older = World.jid("op-1").at("older");
    CompletableFuture<Payload> answer = world.network.delay(older, Wire.OUTCOMES);

    world.prove(operator, "older");
    assertThat(together(older)).containsExactly(names(0, Outcomes.MOST));
    assertThat(world.network.to(older, Wire.NOTICE)).isEmpty();
    answer.completeExceptionally(no(Reason.UNSUPPORTED));

    assertThat(alone(older)).isEqualTo(names(0, 40));
    assertThat(together(older)).hasSize(1);
    assertThat(world.network.to(older, Wire.NOTICE)).hasSize(1);
  }

  @Test
  void theNextSessionOfThatPersonIsTriedAgain() {
    Draft order = shed(3);
    Draft next = shed(3);
    world.network.fail(World.jid("op-1").at("older"), Wire.OUTCOMES, no(Reason.UNSUPPORTED));
    world.cut(person);
    answer(order, 0, 3);
    world.cut(world.prove(operator, "older"));
    answer(next, 0, 3);

    person = world.prove(operator, "newer");

    assertThat(together(person)).containsExactly(names(0, 3));
  }

  @Test
  void whatIsRefusedForAnotherReasonIsTakenAsTold() {
    Draft order = shed(3);
    world.cut(person);
    answer(order, 0, 3);
    world.network.fail(World.jid("op-1").at("later"), Wire.OUTCOMES, no(Reason.MALFORMED));

    person = world.prove(operator, "later");

    assertThat(alone(person)).isEmpty();
    assertThat(told()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(names = {"BUSY", "NO_SPACE", "RATE_LIMITED", "AWAY", "NOT_PROVEN"})
  void whatIsRefusedForNowIsSentAgainAfterAPause(Reason passing) {
    Draft order = shed(3);
    world.cut(person);
    answer(order, 0, 3);
    FullJid later = World.jid("op-1").at("later");
    world.network.fail(later, Wire.OUTCOMES, no(passing));
    person = world.prove(operator, "later");
    assertThat(together(person)).containsExactly(names(0, 3));
    assertThat(told()).isZero();

    world.pass(FIRST_PAUSE);
    assertThat(together(person)).hasSize(2);
    assertThat(told()).isZero();

    world.network.heal(later, Wire.OUTCOMES);
    world.pass(FIRST_PAUSE.multipliedBy(2));
    assertThat(together(person)).hasSize(3).last().isEqualTo(names(0, 3));
    assertThat(told()).isEqualTo(3);
  }

  @Test
  void oneAloneThatIsRefusedForNowIsSentAgainToo() {
    Draft order = shed(1);
    world.network.fail(person, Wire.OUTCOME, no(Reason.BUSY));
    answer(order, 0, 1);
    world.network.heal(person, Wire.OUTCOME);
    assertThat(told()).isZero();

    world.pass(FIRST_PAUSE);

    assertThat(alone(person)).containsExactly(name(0), name(0));
    assertThat(told()).isEqualTo(1);
  }

  @Test
  void withoutAnAnswerAllWaitAgainBeforeWhatCameMeanwhile() {
    Draft order = shed(7);
    CompletableFuture<Payload> answer = world.network.delay(person, Wire.OUTCOME);
    answer(order, 0, AT_ONCE + 1);
    answer.completeExceptionally(new Unanswered("silence"));
    answer(order, AT_ONCE + 1, 7);
    assertThat(together(person)).as("pauses").isEmpty();

    world.pass(FIRST_PAUSE);

    assertThat(together(person)).containsExactly(names(0, 7));
    assertThat(told()).isEqualTo(7);
  }

  @Test
  void severalTogetherWithoutAnAnswerAreSentAgainTogether() {
    Draft order = shed(3);
    world.cut(person);
    answer(order, 0, 3);
    FullJid later = World.jid("op-1").at("later");
    world.network.fail(later, Wire.OUTCOMES, new Unanswered("silence"));
    person = world.prove(operator, "later");
    world.network.heal(later, Wire.OUTCOMES);
    assertThat(told()).isZero();

    world.pass(FIRST_PAUSE);

    assertThat(together(person)).containsExactly(names(0, 3), names(0, 3));
    assertThat(told()).isEqualTo(3);
  }

  @Test
  void whatIsOnItsWayToASessionThatIsGoneHoldsUpNothingForTheNext() {
    Draft order = shed(7);
    CompletableFuture<Payload> answer = world.network.delay(person, Wire.OUTCOME);
    answer(order, 0, 7);
    world.cut(person);

    FullJid next = world.prove(operator, "next");
    assertThat(together(next)).containsExactly(names(AT_ONCE, 7));

    answer.completeExceptionally(new Unanswered("silence"));
    assertThat(Stream.concat(alone(next).stream(), together(next).stream().flatMap(List::stream)))
        .as("at once, for the new session has not been silent")
        .containsExactlyInAnyOrderElementsOf(names(0, 7));
  }

  @Test
  void whoTakesOverGetsWhatWaitsAndWhatWasNotAnswered() {
    SigningIdentity second = world.pki.operator("op-2", "*");
    FullJid heir = onDuty(second, "console");
    Draft order = shed(7);
    world.set(person, Payload.of(Wire.HAND_OVER, handOver()));
    CompletableFuture<Payload> answer = world.network.delay(person, Wire.OUTCOME);
    answer(order, 0, 7);

    world.set(heir, Payload.of(Wire.ACCEPT, Json.object()));
    assertThat(together(heir)).containsExactly(names(AT_ONCE, 7));

    answer.completeExceptionally(new Unanswered("silence"));
    assertThat(Stream.concat(alone(heir).stream(), together(heir).stream().flatMap(List::stream)))
        .containsExactlyInAnyOrderElementsOf(names(0, 7));
    assertThat(together(person)).isEmpty();
    assertThat(told()).isEqualTo(7);
  }

  private static ObjectNode handOver() {
    var json = Json.object().put("to", World.jid("op-2").toString());
    json.putArray("watches");
    return json;
  }

  @Test
  void nobodyBringsOutcomesTogetherToTheService() {
    Payload forged = new Outcomes(List.of(new Sealed(new byte[] {0x30, 0}))).payload();

    assertThat(world.refusal(person, forged)).isEqualTo(Reason.UNSUPPORTED);
  }
}
