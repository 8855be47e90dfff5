// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Verb;
import energy.muster.identity.FullJid;
import energy.muster.json.Json;
import energy.muster.outcome.Result;
import energy.muster.presence.Availability;
import energy.muster.presence.Certainty;
import energy.muster.presence.Contact;
import energy.muster.presence.Operating;
import energy.muster.presence.Show;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PresenceTest {
  private static final Duration LEASE = Duration.ofMinutes(1);

  private final World world = new World();
  private final SigningIdentity load = world.pki.device("load-48", "branch-60");
  private final SigningIdentity operator = world.pki.operator("op-1", "branch-60");
  private FullJid person;
  private FullJid device;

  @BeforeEach
  void bothAreThere() {
    person = world.prove(operator, "console");
    device = world.prove(load, "k1");
  }

  private Contact contact() {
    return world.seen(person, "load-48").orElseThrow();
  }

  private void goSilent() {
    world.network.fail(device, Wire.LEASE, new Unanswered("silence"));
  }

  @Test
  void aProvenDeviceIsReal() {
    world.says(device, 1, Operating.ON, LEASE);

    assertThat(contact().certainty()).isEqualTo(Certainty.REAL);
    assertThat(contact().availability()).isEqualTo(Availability.AVAILABLE_ON);
  }

  @Test
  void presenceWithoutTheKeyIsIgnoredAndTheSessionRemindedOnce() {
    FullJid thief = world.open("load-48", "k2");

    world.says(thief, 9, Operating.OFF, LEASE);
    world.says(thief, 10, Operating.OFF, LEASE);

    assertThat(contact().presence()).isEmpty();
    assertThat(world.network.to(thief, Wire.REQUIRED)).hasSize(1);
  }

  @Test
  void anUnprovenSecondSessionChangesNothing() {
    world.says(device, 1, Operating.ON, LEASE);
    FullJid second = world.open("load-48", "k2");
    world.says(second, 2, Operating.OFF, LEASE);
    world.cut(second);

    assertThat(contact().presence().orElseThrow().operating()).isEqualTo(Operating.ON);
    assertThat(contact().certainty()).isEqualTo(Certainty.REAL);
  }

  @Test
  void aNewerProvenSessionTakesOverWithoutAFault() {
    world.prove(load, "k2");
    world.cut(device);
    world.pass(Duration.ofSeconds(20));

    assertThat(contact().certainty()).isEqualTo(Certainty.REAL);
    assertThat(world.notices(person)).isEmpty();
  }

  @Test
  void aLostSessionIsTemporaryAtOnceAndAFaultAfterGrace() {
    world.cut(device);
    assertThat(contact().certainty()).isEqualTo(Certainty.TEMPORARY);
    assertThat(contact().absence()).isEmpty();

    world.pass(Duration.ofMillis(14_999));
    assertThat(contact().fault()).isFalse();
    world.pass(Duration.ofMillis(1));

    assertThat(contact().fault()).isTrue();
    assertThat(contact().absence().orElseThrow().since()).isEqualTo(world.clock.instant());
    assertThat(world.notices(person)).containsExactly("fault");
  }

  @Test
  void aDeviceThatIsBackInTimeIsNoFault() {
    world.cut(device);
    world.pass(Duration.ofSeconds(14));
    world.prove(load, "k2");
    world.pass(Duration.ofSeconds(10));

    assertThat(contact().absence()).isEmpty();
    assertThat(world.notices(person)).isEmpty();
  }

  @Test
  void aFaultIsClearedByTheDevicesReturn() {
    world.cut(device);
    world.pass(Duration.ofSeconds(15));
    world.prove(load, "k2");

    assertThat(contact().absence()).isEmpty();
    assertThat(world.notices(person)).containsExactly("fault", "cleared");
  }

  @Test
  void silenceIsActualAfterTheLeaseAndAFaultAfterGraceAndTwoProbes() {
    goSilent();
    world.pass(Duration.ofMillis(59_999));
    assertThat(contact().certainty()).isEqualTo(Certainty.REAL);

    world.pass(Duration.ofMillis(1));
    assertThat(contact().certainty()).isEqualTo(Certainty.ACTUAL);
    assertThat(world.network.to(device, Wire.LEASE)).isEmpty();

    world.pass(Duration.ofSeconds(15));
    assertThat(world.network.to(device, Wire.LEASE)).hasSize(1);
    world.pass(Duration.ofSeconds(5));
    assertThat(world.network.to(device, Wire.LEASE)).hasSize(2);
    world.pass(Duration.ofMillis(4_999));
    assertThat(contact().fault()).isFalse();

    world.pass(Duration.ofMillis(1));
    assertThat(contact().fault()).isTrue();
    assertThat(contact().availability()).isEqualTo(Availability.UNAVAILABLE);
    assertThat(world.notices(person)).containsExactly("fault");
  }

  @Test
  void aFrozenDeviceThatIsContinuedIsRealAgain() {
    goSilent();
    world.pass(Duration.ofSeconds(85));
    assertThat(contact().fault()).isTrue();

    world.service().heard(device);

    assertThat(contact().certainty()).isEqualTo(Certainty.REAL);
    assertThat(world.notices(person)).containsExactly("fault", "cleared");
  }

  @Test
  void anAnswerToAProbeIsAsGoodAsAnyStanza() {
    world.pass(Duration.ofSeconds(75));

    assertThat(world.network.to(device, Wire.LEASE)).hasSize(1);
    assertThat(contact().certainty()).isEqualTo(Certainty.REAL);
  }

  @Test
  void anyStanzaRenewsTheLease() {
    goSilent();
    world.pass(Duration.ofSeconds(50));
    world.service().heard(device);
    world.pass(Duration.ofSeconds(59));

    assertThat(contact().certainty()).isEqualTo(Certainty.REAL);
  }

  @Test
  void theDevicesOwnLeaseCounts() {
    goSilent();
    world.says(device, 1, Operating.ON, Duration.ofSeconds(5));
    world.pass(Duration.ofSeconds(5));
    assertThat(contact().certainty()).isEqualTo(Certainty.ACTUAL);

    world.pass(Duration.ofSeconds(25));
    assertThat(contact().fault()).isTrue();
  }

  @Test
  void aShorterLeaseThatCameWithASignedOutcomeIsWatched() {
    world.says(device, 1, Operating.ON, Duration.ofHours(1));
    World.Draft order = world.draft(operator, Verb.SHED, "load-48");
    world.set(person, order.submit());
    world.set(device, world.outcome(load, order, new Result.Executed("shed"), 2, Operating.OFF));
    world.says(device, 2, Operating.OFF, Duration.ofMinutes(1));
    goSilent();
    world.pass(Duration.ofMinutes(1));
    assertThat(contact().certainty()).isEqualTo(Certainty.ACTUAL);

    world.pass(Duration.ofSeconds(25));
    assertThat(contact().fault()).isTrue();
  }

  @Test
  void goodbyeIsAnAbsenceAndNoFault() {
    world.set(device, Payload.of(Wire.GOODBYE, Json.object().put("reason", "maintenance")));
    world.service().presence(device, false, Show.AVAILABLE, "", Optional.empty());
    world.cut(device);
    world.pass(Duration.ofHours(1));

    Contact.Absence absence = contact().absence().orElseThrow();
    assertThat(absence.fault()).isFalse();
    assertThat(absence.reason()).isEqualTo("maintenance");
    assertThat(contact().certainty()).isEqualTo(Certainty.TEMPORARY);
    assertThat(world.notices(person)).isEmpty();
  }

  @Test
  void aMissedNextContactIsAFaultAfterGrace() {
    Instant next = world.clock.in(Duration.ofMinutes(10));
    world.set(
        device,
        Payload.of(
            Wire.GOODBYE,
            Json.object().put("reason", "asleep").put("nextContact", next.toString())));
    world.cut(device);
    assertThat(contact().certainty()).isEqualTo(Certainty.PREDICTED);

    world.pass(Duration.ofSeconds(614));
    assertThat(contact().fault()).isFalse();
    world.pass(Duration.ofSeconds(1));

    assertThat(contact().fault()).isTrue();
  }

  @Test
  void anotherStreamOfALostDeviceIsTheNetworksWord() {
    world.cut(device);
    world.open("load-48", "k2");

    assertThat(contact().certainty()).isEqualTo(Certainty.NETWORK);
  }

  @Test
  void unavailableWithoutGoodbyeIsALoss() {
    world.service().presence(device, false, Show.AVAILABLE, "", Optional.empty());
    world.pass(Duration.ofSeconds(15));

    assertThat(contact().fault()).isTrue();
  }

  @Test
  void afterARestartDevicesAreTemporaryAndFaultsWhenTheyDoNotReturn() {
    world.says(device, 1, Operating.ON, LEASE);
    world.pass(Duration.ofSeconds(6));
    world.killAndRestart();
    person = world.prove(operator, "console");

    assertThat(contact().certainty()).isEqualTo(Certainty.TEMPORARY);
    assertThat(contact().presence().orElseThrow().operating()).isEqualTo(Operating.ON);
    world.pass(Duration.ofSeconds(74));
    assertThat(contact().fault()).isFalse();
    world.pass(Duration.ofSeconds(1));

    assertThat(contact().fault()).isTrue();
    assertThat(world.notices(person)).containsExactly("fault");
  }

  @Test
  void aFaultOutlivesARestart() {
    world.cut(device);
    world.pass(Duration.ofSeconds(15));
    world.killAndRestart();
    person = world.prove(operator, "console");

    assertThat(contact().fault()).isTrue();
  }

  @Test
  void theLastWordIsOnDiskAfterAnOrderlyStop() {
    world.says(device, 7, Operating.OFF, LEASE);

    world.service().close();

    assertThat(
            world
                .journal
                .device(World.jid("load-48"))
                .orElseThrow()
                .presence()
                .orElseThrow()
                .revision())
        .isEqualTo(7);
  }

  @Test
  void aFallenJournalIsQuarantinedAndShownToAPerson() {
    world.cut(device);
    device = world.prove(load, "k2", 5);
    world.cut(device);
    device = world.prove(load, "k3", 4);

    assertThat(contact().absence().orElseThrow().reason()).isEqualTo("journal restored");
    assertThat(world.notices(person)).containsExactly("quarantine");
    var order = world.draft(operator, Verb.SHED, "load-48");
    world.set(person, order.submit());
    assertThat(world.network.to(device, Wire.DELIVER)).isEmpty();
  }

  @Test
  void aJournalBehindWhatItsOutcomeSaidIsAFallenOneToo() {
    world.cut(device);
    device = world.prove(load, "k2", 5);
    var order = world.draft(operator, Verb.SHED, "load-48");
    world.set(person, order.submit());
    Payload outcome = world.outcome(load, order, new Result.Executed("shed"));
    world.set(
        device,
        Payload.of(Wire.OUTCOME, outcome.requireSealed(), Json.object().put("journalSeq", 8)));
    world.cut(device);

    device = world.prove(load, "k3", 7);

    assertThat(world.notices(person)).containsExactly("quarantine");
  }

  @Test
  void aJournalBehindWhatItsReceiptSaidIsAFallenOneToo() {
    world.cut(device);
    device = world.prove(load, "k2", 5);
    CompletableFuture<Payload> receipt = world.network.delay(device, Wire.DELIVER);
    world.set(person, world.draft(operator, Verb.SHED, "load-48").submit());
    receipt.complete(Payload.of(Wire.RECEIVED, Json.object().put("journalSeq", 8)));
    world.cut(device);

    device = world.prove(load, "k3", 7);

    assertThat(world.notices(person)).containsExactly("quarantine");
  }

  @Test
  void quarantineOutlivesARestartAndEndsWithANewCertificate() {
    world.cut(device);
    world.cut(world.prove(load, "k2", 5));
    world.prove(load, "k3", 4);
    world.killAndRestart();
    person = world.prove(operator, "console");
    FullJid restored = world.prove(load, "k4", 6);
    assertThat(contact().fault()).isTrue();

    world.cut(restored);
    world.prove(world.pki.device("load-48", "branch-60"), "k5", 0);

    assertThat(contact().fault()).isFalse();
  }
}
