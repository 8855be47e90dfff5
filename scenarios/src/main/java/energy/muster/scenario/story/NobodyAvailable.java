// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.AlarmTransition;
import energy.muster.console.session.Event;
import energy.muster.identity.Area;
import energy.muster.presence.Duty;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import java.time.Duration;
import java.util.List;

/** An alarm for which nobody is there waits for whoever comes first, also past a killed server. */
public final class NobodyAvailable implements Story {
  private static final Area BRANCH = new Area("branch-60");
  private static final Duration WITHIN = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "nobody-available";
  }

  @Override
  public String about() {
    return "An alarm without anybody is offered at once to whoever comes, and owned by one person.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    scene.enrolOperator("op-3", new Area("branch-13"));
    Operator engineer = AlarmsSeen.plant(scene, "sw4", BRANCH, "op-1", "op-2");
    AlarmsSeen.publish(
        scene, engineer, 600, List.of("person:op-1@grid.example 5", "role:operator 5"));
    Operator busy = scene.operator("op-2");
    Operator elsewhere = scene.operator("op-3");
    busy.does("dnd");
    scene.await(
        "op-2 is known not to be disturbed", WITHIN, () -> says(engineer, "op-2", Duty.DND));

    scene.note(
        "The breaker carries 97 %. op-1 is away, op-2 busy, op-3 answers for another branch.");
    AlarmsSeen.play(scene, "sw4", "{\"load\": 97}");
    scene.await(
        "the alarm waits for somebody to come",
        WITHIN,
        () -> AlarmsSeen.sees(engineer, AlarmsSeen::waits));
    AlarmEntry alarm = AlarmsSeen.known(engineer).values().iterator().next();

    scene.note("The server is killed while it waits.");
    scene.stage().server().kill();
    scene.stage().startServer();
    scene.stage().awaitServer();
    Operator first = scene.operator("op-1");
    Duration took =
        scene.await(
            "op-1 has come and is asked at once",
            WITHIN,
            () -> AlarmsSeen.offered(first).contains(alarm.number()));
    scene.note("That took " + took.toMillis() + " ms from the console's start.");
    first.does("ack " + alarm.number());
    scene.await(
        "the engineer, who is back, sees that op-1 has it",
        WITHIN,
        () ->
            lists(engineer)
                && AlarmsSeen.sees(engineer, known -> AlarmsSeen.ownedBy(known, "op-1")));
    scene.check(AlarmsSeen.offered(busy).isEmpty(), "op-2 was not disturbed");
    scene.check(AlarmsSeen.known(elsewhere).isEmpty(), "op-3 learned nothing");

    first.does("alarm " + alarm.number());
    List<AlarmTransition.Kind> happened = history(first);
    scene.check(
        happened.containsAll(
            List.of(
                AlarmTransition.Kind.RAISED,
                AlarmTransition.Kind.NOBODY,
                AlarmTransition.Kind.OFFERED,
                AlarmTransition.Kind.ACKNOWLEDGED)),
        "its history: " + happened);
    AlarmsSeen.play(scene, "sw4", "{\"load\": 50}");
    scene.await(
        "it is over",
        WITHIN,
        () -> AlarmsSeen.sees(first, known -> known.number() == alarm.number() && known.closed()));
  }

  private static boolean lists(Operator operator) {
    try {
      return operator.says("alarms").ok();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean says(Operator asker, String person, Duty duty) {
    try {
      return asker.people().stream()
          .anyMatch(other -> other.person().local().equals(person) && other.duty() == duty);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static List<AlarmTransition.Kind> history(Operator operator) {
    return operator.seen().stream()
        .filter(Event.AlarmShown.class::isInstance)
        .map(event -> ((Event.AlarmShown) event).transitions())
        .reduce((older, newer) -> newer)
        .orElse(List.of())
        .stream()
        .map(AlarmTransition::kind)
        .toList();
  }
}
