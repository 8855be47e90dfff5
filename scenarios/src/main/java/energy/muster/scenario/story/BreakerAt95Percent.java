// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.Alarm;
import energy.muster.alarm.Priority;
import energy.muster.alarm.Reach;
import energy.muster.alarm.RuleName;
import energy.muster.console.session.Event;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.Area;
import energy.muster.identity.Role;
import energy.muster.presence.Contact;
import energy.muster.presence.Duty;
import energy.muster.presence.Quantity;
import energy.muster.scenario.Answer;
import energy.muster.scenario.Operator;
import energy.muster.scenario.RawClient;
import energy.muster.scenario.RawElement;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import energy.muster.stage.StalledJournal;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A breaker comes near to its trip. It says so with its signature, to the service as soon as that
 * can keep it; while it cannot, the breaker looks by itself for an operator who is there.
 */
public final class BreakerAt95Percent implements Story {
  private static final Area BRANCH = new Area("branch-60");
  private static final String BREAKER = "sw4";
  private static final RuleName TRIP = new RuleName("trip-imminent");
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration RETRIES = Duration.ofSeconds(90);

  @Override
  public String name() {
    return "breaker-at-95-percent";
  }

  @Override
  public String about() {
    return "A breaker about to trip finds an operator who is there, also while the service takes no alarm.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    scene.stage().person("eng-1", Role.ENGINEER, BRANCH);
    scene.enrolOperator("op-1", BRANCH);
    scene.enrolOperator("op-2", BRANCH);
    scene.enrolOperator("op-3", new Area("branch-13"));
    Path script = scene.stage().folder().data().resolve("sw4-surroundings.json");
    DeviceSpec breaker = breaker(script);
    scene.stage().enrol(breaker);
    Child server = scene.stage().serverWithin(StalledJournal.class).startServer();
    Child device = scene.startDevices("breaker", List.of(breaker));
    Operator engineer = scene.operator("eng-1");
    engineer.does("configure " + BREAKER + " set alarmContacts op-3 and op-1 and op-2");
    engineer.answered(BREAKER, "executed");
    Operator first = scene.operator("op-1");
    Operator second = scene.operator("op-2");
    Operator elsewhere = scene.operator("op-3");

    scene.note("op-1 is not to be disturbed. The breaker carries 97 %: the next is asked.");
    first.does("dnd");
    second.awaitDuty("op-1", Duty.DND, SOON);
    play(scene, script, "{\"load\": 97}");
    ObjectNode onset = raised(device, "onset", 0);
    long number = taken(scene, device, onset);
    scene.await("op-2 is asked to take it on", SOON, () -> offered(second, number));
    scene.check(!offered(first, number), "op-1 is not disturbed");
    second.does("ack " + number);

    scene.note("The load falls: it says that it is over, and how bad it was.");
    play(scene, script, "{\"load\": 98.5}");
    scene.await("the breaker shows 98.5 %", SOON, () -> load(second).equals("98.5"));
    play(scene, script, "{\"load\": 60}");
    ObjectNode over = raised(device, "return", 0);
    scene.checkEqual(
        onset.path("id").asText(), over.path("occurrence").asText(), "what it says is over");
    scene.check(over.path("text").asText().contains("98.5"), "it says what the worst was");
    scene.checkEqual(number, taken(scene, device, over), "the alarm that the service ends");

    scene.note("The service's database stalls: 97 % again.");
    server.say(StalledJournal.STALL);
    server.await("stalled", SOON);
    int before = device.events().size();
    play(scene, script, "{\"load\": 97}");
    ObjectNode again = raised(device, "onset", before);
    ObjectNode told = told(device, again);
    scene.checkEqual(
        "op-2@grid.example", told.path("to").asText(), "whom the breaker has found by itself");
    Duration took =
        Duration.between(
            Instant.parse(again.path("at").asText()), Instant.parse(told.path("at").asText()));
    scene.check(
        took.compareTo(PATIENCE) >= 0 && took.compareTo(PATIENCE.plus(SOON)) < 0,
        "that was " + took.toSeconds() + " s after it was raised");
    scene.await("op-2 sees it", SOON, () -> brought(second, again).isPresent());
    Alarm seen = brought(second, again).orElseThrow();
    scene.checkEqual(Priority.CRITICAL, seen.priority(), "its priority");
    scene.check(brought(first, again).isEmpty(), "op-1 is not disturbed");
    scene.check(
        brought(elsewhere, again).isEmpty(), "op-3, who does not answer for it, sees nothing");

    notBelieved(scene);

    scene.note("The breaker is killed. It and the database come back.");
    device.kill();
    server.say(StalledJournal.GO_ON);
    server.await("goes-on", SOON);
    Child restarted = scene.startDevices("breaker", List.of(breaker));
    scene.note("The service has the alarm after all, with its true time.");
    taken(scene, restarted, again);
    play(scene, script, "{\"load\": 60}");
    ObjectNode end = raised(restarted, "return", 0);
    scene.checkEqual(
        again.path("id").asText(), end.path("occurrence").asText(), "what it says is over");
    taken(scene, restarted, end);

    scene.note("Its supply fails: it says so while it can, and is gone.");
    play(scene, script, "{\"load\": 0, \"happenings\": [\"supply-lost\"]}");
    ObjectNode gasp = restarted.await("alarm", said -> rule(said).equals("outage"), SOON);
    long outage = taken(scene, restarted, gasp);
    restarted.kill();
    scene.await("op-2 is asked to see to it", SOON, () -> offered(second, outage));
    second.told("fault", BREAKER, PATIENCE);
  }

