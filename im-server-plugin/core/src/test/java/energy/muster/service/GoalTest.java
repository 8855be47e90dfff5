// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import energy.muster.command.CommandDraft;
import energy.muster.command.Goal;
import energy.muster.command.Instruction;
import energy.muster.command.Leaf;
import energy.muster.command.Power;
import energy.muster.command.TargetTree;
import energy.muster.command.Verb;
import energy.muster.document.DocumentType;
import energy.muster.identity.Area;
import energy.muster.identity.FullJid;
import energy.muster.json.Json;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Result;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.presence.Quantity;
import energy.muster.presence.Show;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.service.goal.GoalRules;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service pursues a goal: four loads of 40 kW, and 80 kW to be shed. */
class GoalTest {
  private static final Result.Declined REFUSED =
      new Result.Declined(new Refusal(Reason.CRITICAL_PROCESS, "the process is on"));

  private final World world = new World();
  private final SigningIdentity operator = world.pki.operator("op-1", "branch-60");
  private final Map<String, SigningIdentity> keys = new LinkedHashMap<>();
  private final Map<String, FullJid> loads = new LinkedHashMap<>();
  private FullJid person;

  @BeforeEach
  void everybodyIsThere() {
    for (int i = 1; i <= 4; i++) {
      keys.put("load-" + i, world.pki.device("load-" + i, "branch-60"));
    }
    arrive();
  }

  private void arrive() {
    keys.forEach((name, key) -> arrive(name));
    person = world.prove(operator, "console");
  }

  private void arrive(String name) {
    FullJid session = world.prove(keys.get(name), "agent");
    loads.put(name, session);
    DevicePresence word =
        new DevicePresence(
            1,
            DeviceKind.LOAD,
            Operating.ON,
            Optional.empty(),
            Optional.empty(),
            Map.of(
                Quantity.POWER, BigDecimal.valueOf(40), Quantity.SHEDDABLE, BigDecimal.valueOf(40)),
            List.of(),
            Duration.ofSeconds(60));
    world
        .service()
        .presence(
            session, true, Show.AVAILABLE, "", Optional.of(Payload.of(Wire.DEVICE, word.write())));
  }

  private World.Draft order(int kilowatts) {
    List<Leaf> leaves = new ArrayList<>();
    keys.keySet()
        .forEach(
            name ->
                leaves.add(
                    Leaf.salted(World.jid(name), leaves.size(), Optional.of(Power.kilowatts(40)))));
    return new World.Draft(
        new CommandDraft(
                world.header(DocumentType.COMMAND, operator.certified().jid()),
                Instruction.plain(Verb.SHED),
                TargetTree.of(leaves).targets(),
                world.clock.in(Duration.ofMinutes(1)))
            .executeBy(world.clock.in(Duration.ofMinutes(2)))
            .goal(new Goal(Power.kilowatts(kilowatts)))
            .command(),
        leaves,
        List.of(operator));
  }

  private World.Draft submitted(int kilowatts) {
    World.Draft order = order(kilowatts);
    world.set(person, order.submit());
    return order;
  }

  private void sheds(World.Draft order, String name, int kilowatts) {
    answers(order, name, new Result.Executed("off", Optional.of(Power.kilowatts(kilowatts))));
  }

  private void answers(World.Draft order, String name, Result result) {
    world.set(loads.get(name), world.outcome(keys.get(name), order, result));
  }

