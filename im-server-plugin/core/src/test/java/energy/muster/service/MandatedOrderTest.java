// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.branch.Mandate;
import energy.muster.command.CommandDraft;
import energy.muster.command.Instruction;
import energy.muster.command.Leaf;
import energy.muster.command.Power;
import energy.muster.command.TargetTree;
import energy.muster.command.Verb;
import energy.muster.document.DocumentType;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.outcome.Result;
import energy.muster.pki.Subject;
import energy.muster.presence.DeviceKind;
import energy.muster.presence.DevicePresence;
import energy.muster.presence.Operating;
import energy.muster.presence.Position;
import energy.muster.presence.Quantity;
import energy.muster.presence.Show;
import energy.muster.refusal.Reason;
import energy.muster.seal.Sealed;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.service.fixture.World.Draft;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a master IED may order under its mandate. */
final class MandatedOrderTest extends BranchAndItsMaster {
  private long revisions;

  private Draft order(SigningIdentity signer, Verb verb, Sealed mandate, Share... shares) {
    return order(signer, verb, mandate, world.clock.in(Duration.ofMinutes(30)), shares);
  }

  private record Share(String device, int kilowatts) {}

  private Draft order(
      SigningIdentity signer, Verb verb, Sealed mandate, Instant until, Share... shares) {
    boolean counts = Mandate.COUNTED.contains(verb);
    List<Leaf> leaves = new ArrayList<>();
    for (Share share : shares) {
      leaves.add(
          Leaf.salted(
              World.jid(share.device()),
              leaves.size(),
              counts ? Optional.of(Power.kilowatts(share.kilowatts())) : Optional.empty()));
    }
    CommandDraft draft =
        new CommandDraft(
                world.header(DocumentType.COMMAND, signer.certified().jid()),
                Instruction.plain(verb),
                TargetTree.of(leaves).targets(),
                world.clock.in(Duration.ofSeconds(30)))
            .executeBy(world.clock.in(Duration.ofSeconds(45)))
            .under(mandate);
    if (Mandate.MEASURED.contains(verb)) {
      draft.until(until);
    }
    return new Draft(draft.command(), leaves, List.of(signer));
  }

  private Draft shed(Sealed mandate, Share... shares) {
    return order(branch, Verb.SHED, mandate, shares);
  }

  @Test
  void anOrderUnderItIsTaken() {
    Sealed mandate = sealed(mandate(1, Verb.SHED));
    world.set(master, shed(mandate, new Share("load-62c", 40)).submit());

    assertThat(world.network.to(device, Wire.DELIVER)).hasSize(1);
  }

