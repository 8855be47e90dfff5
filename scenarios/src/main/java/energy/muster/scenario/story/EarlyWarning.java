// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.Area;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.presence.Contact;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Position;
import energy.muster.scenario.Operator;
import energy.muster.scenario.RawClient;
import energy.muster.scenario.RawElement;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import energy.muster.warning.Catastrophe;
import energy.muster.warning.Warning;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A short circuit behind two breakers in a row, on two branches at the same moment. Where reactions
 * were signed the upstream breaker stays closed and the rest protects itself; where none were, it
 * trips as well.
 */
public final class EarlyWarning implements Story {
  private static final Area BRANCH = new Area("branch-60");
  private static final Area UNPREPARED = new Area("branch-18");
  private static final Duration PREPARATION = Duration.ofSeconds(60);
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int GRADED_MILLIS = 1_000;
  private static final int INSTANT_MILLIS = 20;
  private static final int CURRENT_MILLIS = 1_500;

  @Override
  public String name() {
    return "early-warning";
  }

  @Override
  public String about() {
    return "A breaker that sees a short circuit warns its peers: upstream holds, downstream protects itself.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    scene.stage().person("eng-1", Role.ENGINEER, BRANCH);
    scene.enrolOperator("op-1", BRANCH);
    scene.enrolOperator("op-2", UNPREPARED);
    scene.stage().startServer();
    Operator engineer = scene.operator("eng-1");
    Operator utility = scene.operator("op-1");
    Operator elsewhere = scene.operator("op-2");
    Instant fault = scene.now().plus(PREPARATION);
    Child upstream =
        scene.startDevices(
            "upstream",
            List.of(
                breaker("sw4", BRANCH, fault, GRADED_MILLIS),
                breaker("sw3", UNPREPARED, fault, GRADED_MILLIS)));
    Child downstream =
        scene.startDevices(
            "downstream",
            List.of(
                breaker("sw6", BRANCH, fault, INSTANT_MILLIS),
                breaker("sw8", UNPREPARED, fault, INSTANT_MILLIS),
                Cast.load("load-62c", BRANCH, 40),
                Cast.load("load-76a", BRANCH, 105)));

    scene.note(
        "An engineer signs beforehand what each is to do when sw6 warns. load-76a gets none.");
    sign(scene, engineer, "sw4", "\"act\":\"hold\",\"forMillis\":2000");
    sign(scene, engineer, "load-62c", "\"act\":\"protect\"");
    scene.check(scene.now().isBefore(fault), "all is signed before the fault");

    scene.note("A short circuit behind sw6, and at the same moment one behind sw8.");
    String warning = warningOf(downstream, "sw6").path("id").asText();
    ObjectNode held = reaction(upstream, "sw4", warning);
    ObjectNode shed = reaction(downstream, "load-62c", warning);
    ObjectNode noted = reaction(downstream, "load-76a", warning);
    scene.checkEqual("held", held.path("answer").asText(), "sw4's answer");
    scene.checkEqual("protected", shed.path("answer").asText(), "load-62c's answer");
    scene.checkEqual("noted", noted.path("answer").asText(), "load-76a's answer");
    Instant seen = Instant.parse(warningOf(downstream, "sw6").path("seen").asText());
    scene.note(
        "From the event to the last peer's action: "
            + lastAction(seen, List.of(held, shed, noted)).toMillis()
            + " ms, two processes and the server on one machine.");
    scene.await("sw6 is open", SOON, () -> position(utility, "sw6") == Position.OPEN);
    scene.await("sw3, unprepared, is open, too", SOON, () -> open(elsewhere, "sw3"));
    Instant over = fault.plusMillis(CURRENT_MILLIS);
    scene.await("the current has ceased to flow", SOON, () -> scene.now().isAfter(over));
    scene.check(position(utility, "sw4") == Position.CLOSED, "sw4 has not tripped as well");
    utility.does("expect load-76a on");
    utility.does("expect load-62c off within 10 s");
    utility.told("warning", "sw6");
    utility.told("reacted", "sw4");
    utility.told("reacted", "load-62c");

    notBelieved(scene, upstream);
    utility.told("warning-refused", "sw4");
    utility.does("restore load-62c");
    utility.answered("load-62c", "executed");
  }

