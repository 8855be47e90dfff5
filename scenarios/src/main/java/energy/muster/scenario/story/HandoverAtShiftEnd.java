// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.Area;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.DeviceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A shift ends: what is open goes to whoever takes over, and what is new asks whoever is next. */
public final class HandoverAtShiftEnd implements Story {
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
    Area branch = new Area("branch-60");
    Path sensors = scene.stage().folder().data().resolve("sw60-sensors.json");
    DeviceSpec breaker =
        new DeviceSpec(
            "sw60",
            Set.of(branch),
            Json.object()
                .put("type", "breaker")
                .put("position", "closed")
                .put("surroundings", sensors.toString()),
            DeviceSpec.DEFAULT_LEASE);
    scene.stage().enrol(List.of(breaker));
    for (String name : List.of("op-1", "op-2", "op-3")) {
      scene.enrolOperator(name, branch);
    }
    scene.stage().person("eng-1", Role.ENGINEER, Area.ALL);
    scene.stage().startServer();
    scene.stage().startDevices("breaker", List.of(breaker));

    scene.note("An engineer signs who answers for the plant: op-1, and after that op-2.");
    Operator engineer = scene.operator("eng-1");
    engineer.does("publish policy \"" + policy(scene) + "\"");
    engineer.does("publish duty \"" + roster(scene, scene.now().plus(SHIFT)) + "\"");
    Responder op1 = new Responder(scene, "op-1", scene.operator("op-1"));
    Responder op2 = new Responder(scene, "op-2", scene.operator("op-2"));
    Responder op3 = new Responder(scene, "op-3", scene.operator("op-3"));
    op3.operator().does("duty plant-60");

    scene.note("The breaker asks for service: op-1 is on duty, so op-1 is asked, and takes it on.");
    play(sensors, "service-required");
    long open = op1.asked("service-required", WITHIN);
    op1.operator().does("ack " + open);
    op1.learnsOwner(open, "op-1", WITHIN);
    op1.operator().does("comment " + open + " the fitter is on the way");

    scene.note("op-1 goes home. The alarm goes along with what is handed over; nobody is paged.");
    op1.operator().does("off duty, hand over to op-2");
    op1.operator().sees("offered to op-2: 0 orders, alarm " + open);
    op2.operator().hears("op-1", "hand over to you", WITHIN);
    op2.operator().does("accept op-1");
    op2.learnsOwner(open, "op-2", WITHIN);
    op1.operator().close();

    scene.note(
        "The shift ends early, by the next revision: what is new asks op-2, and op-3 still not.");
    Instant end = scene.now().plus(SOON);
    engineer.does("publish duty \"" + roster(scene, end) + "\"");
    scene.await("the shift has ended", WITHIN, () -> scene.now().isAfter(end));
    op3.operator().does("duty plant-60");
    op3.operator().sees("op-2 (override)");
    play(sensors, "service-required", "tamper");
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

  /** Replaced whole, as the device reads it at any moment. */
  private static void play(Path sensors, String... happenings) throws IOException {
    ObjectNode values = Json.object();
    ArrayNode list = values.putArray("happenings");
    Stream.of(happenings).forEach(list::add);
    Path next = sensors.resolveSibling(sensors.getFileName() + ".next");
    Files.write(next, Json.bytes(values));
    Files.move(next, sensors, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