  @Test
  void anOrderOfAMasterIedWithoutOneIsNotAuthorised() {
    Draft bare = world.draft(branch, Verb.SHED, "load-62c");

    assertThat(world.refusal(master, bare.submit())).isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void anotherVerbIsNotAuthorised() {
    Sealed mandate = sealed(mandate(1, Verb.SHED));
    Draft restore = order(branch, Verb.RESTORE, mandate, new Share("load-62c", 0));

    assertThat(world.refusal(master, restore.submit())).isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void whatComesToMoreTogetherIsOutOfEnvelope() {
    Sealed mandate = sealed(mandate(1, Verb.SHED));
    Draft both = shed(mandate, new Share("load-62c", 40), new Share("load-64b", 40));

    assertThat(world.refusal(master, both.submit())).isEqualTo(Reason.OUT_OF_ENVELOPE);
  }

  @Test
  void orderByOrderItIsNoMoreEither() {
    Sealed mandate = sealed(mandate(1, Verb.SHED, Verb.RESTORE));
    Draft first = shed(mandate, new Share("load-62c", 40));
    world.set(master, first.submit());
    Draft second = shed(mandate, new Share("load-64b", 40));
    assertThat(world.refusal(master, second.submit())).isEqualTo(Reason.OUT_OF_ENVELOPE);

    world.set(device, world.outcome(load, first, new Result.Executed("off")));
    Draft back = order(branch, Verb.RESTORE, mandate, new Share("load-62c", 0));
    world.set(master, back.submit());
    world.set(device, world.outcome(load, back, new Result.Executed("on")));
    world.set(master, shed(mandate, new Share("load-64b", 40)).submit());
  }

  @Test
  void whatOneHasMovedComesBackWithItsEnd() {
    Sealed mandate = sealed(mandate(1, Verb.SHED));
    Instant soon = world.clock.in(Duration.ofMinutes(1));
    world.set(master, order(branch, Verb.SHED, mandate, soon, new Share("load-62c", 40)).submit());
    world.pass(Duration.ofMinutes(1));

    world.set(master, shed(mandate, new Share("load-64b", 40)).submit());
  }

  private void draws(FullJid session, int kilowatts) {
    says(session, DeviceKind.LOAD, Optional.empty(), Map.of(Quantity.POWER, kilowatts));
  }

  private void stands(FullJid session, Position position) {
    says(session, DeviceKind.BREAKER, Optional.of(position), Map.of());
  }

  private void says(
      FullJid session,
      DeviceKind kind,
      Optional<Position> position,
      Map<Quantity, Integer> quantities) {
    Map<Quantity, BigDecimal> values = new HashMap<>();
    quantities.forEach((quantity, value) -> values.put(quantity, BigDecimal.valueOf(value)));
    DevicePresence word =
        new DevicePresence(
            ++revisions,
            kind,
            kind == DeviceKind.LOAD ? Operating.ON : Operating.NONE,
            Optional.empty(),
            position,
            values,
            List.of(),
            Duration.ofHours(1));
    world
        .service()
        .presence(
            session, true, Show.AVAILABLE, "", Optional.of(Payload.of(Wire.DEVICE, word.write())));
  }

  @Test
  void nothingIsShedBelowTheMandatesFloor() {
    draws(device, 40);
    draws(otherDevice, 40);
    Sealed keeps50 = sealed(mandate(1, Power.kilowatts(50), Verb.SHED));
    Sealed keeps40 = sealed(mandate(2, Power.kilowatts(40), Verb.SHED));

    assertThat(world.refusal(master, shed(keeps50, new Share("load-62c", 40)).submit()))
        .isEqualTo(Reason.OUT_OF_ENVELOPE);
    world.set(master, shed(keeps40, new Share("load-62c", 40)).submit());
  }

  @Test
  void whatIsBeingShedIsNotCountedOnForTheFloor() {
    draws(device, 30);
    draws(otherDevice, 30);
    Sealed keeps30 = sealed(mandate(1, Power.kilowatts(30), Verb.SHED));
    world.set(master, shed(keeps30, new Share("load-62c", 30)).submit());

    assertThat(world.refusal(master, shed(keeps30, new Share("load-64b", 30)).submit()))
        .isEqualTo(Reason.OUT_OF_ENVELOPE);
  }

  @Test
  void whatSwitchesMoveCountsUntilTheyAreOpenAgain() {
    SigningIdentity tie = world.pki.device("sw7", "branch-60");
    FullJid tieDevice = world.prove(tie, "k1");
    stands(tieDevice, Position.OPEN);
    draws(device, 40);
    Sealed mandate = sealed(mandate(1, Verb.CLOSE, Verb.OPEN, Verb.SHED));
    assertThat(
            world.refusal(
                master, order(branch, Verb.CLOSE, mandate, new Share("sw7", 61)).submit()))
        .isEqualTo(Reason.OUT_OF_ENVELOPE);

    Draft closed = order(branch, Verb.CLOSE, mandate, new Share("sw7", 40));
    world.set(master, closed.submit());
    world.set(tieDevice, world.outcome(tie, closed, new Result.Executed("closed")));
    stands(tieDevice, Position.CLOSED);
    Draft more = shed(mandate, new Share("load-62c", 40));
    assertThat(world.refusal(master, more.submit())).isEqualTo(Reason.OUT_OF_ENVELOPE);

    // A person has opened it.
    stands(tieDevice, Position.OPEN);
    world.set(master, shed(mandate, new Share("load-62c", 40)).submit());
  }

  @Test
  void anEarlierMandateIsSupersededByWhatWasGivenLater() {
    Sealed first = sealed(mandate(1, Verb.SHED));
    world.set(person, give(mandate(2)));

    assertThat(world.refusal(master, shed(first, new Share("load-62c", 40)).submit()))
        .isEqualTo(Reason.SUPERSEDED);
  }

  @Test
  void oneThatIsOverIsStale() {
    Sealed mandate = sealed(mandate(1, Verb.SHED));
    world.pass(Duration.ofHours(1));

    assertThat(world.refusal(master, shed(mandate, new Share("load-62c", 40)).submit()))
        .isEqualTo(Reason.STALE);
  }

  @Test
  void theMandateOfAnotherIsOfNoUse() {
    SigningIdentity thief =
        world.pki.issue(
            Subject.device(World.jid("branch-61"), List.of(BRANCH))
                .with(Role.BRANCH_CONTROLLER, BRANCH));
    FullJid session = world.prove(thief, "m1");
    Draft stolen =
        order(thief, Verb.SHED, sealed(mandate(1, Verb.SHED)), new Share("load-62c", 40));

    assertThat(world.refusal(session, stolen.submit())).isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void theMasterIedHasTheAnswersToItsOrders() {
    Draft order = shed(sealed(mandate(1, Verb.SHED)), new Share("load-62c", 40));
    world.set(master, order.submit());
    world.set(device, world.outcome(load, order, new Result.Executed("off")));

    assertThat(world.network.to(master, Wire.OUTCOME)).hasSize(1);
  }
}