  private static void notBelieved(Scene scene, Child upstream)
      throws IOException, InterruptedException {
    scene.note("Somebody has load-76a's password and a warning recorded from sw6.");
    SigningIdentity peer = scene.stage().folder().identity(scene.stage().folder().jid("sw6"));
    RawClient thief = RawClient.logIn(scene, "load-76a");
    thief.tell("sw4@grid.example", recorded(scene, peer, scene.now()));
    refused(scene, upstream, "not-authorised");

    scene.note("With sw6's password it comes from the right sender, and six seconds late.");
    RawClient twin = RawClient.logIn(scene, "sw6");
    twin.tell("sw4@grid.example", recorded(scene, peer, scene.now().minusSeconds(6)));
    refused(scene, upstream, "stale");

    scene.note("From another branch the server does not even pass it on.");
    int before = upstream.events().size();
    RawClient stranger = RawClient.logIn(scene, "sw8");
    stranger.tell("sw4@grid.example", recorded(scene, peer, scene.now()));
    twin.tell("sw4@grid.example", recorded(scene, peer, scene.now().minusSeconds(6)));
    scene.await("what was sent after it has arrived", SOON, () -> refusals(upstream).size() == 3);
    scene.check(
        upstream.events().subList(before, upstream.events().size()).stream()
            .noneMatch(event -> event.path("from").asText().startsWith("sw8@")),
        "sw4 has heard nothing from sw8");
  }

  private static RawElement recorded(Scene scene, SigningIdentity peer, Instant seen) {
    Warning warning =
        new Warning(
            new Header(
                DocumentType.WARNING,
                scene.stage().folder().site(),
                DocumentId.next(seen),
                peer.certified().jid(),
                seen),
            Catastrophe.SHORT_CIRCUIT,
            BRANCH,
            "nowhere");
    return RawElement.of(Payload.of(Wire.WARNING, Sealer.seal(warning.write(), seen, peer)));
  }

  private static void refused(Scene scene, Child upstream, String reason)
      throws InterruptedException {
    scene.await(
        "sw4 refuses it as " + reason,
        SOON,
        () ->
            refusals(upstream).stream()
                .anyMatch(event -> event.path("reason").asText().equals(reason)));
  }

  private static List<ObjectNode> refusals(Child process) {
    return process.events().stream()
        .filter(event -> event.path("event").asText().equals("unheeded"))
        .toList();
  }

  private static void sign(Scene scene, Operator engineer, String device, String act)
      throws IOException, InterruptedException {
    Path file = scene.stage().folder().data().resolve(device + "-reactions.json");
    Files.writeString(
        file,
        "{\"reactions\":[{\"event\":\"short-circuit\",\"from\":\"sw6@grid.example\","
            + act
            + "}]}");
    engineer.does("configure " + device + " " + file);
    engineer.answered(device, "executed");
  }

  private static ObjectNode warningOf(Child process, String device) {
    return process.await(
        "warns",
        said -> said.path("device").asText().startsWith(device + "@"),
        PREPARATION.plus(SOON));
  }

  private static ObjectNode reaction(Child process, String device, String warning) {
    return process.await(
        "reacts",
        said ->
            said.path("device").asText().startsWith(device + "@")
                && said.path("id").asText().equals(warning),
        SOON);
  }

  private static Duration lastAction(Instant seen, List<ObjectNode> reactions) {
    return reactions.stream()
        .map(reaction -> Duration.between(seen, Instant.parse(reaction.path("done").asText())))
        .max(Duration::compareTo)
        .orElseThrow();
  }

  private static boolean open(Operator person, String device) {
    return position(person, device) == Position.OPEN;
  }

  private static Position position(Operator person, String device) {
    return person
        .contact(device)
        .flatMap(Contact::presence)
        .flatMap(DevicePresence::position)
        .orElse(Position.CLOSED);
  }

  private static DeviceSpec breaker(String name, Area branch, Instant fault, int tripMillis) {
    DeviceSpec plain = Cast.breaker(name, branch);
    ObjectNode driver = plain.driver();
    ObjectNode protection = driver.putObject("protection").put("tripMillis", tripMillis);
    protection
        .putArray("faults")
        .add(
            Json.object()
                .put("event", Catastrophe.SHORT_CIRCUIT.wire())
                .put("place", "seen by " + name)
                .put("at", fault.toString())
                .put("millis", CURRENT_MILLIS));
    return new DeviceSpec(name, plain.areas(), driver, plain.lease());
  }
}
