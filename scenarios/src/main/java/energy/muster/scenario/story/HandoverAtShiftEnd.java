// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.AlarmTransition;
import energy.muster.identity.Area;
import energy.muster.json.Json;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A shift ends: what is open goes to whoever takes over, and what is new asks whoever is next. */
public final class HandoverAtShiftEnd implements Story {
  private static final String BREAKER = "sw60";
  private static final Duration WITHIN = Duration.ofSeconds(30);
  private static final Duration SHIFT = Duration.ofHours(8);
  private static final Duration SOON = Duration.ofSeconds(5);

  @Override
  public String name() {
    return "handover-at-shift-end";
  }

  @Override
  public String about() {
    return "A shift ends: open alarms go to whoever takes over, new ones ask whoever is on duty then.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    scene.note("An engineer signs who answers for the plant: op-1, and after that op-2.");
    Operator engineer =
        AlarmsSeen.plant(scene, BREAKER, new Area("branch-60"), "op-1", "op-2", "op-3");
    engineer.does("publish policy \"" + policy(scene) + "\"");
    engineer.does("publish duty \"" + roster(scene, scene.now().plus(SHIFT)) + "\"");
    Responder op1 = new Responder(scene, "op-1", scene.operator("op-1"));
    Responder op2 = new Responder(scene, "op-2", scene.operator("op-2"));
    Responder op3 = new Responder(scene, "op-3", scene.operator("op-3"));
    op3.operator().does("duty plant-60");

    scene.note("The breaker asks for service: op-1 is on duty, so op-1 is asked, and takes it on.");
    AlarmsSeen.happens(scene, BREAKER, "service-required");
    long open = op1.asked("service-required", WITHIN);
    op1.operator().does("ack " + open);
    op1.learnsOwner(open, "op-1", WITHIN);
    op1.operator().does("comment " + open + " the fitter is on the way");

    scene.note("op-1 goes home. The alarm goes along with what is handed over; nobody is paged.");
    op1.operator().does("off duty, hand over to op-2");
    op1.operator().sees("offered to op-2: alarm " + open);
    op2.operator().hears("op-1", "hand over to you: alarm " + open, WITHIN);
    scene.await(
        "the alarm says that op-2 may have it",
        WITHIN,
        () -> isLeftTo(op3.operator(), open, "op-2"));
    op1.operator().close();

    scene.note("The server is killed before op-2 has answered.");
    scene.stage().server().kill();
    scene.stage().startServer();
    scene.await("op-2 is back", WITHIN, () -> op2.operator().session().proven());
    scene.checkEqual(Optional.of("op-1"), op2.owner(open), "whose the alarm still is");
    op2.operator().does("accept op-1");
    op2.operator().sees("yours now: alarm " + open);
    op2.learnsOwner(open, "op-2", WITHIN);
    op2.operator().does("alarm " + open);
    List<AlarmTransition.Kind> happened = NobodyAvailable.history(op2.operator());
    scene.check(
        happened.contains(AlarmTransition.Kind.HANDED_OVER)
            && !happened.contains(AlarmTransition.Kind.LAPSED),
        "it was handed over and never lapsed: " + happened);

    scene.note(
        "The shift ends early, by the next revision: what is new asks op-2, and op-3 still not.");
    Instant end = scene.now().plus(SOON);
    engineer.does("publish duty \"" + roster(scene, end) + "\"");
    scene.await("the shift has ended", WITHIN, () -> scene.now().isAfter(end));
    op3.operator().does("duty plant-60");
    op3.operator().sees("op-2 (override)");
    AlarmsSeen.happens(scene, BREAKER, "service-required", "tamper");
    long opened = op2.asked("tamper", WITHIN);
    op2.operator().does("ack " + opened);

    scene.note("The server restarts: both are op-2's as before.");
    scene.stage().server().terminate();
    scene.stage().startServer();
    scene.await("op-2 is back", WITHIN, () -> op2.operator().session().proven());
    scene.checkEqual(Optional.of("op-2"), op2.owner(open), "whose the first alarm is");
    scene.checkEqual(Optional.of("op-2"), op2.owner(opened), "whose the second is");
    op2.neverAsked("service-required");
    op3.neverAsked("service-required");
    op3.neverAsked("tamper");
  }

  private static boolean isLeftTo(Operator operator, long number, String person) {
    return AlarmsSeen.sees(
        operator,
        alarm ->
            alarm.number() == number
                && alarm
                    .owner()
                    .flatMap(AlarmEntry.Owner::heir)
                    .filter(heir -> heir.person().local().equals(person))
                    .isPresent());
  }

  private static Path policy(Scene scene) throws IOException {
    ObjectNode policy = Json.object();
    policy.putArray("groups");
    ObjectNode course = policy.putArray("courses").addObject().put("name", "all");
    course
        .putArray("steps")
        .addObject()
        .put("waitSeconds", 600)
        .putArray("to")
        .add("duty:plant-60");
    course.put("acknowledgedForSeconds", 3600);
    return Files.write(scene.stage().folder().data().resolve("policy.json"), Json.bytes(policy));
  }

  private static Path roster(Scene scene, Instant end) throws IOException {
    ObjectNode roster = Json.object();
    ObjectNode team =
        roster.putArray("teams").addObject().put("team", "plant-60").put("zone", "UTC");
    team.putArray("rotations");
    ArrayNode overrides = team.putArray("overrides");
    override(overrides, scene, "op-1", end.minus(SHIFT), end);
    override(overrides, scene, "op-2", end, end.plus(SHIFT));
    return Files.write(scene.stage().folder().data().resolve("duty.json"), Json.bytes(roster));
  }

  private static void override(
      ArrayNode overrides, Scene scene, String name, Instant from, Instant until) {
    overrides
        .addObject()
        .put("person", scene.stage().folder().jid(name).toString())
        .put("from", from.toString())
        .put("until", until.toString());
  }
}
