// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.alarm.AlarmTransition;
import energy.muster.identity.Area;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** Whoever takes an alarm on has it only as long as they are there. */
public final class AckThenLeaves implements Story {
  private static final Area BRANCH = new Area("branch-60");
  private static final Duration AT_ONCE = Duration.ofSeconds(5);
  private static final Duration WITHIN = Duration.ofSeconds(40);

  @Override
  public String name() {
    return "ack-then-leaves";
  }

  @Override
  public String about() {
    return "An acknowledgement lapses when its holder leaves, and holds over a killed server.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Operator engineer = AlarmsSeen.plant(scene, "sw4", BRANCH, "op-1", "op-2");
    AlarmsSeen.publish(
        scene, engineer, 3600, List.of("person:op-1@grid.example 60", "role:operator 60"));
    Operator first = scene.operator("op-1");
    Operator second = scene.operator("op-2");

    AlarmsSeen.play(scene, "sw4", "{\"load\": 97}");
    scene.await("op-1 is asked", WITHIN, () -> !AlarmsSeen.offered(first).isEmpty());
    long number = AlarmsSeen.offered(first).get(0);
    first.does("ack " + number);
    scene.await(
        "op-2 sees that op-1 has it",
        WITHIN,
        () -> AlarmsSeen.sees(second, alarm -> AlarmsSeen.ownedBy(alarm, "op-1")));
    scene.check(AlarmsSeen.offered(second).isEmpty(), "op-2 was not asked");

    scene.note("op-1's console is gone.");
    first.close();
    Duration took =
        scene.await(
            "op-2 is asked at once", AT_ONCE, () -> AlarmsSeen.offered(second).contains(number));
    scene.note("That took " + took.toMillis() + " ms.");
    second.does("ack " + number);

    scene.note("The server is killed. Whoever had the alarm has it still when they are back.");
    scene.stage().server().kill();
    scene.stage().startServer();
    Operator other = scene.operator("op-1");
    scene.await("op-2 is back and does something about it", WITHIN, () -> comments(second, number));
    other.does("alarm " + number);
    List<AlarmTransition.Kind> happened = NobodyAvailable.history(other);
    scene.checkEqual(
        1, Collections.frequency(happened, AlarmTransition.Kind.LAPSED), "how often it lapsed");
    scene.check(
        !AlarmsSeen.offered(other).contains(number), "op-1, who came back, is not asked again");

    AlarmsSeen.play(scene, "sw4", "{\"load\": 50}");
    scene.await(
        "it is over",
        WITHIN,
        () -> AlarmsSeen.sees(other, alarm -> alarm.number() == number && alarm.closed()));
  }

  private static boolean comments(Operator operator, long number) {
    try {
      return operator.says("comment " + number + " a crew is on its way").ok();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
