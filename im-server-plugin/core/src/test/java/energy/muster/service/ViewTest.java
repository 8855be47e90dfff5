// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import energy.muster.identity.Area;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.pki.Subject;
import energy.muster.presence.Operating;
import energy.muster.refusal.Reason;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ViewTest {
  /** Their entries come to more than one message holds. */
  private static final int METERS = 260;

  private static final Duration LEASE = Duration.ofMinutes(5);

  private final World world = new World();
  private final SigningIdentity operator = world.pki.operator("op-1", "branch-60");
  private FullJid person;
  private FullJid covered;
  private FullJid outside;

  @BeforeEach
  void everybodyIsThere() {
    person = world.prove(operator, "console");
    covered = world.prove(world.pki.device("load-48", "branch-60"), "k1");
    outside = world.prove(world.pki.device("load-1", "branch-7"), "k1");
  }

  private static Payload named(Wire wire) {
    return Payload.of(wire, Json.object().put("id", "v1"));
  }

  private JsonNode open() {
    return world.set(person, named(Wire.VIEW)).requireLargeJson();
  }

  private List<JsonNode> changes() {
    return world.network.to(person, Wire.CHANGES).stream()
        .<JsonNode>map(Payload::requireJson)
        .toList();
  }

  @Test
  void aViewBeginsWithWhatTheCertificateCovers() {
    JsonNode snapshot = open();

    assertThat(snapshot.get("rev").asLong()).isEqualTo(1);
    assertThat(snapshot.get("entries")).hasSize(1);
    assertThat(snapshot.at("/entries/0/device").asText()).isEqualTo("load-48@grid.example");
  }

  @Test
  void whatIsNotCoveredIsNeverShown() {
    open();
    world.pass(Duration.ofSeconds(1));

    world.says(outside, 1, Operating.ON, LEASE);
    world.cut(outside);
    world.pass(Duration.ofSeconds(30));

    assertThat(changes()).isEmpty();
    assertThat(world.notices(person)).isEmpty();
  }

  @Test
  void aMasterIedSeesItsBranchAndAnotherDeviceNothing() {
    FullJid master =
        world.prove(
            world.pki.issue(
                Subject.device(World.jid("branch-60"), List.of(new Area("branch-60")))
                    .with(Role.BRANCH_CONTROLLER, new Area("branch-60"))),
            "m1");

    assertThat(world.seen(master, "load-48")).isPresent();
    assertThat(world.seen(master, "load-1")).isEmpty();
    assertThat(world.seen(covered, "load-48")).isEmpty();
    assertThat(world.seen(covered, "branch-60")).isEmpty();
  }

  @Test
  void aDeviceThatJoinsLaterAppears() {
    open();
    world.prove(world.pki.device("load-49", "branch-60"), "k1");
    world.pass(Duration.ofSeconds(1));

    assertThat(changes().get(0).at("/entries/0/device").asText()).isEqualTo("load-49@grid.example");
  }

  @Test
  void aChangeIsShownAtOnceWhenTheViewWasQuiet() {
    open();
    world.pass(Duration.ofMillis(250));

    world.says(covered, 1, Operating.ON, LEASE);

    assertThat(changes()).hasSize(1);
    assertThat(changes().get(0).get("id").asText()).isEqualTo("v1");
  }

  @Test
  void manyChangesAreGatheredToFourASecondAndEndOnTheNewest() {
    open();
    for (int i = 0; i < 100; i++) {
      world.says(covered, i, Operating.ON, LEASE);
      world.pass(Duration.ofMillis(10));
    }
    world.says(covered, 100, Operating.OFF, LEASE);
    world.pass(Duration.ofMillis(250));

    assertThat(changes()).hasSizeBetween(4, 5);
    JsonNode last = changes().get(changes().size() - 1);
    assertThat(last.at("/changes/0/presence/rev").asLong()).isEqualTo(100);
    assertThat(changes().stream().map(each -> each.get("rev").asLong())).isSorted();
  }

  @Test
  void theSameWordAgainIsNoChange() {
    world.says(covered, 1, Operating.ON, LEASE);
    open();
    world.says(covered, 1, Operating.ON, LEASE);
    world.pass(Duration.ofSeconds(1));

    assertThat(changes()).isEmpty();
  }

  @Test
  void beingHeardAloneIsNotTold() {
    open();
    world.pass(Duration.ofSeconds(20));

    world.service().heard(covered);
    world.pass(Duration.ofSeconds(1));

    assertThat(changes()).isEmpty();
  }

  @Test
  void aViewBeginsWithWhenEachWasLastHeard() {
    world.pass(Duration.ofSeconds(20));
    world.service().heard(covered);
    Instant heard = world.clock.instant();
    world.pass(Duration.ofSeconds(1));

    assertThat(open().at("/entries/0/heard").asText()).isEqualTo(heard.toString());
  }

  @Test
  void aGatheredChangeIsOfADeviceThatWasHeardWhenItIsTold() {
    open();
    Instant opened = world.clock.instant();
    world.says(covered, 1, Operating.ON, LEASE);
    world.pass(Duration.ofMillis(100));
    world.service().heard(covered);
    world.pass(Duration.ofMillis(250));

    assertThat(changes()).hasSize(1);
    assertThat(changes().get(0).at("/changes/0").has("heard")).isFalse();
    assertThat(changes().get(0).get("at").asText()).isEqualTo(opened.plusMillis(250).toString());
  }

  @Test
  void aClosedViewIsQuiet() {
    open();
    world.set(person, named(Wire.CLOSE));
    world.says(covered, 1, Operating.ON, LEASE);
    world.pass(Duration.ofSeconds(1));

    assertThat(changes()).isEmpty();
    assertThat(world.refusal(person, named(Wire.CLOSE))).isEqualTo(Reason.UNKNOWN);
  }

  @Test
  void aViewEndsWithItsSession() {
    open();
    world.cut(person);
    world.says(covered, 1, Operating.ON, LEASE);
    world.pass(Duration.ofSeconds(1));

    assertThat(changes()).isEmpty();
  }

  @Test
  void aLargeSiteArrivesInPiecesThatAReaderTakes() {
    open();
    for (int i = 0; i < METERS; i++) {
      FullJid meter = world.prove(world.pki.device("meter-" + i, "branch-60"), "k");
      world.says(meter, 1, Operating.NONE, LEASE);
    }
    world.pass(Duration.ofSeconds(5));

    assertThat(changes().stream().mapToInt(each -> each.path("entries").size()).sum())
        .isEqualTo(METERS);
    assertThat(changes()).hasSizeGreaterThan(1);
    assertThat(changes()).allMatch(each -> each.toString().length() < Json.MAX_BYTES);
  }
}