  private static String rule(ObjectNode said) {
    return said.path("rule").asText();
  }

  /** Whoever has the breaker's password, but not its key. */
  private static void notBelieved(Scene scene) throws IOException, InterruptedException {
    scene.note("Somebody has sw4's password and a key that is not sw4's.");
    SigningIdentity other = scene.stage().folder().identity(scene.stage().folder().jid("op-2"));
    RawClient thief = RawClient.logIn(scene, BREAKER);
    thief.present(RawElement.of(Payload.empty(Wire.DEVICE)));
    Answer where = reach(thief, "op-2");
    String session =
        Reach.read(
                new Payload(Wire.REACH, Optional.empty(), Optional.of(where.json())),
                scene.stage().folder().jid("op-2"))
            .there()
            .get(0)
            .toString();
    Answer forged = thief.set(session, RawElement.of(Payload.of(Wire.ALARM, forged(scene, other))));
    scene.checkEqual("bad-signature", forged.reason(), "op-2's console answers");
    scene.checkEqual(
        reach(thief, "nobody").json(),
        reach(thief, "op-3").json(),
        "op-3, who does not answer for sw4, is like nobody");
  }

  private static Answer reach(RawClient device, String person) throws InterruptedException {
    return device
        .post(person + "@grid.example", false, RawElement.of(Payload.empty(Wire.REACH)))
        .orTimeout(SOON.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  private static Sealed forged(Scene scene, SigningIdentity by) {
    Instant now = scene.now();
    DocumentId id = DocumentId.next(now);
    Alarm alarm =
        new Alarm(
            new Header(
                DocumentType.ALARM,
                scene.stage().folder().site(),
                id,
                scene.stage().folder().jid(BREAKER),
                now),
            id,
            TRIP,
            Alarm.Event.ONSET,
            Priority.CRITICAL,
            Optional.empty(),
            now,
            true,
            false,
            "nothing of the kind",
            Optional.empty());
    return Sealer.seal(alarm.write(), now, by);
  }

  private static DeviceSpec breaker(Path script) {
    DeviceSpec plain = Cast.breaker(BREAKER, BRANCH);
    ObjectNode driver = plain.driver().put("surroundings", script.toAbsolutePath().toString());
    return new DeviceSpec(BREAKER, plain.areas(), driver, plain.lease());
  }

  /** As a whole, so that nobody reads half of it. */
  private static void play(Scene scene, Path script, String surroundings) throws IOException {
    scene.note("Played to " + BREAKER + ": " + surroundings);
    Path next = script.resolveSibling(script.getFileName() + ".next");
    Files.writeString(next, surroundings);
    Files.move(next, script, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static ObjectNode raised(Child device, String event, int from) {
    return device
        .first(
            from,
            said ->
                said.path("event").asText().equals("alarm")
                    && said.path("rule").asText().equals(TRIP.text())
                    && said.path("is").asText().equals(event),
            PATIENCE)
        .orElseThrow();
  }

  private static long taken(Scene scene, Child device, ObjectNode alarm) {
    ObjectNode taken = device.await("taken", said -> same(said, alarm), RETRIES);
    long number = taken.path("number").asLong();
    scene.check(number > 0, "the service has it on disk, as alarm " + number);
    return number;
  }

  private static ObjectNode told(Child device, ObjectNode alarm) {
    return device.await("told", said -> same(said, alarm), RETRIES);
  }

  private static boolean same(ObjectNode said, ObjectNode alarm) {
    return said.path("id").asText().equals(alarm.path("id").asText());
  }

  private static boolean offered(Operator operator, long number) {
    return operator.seen().stream()
        .anyMatch(
            event ->
                event instanceof Event.AlarmOffered offered && offered.alarm().number() == number);
  }

  private static String load(Operator operator) {
    return operator
        .contact(BREAKER)
        .flatMap(Contact::presence)
        .map(presence -> presence.quantities().get(Quantity.LOAD))
        .map(BigDecimal::toPlainString)
        .orElse("nothing");
  }

  private static Optional<Alarm> brought(Operator operator, ObjectNode alarm) {
    return operator.seen().stream()
        .filter(Event.AlarmHeard.class::isInstance)
        .map(event -> ((Event.AlarmHeard) event).alarm())
        .filter(seen -> seen.header().id().text().equals(alarm.path("id").asText()))
        .findFirst();
  }
}
