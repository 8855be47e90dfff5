// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.console.session.Event;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.presence.Colleague;
import energy.muster.presence.Duty;
import energy.muster.scenario.Operator;
import energy.muster.scenario.PlainClient;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.DeviceSpec;
import java.time.Duration;
import java.util.List;

/** Nothing waits for somebody who has gone home. */
public final class Handover implements Story {
  private static final Duration WITHIN = Duration.ofSeconds(30);
  private static final Duration IDLE = Duration.ofSeconds(6);

  @Override
  public String name() {
    return "handover";
  }

  @Override
  public String about() {
    return "Who is on duty is seen by colleagues alone; who leaves hands over what they wait for.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Area branch = new Area("branch-60");
    DeviceSpec load = Cast.load("load-60a", branch, 20);
    DeviceSpec other = Cast.load("load-9", new Area("branch-13"), 20);
    scene.stage().enrol(List.of(load, other));
    scene.enrolOperator("op-1", branch);
    scene.enrolOperator("op-2", branch);
    scene.enrolOperator("op-3", new Area("branch-13"));
    scene.stage().startServer();
    scene.startDevices("loads", List.of(load, other)).terminate();

    Operator op1 = scene.operatorIdleAfter("op-1", IDLE);
    Operator op2 = scene.operator("op-2");
    Operator op3 = scene.operator("op-3");
    seen(scene, op1, op2, op3);

    scene.note("op-1 waits for load-60a and for an order to it, and goes home.");
    op1.does("expect load-60a unavailable");
    op1.does("watch load-60a");
    op1.does("shed load-60a within 10 min");
    op1.does("expect held");
    op1.does("off duty, hand over to op-2");
    op2.hears("op-1", "hand over to you: 1 order and watching load-60a", WITHIN);
    op2.does("accept op-1");
    op1.hears("op-2", "took over", WITHIN);
    op1.close();
    op2.awaitDuty("op-1", Duty.OFF_DUTY, WITHIN);
    op2.does("tell op-1 it is in good hands");
    op2.sees("it is kept for them");

    scene.note("The server restarts; load-60a comes back: op-2 has the answer and the news.");
    scene.stage().server().terminate();
    scene.stage().startServer();
    scene.startDevices("loads", List.of(load));
    op2.awaitAnswer("load-60a", "executed", WITHIN.multipliedBy(2));
    scene.await(
        "op-2 is told that load-60a is available",
        WITHIN,
        () -> op2.seen().stream().anyMatch(Event.Available.class::isInstance));
    back(scene, op2);
  }

  private static void seen(Scene scene, Operator op1, Operator op2, Operator op3) throws Exception {
    scene.note("op-1 and op-2 have branch-60 in common; op-3 knows of neither.");
    op2.awaitDuty("op-1", Duty.AWAY, WITHIN);
    op1.does("who is on duty");
    op2.awaitDuty("op-1", Duty.ON_DUTY, IDLE);
    op2.does("dnd for 2 h because switching");
    op1.says("who people");
    op1.awaitDuty("op-2", Duty.DND, WITHIN);
    op2.does("on duty");
    scene.checkEqual(
        List.of("op-3"),
        op3.people().stream().map(Colleague::person).map(BareJid::local).toList(),
        "whom op-3 sees");
    op3.declined("tell op-1 hello", "unknown");
    op3.declined("tell op-9 hello", "unknown");
    op3.declined("off duty, hand over to op-2", "unknown");
  }

  private static void back(Scene scene, Operator op2) throws Exception {
    scene.note("At home op-1 logs in with any chat client: what was kept for them is there.");
    PlainClient home = scene.visitor("op-1");
    scene.check(
        home.heard(Duration.ofSeconds(2)).stream()
            .anyMatch(
                stanza ->
                    stanza.kind().equals("message")
                        && stanza.from().startsWith("op-2@")
                        && stanza.body().equals("it is in good hands")),
        "op-1 reads it in a chat client");
    scene.note("That gives no rights, and does not call them back to duty before they say so.");
    op2.awaitDuty("op-1", Duty.OFF_DUTY, WITHIN);
    home.shows("away", "on duty in the field");
    op2.awaitDuty("op-1", Duty.ON_DUTY, WITHIN);
    op2.sees("network");
    home.chat("thanks", "op-2", "stop gen-2");
    op2.hears("op-1", "stop gen-2", WITHIN);
    scene.checkEqual(List.of("shed load-60a"), op2.ordered(), "the journal's orders");
  }
}