  private List<String> asked() {
    return loads.entrySet().stream()
        .filter(entry -> !world.network.to(entry.getValue(), Wire.DELIVER).isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  private DeliveryState state(World.Draft order, String name) {
    return world.journal.state(order.id(), World.jid(name));
  }

  private String told(String kind) {
    return world.network.to(person, Wire.NOTICE).stream()
        .map(Payload::requireJson)
        .filter(notice -> notice.get("kind").asText().equals(kind))
        .map(notice -> notice.get("text").asText())
        .findFirst()
        .orElse("nothing");
  }

  @Test
  void onlyAsManyAreAskedAsTheGoalNeeds() {
    World.Draft order = submitted(80);
    assertThat(asked()).containsExactly("load-1", "load-2");

    sheds(order, "load-1", 40);
    sheds(order, "load-2", 40);

    assertThat(asked()).containsExactly("load-1", "load-2");
    assertThat(state(order, "load-3")).isEqualTo(DeliveryState.CANCELLED);
    assertThat(told("goal-met")).contains("is met: 80 kW of 80 kW by 2 devices");
    assertThat(told("summary")).contains("2 executed, 2 cancelled");
  }

  @Test
  void aRefusalIsMadeUpFromTheNextAtOnce() {
    World.Draft order = submitted(80);

    answers(order, "load-1", REFUSED);

    assertThat(asked()).containsExactly("load-1", "load-2", "load-3");
  }

  @Test
  void aCounterOfferIsCountedAndTheRestMadeUp() {
    World.Draft order = submitted(80);
    sheds(order, "load-1", 12);
    assertThat(asked()).containsExactly("load-1", "load-2", "load-3");

    sheds(order, "load-2", 40);
    sheds(order, "load-3", 40);

    assertThat(told("goal-met")).contains("92 kW of 80 kW by 3 devices");
    assertThat(state(order, "load-4")).isEqualTo(DeliveryState.CANCELLED);
  }

  @Test
  void silenceIsMadeUpAfterAWhileAndItsLateAnswerStillTaken() {
    World.Draft order = submitted(80);
    sheds(order, "load-2", 40);

    world.pass(Duration.ofSeconds(5));
    assertThat(asked()).containsExactly("load-1", "load-2", "load-3");
    sheds(order, "load-3", 40);
    assertThat(told("goal-met")).contains("no answer of 1 yet");

    sheds(order, "load-1", 40);
    assertThat(state(order, "load-1")).isEqualTo(DeliveryState.EXECUTED);
  }

  @Test
  void whoIsNotThereIsPassedOver() {
    world.cut(loads.get("load-1"));

    World.Draft order = submitted(80);

    assertThat(asked()).containsExactly("load-2", "load-3");
    sheds(order, "load-2", 40);
    sheds(order, "load-3", 40);
    assertThat(state(order, "load-1")).isEqualTo(DeliveryState.CANCELLED);
  }

  @Test
  void aGoalThatCannotBeMetSaysSoAsSoonAsNobodyIsLeft() {
    World.Draft order = submitted(500);
    assertThat(asked()).hasSize(4);
    sheds(order, "load-1", 40);
    sheds(order, "load-2", 40);
    answers(order, "load-3", REFUSED);
    answers(order, "load-4", REFUSED);

    assertThat(told("goal-short"))
        .contains(
            "cannot be met: 80 kW of 500 kW by 2 devices, 420 kW are missing; refused by load-3"
                + " (critical-process: the process is on), load-4");
  }

  private JsonNode listed(FullJid reader) {
    return world
        .get(reader, Payload.of(Wire.ORDERS, Json.object().put("filter", "all").put("limit", 10)))
        .requireLargeJson()
        .get("orders")
        .get(0);
  }

  @Test
  void whoListsOrdersSeesHowFarAGoalHasComeIfTheySeeAllOfIt() {
    World.Draft order = submitted(80);
    sheds(order, "load-1", 12);
    assertThat(listed(person).get("goal"))
        .hasToString("{\"kw\":80,\"shedKw\":12,\"state\":\"pursued\"}");
    sheds(order, "load-2", 40);
    sheds(order, "load-3", 40);
    assertThat(listed(person).get("goal").get("state").asText()).isEqualTo("met");

    FullJid partly = world.prove(world.pki.operator("op-2", "device:load-1"), "console");
    assertThat(listed(partly).has("goal")).isFalse();
  }

  @Test
  void theHistorySaysWhoWasAskedToMakeUpForWhom() {
    World.Draft order = submitted(80);
    answers(order, "load-1", REFUSED);

    String history =
        world
            .get(person, Payload.of(Wire.ORDER, Json.object().put("id", order.id().text())))
            .requireLargeJson()
            .get("history")
            .toString();

    assertThat(history)
        .contains("asked for at most 40 kW\"")
        .contains(
            "asked for at most 40 kW, to make up for load-1 (critical-process: the process is on)");
  }

  @Test
  void aServiceThatDiesInBetweenGoesOn() {
    World.Draft order = submitted(120);
    sheds(order, "load-1", 40);
    world.killAndRestart();
    arrive();
    assertThat(asked()).doesNotContain("load-1", "load-4");

    sheds(order, "load-2", 12);
    sheds(order, "load-3", 40);
    assertThat(asked()).contains("load-4");
    sheds(order, "load-4", 40);

    assertThat(told("goal-met")).contains("132 kW of 120 kW by 4 devices");
  }

  @Test
  void whatWasNeverAskedEndsWithTheTimeToAsk() {
    keys.keySet().forEach(name -> world.cut(loads.get(name)));
    World.Draft order = submitted(80);

    assertThat(told("goal-short")).contains("0 kW of 80 kW");
    assertThat(state(order, "load-4")).isEqualTo(DeliveryState.CANCELLED);
  }

  @Test
  void aCriticalLoadIsNoCandidate() {
    keys.put("load-5", world.pki.device("load-5", "branch-60", "critical-loads"));
    arrive("load-5");

    assertThat(world.refusal(person, order(80).submit())).isEqualTo(Reason.CRITICAL_PROCESS);
  }

  @Test
  void oneThatWasSilentInAGoalIsNoLongerCountedAsShedWhenItsOrderIsOver() {
    world.restartWith(
        new GoalRules(Duration.ofSeconds(5), Map.of(new Area("branch-60"), Power.kilowatts(120))));
    arrive();
    World.Draft first = submitted(40);
    world.pass(Duration.ofSeconds(5));
    assertThat(asked()).containsExactly("load-1");
    assertThat(told("goal-short")).contains("no answer of 1 yet");
    submitted(40);
    assertThat(asked()).containsExactly("load-1");

    world.pass(Duration.ofMinutes(2));
    arrive();
    keys.remove("load-1");
    submitted(40);

    assertThat(state(first, "load-1")).isEqualTo(DeliveryState.UNCONFIRMED);
    assertThat(asked()).containsExactly("load-1", "load-2");
  }

  @Test
  void whatWasShedBeforeARestartCountsAlsoWhenItCanBeReadOnlyLater() {
    World.Draft order = submitted(80);
    sheds(order, "load-1", 40);
    world.journal.breakDown(true);
    world.restartWith(new GoalRules(Duration.ofSeconds(30), Map.of()));
    arrive();
    world.pass(Duration.ofSeconds(4));
    assertThat(asked()).isEmpty();
    world.journal.breakDown(false);
    world.pass(Duration.ofSeconds(8));
    sheds(order, "load-2", 40);

    assertThat(asked()).isEmpty();
    assertThat(told("goal-met")).contains("80 kW");
  }

  @Test
  void whoWasShedHowLongIsToldToThoseWhoMayKnow() {
    World.Draft order = submitted(40);
    sheds(order, "load-1", 40);
    world.pass(Duration.ofMinutes(10));
    FullJid other = world.prove(world.pki.operator("op-2", "branch-13"), "console");

    JsonNode seen = fairness(person);
    assertThat(seen.get("shed")).hasSize(1);
    assertThat(seen.get("shed").get(0).get("device").asText()).startsWith("load-1@");
    assertThat(seen.get("shed").get(0).get("seconds").asInt()).isEqualTo(600);
    assertThat(fairness(other).get("shed")).isEmpty();
  }

  private JsonNode fairness(FullJid session) {
    return world
        .get(session, Payload.of(Wire.FAIRNESS, Json.object().put("days", 7)))
        .requireLargeJson();
  }

  /** What comes meanwhile sees it ended; only when the journal is synced is it known to fail. */
  private void cancelFails(World.Draft order, String device, Runnable meanwhile) {
    World.Draft cancel =
        world
            .draft(operator, Verb.SHED, device)
            .but(draft -> draft.instruction(new Instruction.Cancel(order.id())));
    world.journal.hold();
    world.journal.breakDown(true);
    assertThat(world.service().request(person, true, cancel.submit())).isNotDone();
    world.journal.breakDown(false);
    meanwhile.run();
    world.journal.sync();
    world.pass(Duration.ofSeconds(5));
  }

  @Test
  void aCandidateWhoseCancelFailsAfterTheGoalHasEndedIsNotLeftWaiting() {
    World.Draft order = submitted(80);
    assertThat(asked()).doesNotContain("load-4");

    cancelFails(order, "load-4", () -> world.pass(Duration.ofSeconds(65)));

    assertThat(state(order, "load-4")).isEqualTo(DeliveryState.CANCELLED);
  }

  @Test
  void aCandidateWhoseCancelFailsIsAskedWhenItsTurnComes() {
    World.Draft order = submitted(80);
    assertThat(asked()).containsExactly("load-1", "load-2");

    cancelFails(order, "load-3", () -> arrive("load-4"));
    answers(order, "load-1", REFUSED);
    answers(order, "load-2", REFUSED);

    assertThat(asked()).contains("load-3", "load-4");
  }
}
