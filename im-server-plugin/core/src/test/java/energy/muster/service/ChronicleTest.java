// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Verb;
import energy.muster.identity.FullJid;
import energy.muster.outcome.Result;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.Heard;
import energy.muster.service.fixture.World;
import energy.muster.service.fixture.World.Draft;
import energy.muster.service.room.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What rooms tell of orders and answers. */
final class ChronicleTest {
  private static final String DONE = "off";

  private final World world = new World(Limits.defaults());
  private final Heard heard = new Heard();
  private final SigningIdentity operator = world.pki.operator("op-1", "*");
  private FullJid op1;
  private FullJid op2;

  @BeforeEach
  void twoOperators() {
    world.service().rooms().voice(heard);
    op1 = world.prove(operator, "console");
    op2 = world.prove(world.pki.operator("op-2", "branch-60"), "console");
    enter(op2, "branch-60");
  }

  private void enter(FullJid session, String room) {
    world.service().rooms().enter(session, room, session.bare().local(), History.ALL);
    heard.forget();
  }

  private SigningIdentity load(String name, String... areas) {
    SigningIdentity load = world.pki.device(name, areas);
    world.prove(load, "k1");
    return load;
  }

  private List<SigningIdentity> loads(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> load("load-" + number, "branch-60"))
        .toList();
  }

  private Draft shed(String... devices) {
    Draft order = world.draft(operator, Verb.SHED, devices);
    world.set(op1, order.submit());
    return order;
  }

  private Draft shed(List<SigningIdentity> devices) {
    return shed(
        devices.stream().map(each -> each.certified().jid().local()).toArray(String[]::new));
  }

  private void answers(SigningIdentity device, Draft order, Result result) {
    world.set(device.certified().jid().at("k1"), world.outcome(device, order, result));
  }

  private static String of(Draft order) {
    return " (order " + order.id().brief() + ")";
  }

  @Test
  void anOrderAndEachAnswerAreTold() {
    List<SigningIdentity> loads = loads(2);

    Draft order = shed(loads);
    answers(loads.get(0), order, new Result.Executed(DONE));
    answers(
        loads.get(1),
        order,
        new Result.Declined(new Refusal(Reason.CRITICAL_PROCESS, "offline at 13:03")));

    assertThat(heard.by(op2))
        .containsExactly(
            "room: op-1: shed load-1, load-2" + of(order),
            "room: load-1: executed, off" + of(order),
            "room: load-2: refused, critical-process: offline at 13:03" + of(order));
  }

  @Test
  void anOrderIsToldOnceItIsOnDisk() {
    load("load-1", "branch-60");
    world.journal.hold();
    Draft order = world.draft(operator, Verb.SHED, "load-1");
    world.service().request(op1, true, order.submit());
    assertThat(heard.by(op2)).isEmpty();

    world.journal.sync();

    assertThat(heard.by(op2)).containsExactly("room: op-1: shed load-1" + of(order));
  }

  @Test
  void aRoomIsToldOfItsOwnDevicesAsIfThereWereNoOther() {
    SigningIdentity here = load("load-1", "branch-60", "feeder-123");
    SigningIdentity there = load("load-2", "branch-7", "feeder-123");
    enter(op1, "feeder-123");

    Draft order = shed("load-1", "load-2");
    answers(here, order, new Result.Executed(DONE));
    answers(there, order, new Result.Executed(DONE));

    assertThat(heard.by(op2))
        .containsExactly(
            "room: op-1: shed load-1" + of(order), "room: load-1: executed, off" + of(order));
    assertThat(heard.by(op1))
        .containsExactly(
            "room: op-1: shed load-1, load-2" + of(order),
            "room: load-1: executed, off" + of(order),
            "room: load-2: executed, off" + of(order));
  }

  @Test
  void ofALargeOrderIsToldOnceASecondHowFarItIsAndThenHowItEnded() {
    List<SigningIdentity> loads = loads(12);
    Draft order = shed(loads);
    List<SigningIdentity> rest = new ArrayList<>(loads);

    for (int number = 0; number < 4; number++) {
      answers(rest.remove(0), order, new Result.Executed(DONE));
    }
    assertThat(heard.by(op2)).hasSize(1);
    world.pass(Duration.ofSeconds(1));
    for (int number = 0; number < 4; number++) {
      answers(rest.remove(0), order, new Result.Executed(DONE));
    }
    world.pass(Duration.ofSeconds(3));
    answers(rest.remove(0), order, new Result.Declined(new Refusal(Reason.BUSY, "later")));
    rest.forEach(each -> answers(each, order, new Result.Executed(DONE)));
    world.pass(Duration.ofSeconds(3));

    String head = "room: shed" + of(order);
    assertThat(heard.by(op2))
        .containsExactly(
            "room: op-1: shed load-1, load-2, load-3, load-4, load-5 and 7 more" + of(order),
            head + ": 4 executed, 8 open",
            head + ": 8 executed, 4 open",
            head + ": 8 executed, 1 refused, 3 open",
            head + " is over: 11 executed, 1 refused; not done: load-9");
  }

  @Test
  void anAnswerThatNobodyKnowsIsTold() {
    load("load-1", "branch-60");
    Draft order = shed("load-1");

    world.pass(Duration.ofSeconds(305));

    assertThat(heard.by(op2)).last().asString().startsWith("room: load-1: unconfirmed");
    assertThat(heard.by(op2)).last().asString().endsWith(of(order));
  }

  @Test
  void whatADeviceSaysCannotBreakALine() {
    SigningIdentity load = load("load-1", "branch-60");
    Draft order = shed("load-1");

    answers(load, order, new Result.Executed("off\u001b[2J\nop-1: shed load-2"));

    assertThat(heard.by(op2))
        .last()
        .isEqualTo("room: load-1: executed, off [2J op-1: shed load-2" + of(order));
  }

  @Test
  void answersThatComeAfterARestartAreTold() {
    List<SigningIdentity> loads = loads(2);
    Draft order = shed(loads);
    answers(loads.get(0), order, new Result.Executed(DONE));

    world.killAndRestart();
    world.service().rooms().voice(heard);
    op2 = world.prove(world.pki.operator("op-2", "branch-60"), "again");
    world.prove(loads.get(1), "k1", 2);
    enter(op2, "branch-60");
    answers(loads.get(1), order, new Result.Executed(DONE));

    assertThat(heard.by(op2)).containsExactly("room: load-2: executed, off" + of(order));
  }
}
