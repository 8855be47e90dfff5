// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.FullJid;
import energy.muster.json.Json;
import energy.muster.presence.Operating;
import energy.muster.refusal.Reason;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.Receiver;
import energy.muster.service.fixture.World;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Views of a part, and receivers that come back. */
final class ResumedViewTest {
  private static final Duration LEASE = Duration.ofMinutes(5);

  private final World world = new World();
  private final SigningIdentity operator = world.pki.operator("op-1", "feeder-123");
  private final Receiver receiver = new Receiver("v1");
  private FullJid person;
  private FullJid load;
  private FullJid other;

  @BeforeEach
  void everybodyIsThere() {
    person = world.prove(operator, "console");
    load = world.prove(world.pki.device("load-48", "branch-60", "feeder-123"), "k1");
    other = world.prove(world.pki.device("load-1", "branch-7", "feeder-123"), "k1");
    world.says(load, 1, Operating.ON, LEASE);
    world.says(other, 1, Operating.ON, LEASE);
    world.network.receiver(
        sent -> {
          if (sent.to().equals(person) && sent.payload().wire() == Wire.CHANGES) {
            receiver.changes(sent.payload());
          }
        });
  }

  private ObjectNode ask(Payload request) {
    return world.set(person, request).requireLargeJson();
  }

  private static ObjectNode only(String field, String... names) {
    ObjectNode only = Json.object();
    for (String name : names) {
      only.withArray(field).add(name);
    }
    return only;
  }

  private String shownOf(ObjectNode only) {
    ObjectNode answer = ask(new Receiver("part", Optional.of(only)).opening());
    StringBuilder names = new StringBuilder();
    answer.get("entries").forEach(entry -> names.append(entry.get("device").asText()).append(' '));
    return names.toString().strip();
  }

  private void away() {
    world.cut(person);
  }

  private Payload back() {
    person = world.prove(operator, "console-" + world.clock.instant().toEpochMilli());
    return world.set(person, receiver.resuming());
  }

  @Test
  void aViewIsOfABranchAKindOrSomeDevices() {
    assertThat(shownOf(only("areas", "branch-60"))).isEqualTo("load-48@grid.example");
    assertThat(shownOf(only("areas", "branch-60", "branch-7")))
        .isEqualTo("load-1@grid.example load-48@grid.example");
    assertThat(shownOf(only("kinds", "load")))
        .isEqualTo("load-1@grid.example load-48@grid.example");
    assertThat(shownOf(only("kinds", "generator"))).isEmpty();
    assertThat(shownOf(only("devices", "load-1@grid.example"))).isEqualTo("load-1@grid.example");
  }

  @Test
  void whatIsNotCoveredIsAsWhatIsNotThere() {
    world.prove(world.pki.device("load-9", "branch-9"), "k1");

    ObjectNode hidden = ask(part("devices", "load-9@grid.example").opening());
    ObjectNode absent = ask(part("devices", "load-8@grid.example").opening());
    ObjectNode area = ask(part("areas", "branch-9").opening());

    assertThat(hidden).isEqualTo(absent).isEqualTo(area);
  }

  private static Receiver part(String field, String name) {
    return new Receiver("part", Optional.of(only(field, name)));
  }

  @Test
  void aScopeThatIsNotUnderstoodIsRefused() {
    assertThat(world.refusal(person, part("towns", "x").opening())).isEqualTo(Reason.MALFORMED);
    assertThat(world.refusal(person, part("kinds", "dragon").opening()))
        .isEqualTo(Reason.MALFORMED);
  }

  @Test
  void onlyWhatChangedIsTold() {
    receiver.opened(world.set(person, receiver.opening()));
    world.pass(Duration.ofSeconds(1));
    world.says(load, 2, Operating.OFF, LEASE);

    Payload last = world.network.to(person, Wire.CHANGES).get(0);
    assertThat(last.requireJson().get("changes").get(0).toString())
        .isEqualTo(
            "{\"device\":\"load-48@grid.example\",\"presence\":{\"rev\":2,\"operating\":\"off\"}}");
  }

  @Test
  void whoComesBackGetsWhatChangedMeanwhile() {
    receiver.opened(world.set(person, receiver.opening()));
    away();
    world.says(load, 2, Operating.OFF, LEASE);
    Instant heard = world.clock.instant();
    world.pass(Duration.ofMinutes(1));

    Payload answer = back();

    assertThat(answer.requireJson().path("entries")).isEmpty();
    assertThat(answer.requireJson().path("changes")).hasSize(1);
    assertThat(answer.requireJson().at("/changes/0/heard").asText()).isEqualTo(heard.toString());
    assertThat(receiver.opened(answer)).isTrue();
    assertThat(receiver.shown().get("load-48@grid.example").presence().orElseThrow().operating())
        .isEqualTo(Operating.OFF);
  }

  @Test
  void whatWasSentAndDidNotArriveIsToldAgainInFull() {
    receiver.opened(world.set(person, receiver.opening()));
    world.network.receiver(lost -> {});
    world.pass(Duration.ofSeconds(1));
    world.says(load, 2, Operating.OFF, LEASE);
    away();

    Payload answer = back();

    assertThat(answer.requireJson().path("entries")).hasSize(1);
    assertThat(receiver.opened(answer)).isTrue();
    assertThat(receiver.shown().get("load-48@grid.example").presence().orElseThrow().operating())
        .isEqualTo(Operating.OFF);
  }

  @Test
  void aDeviceThatLeftTheAreaIsGone() {
    receiver.opened(world.set(person, receiver.opening()));
    world.pass(Duration.ofSeconds(1));
    world.prove(world.pki.device("load-48", "branch-9"), "k2");
    world.pass(Duration.ofSeconds(1));

    assertThat(receiver.shown()).containsOnlyKeys("load-1@grid.example");
  }

  @Test
  void aDeviceThatLeftWhileItsPersonWasAwayIsGone() {
    receiver.opened(world.set(person, receiver.opening()));
    away();
    world.prove(world.pki.device("load-48", "branch-9"), "k2");

    assertThat(receiver.opened(back())).isTrue();
    assertThat(receiver.shown()).containsOnlyKeys("load-1@grid.example");
  }

  @Test
  void aRevisionOfAnotherLifeOfTheServiceMeansNothing() {
    receiver.opened(world.set(person, receiver.opening()));
    world.pass(Duration.ofSeconds(6));
    world.killAndRestart();

    Payload answer = back();

    assertThat(answer.requireJson().has("since")).isFalse();
    assertThat(answer.requireJson().path("entries")).hasSize(2);
  }

  @Test
  void aViewOfWhoStaysAwayIsForgotten() {
    receiver.opened(world.set(person, receiver.opening()));
    away();
    world.pass(Duration.ofMinutes(15));

    assertThat(receiver.opened(back())).isFalse();
    assertThat(receiver.shown()).hasSize(2);
  }

  @Test
  void anotherPersonsViewCannotBeResumed() {
    receiver.opened(world.set(person, receiver.opening()));
    away();
    person = world.prove(world.pki.operator("op-2", "branch-9"), "console");

    Payload answer = world.set(person, receiver.resuming());

    assertThat(answer.requireJson().has("since")).isFalse();
    assertThat(answer.requireJson().path("entries")).isEmpty();
  }

  @Test
  void aRevisionThatNeverWasGetsEverything() {
    receiver.opened(world.set(person, receiver.opening()));
    ObjectNode request = receiver.resuming().requireJson();
    ((ObjectNode) request.get("since")).put("rev", 99);

    ObjectNode answer = ask(Payload.of(Wire.VIEW, request));

    assertThat(answer.has("since")).isFalse();
    assertThat(answer.get("entries")).hasSize(2);
  }
}
