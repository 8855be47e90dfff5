// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Verb;
import energy.muster.document.DocumentType;
import energy.muster.identity.FullJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Outcome;
import energy.muster.outcome.Result;
import energy.muster.outcome.SelfOrder;
import energy.muster.refusal.Reason;
import energy.muster.response.SupplierChange;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World.Draft;
import energy.muster.tariff.OfferName;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a device did of its own accord, as it is taken from it. */
class OwnActTest extends OneLoadAndItsOperator {
  private Draft act(SigningIdentity by, Verb verb, String target) {
    return world.draft(by, verb, target).but(order -> order.reason("0.85 is above 0.80"));
  }

  private Payload told(Draft order, SigningIdentity signer, String text) {
    byte[] content = order.command().write();
    Outcome outcome =
        new Outcome(
            world.header(DocumentType.OUTCOME, load.certified().jid()),
            order.id(),
            energy.muster.seal.Digest.of(content),
            new Result.Executed(text),
            Optional.empty(),
            Optional.empty());
    Sealed command = Sealer.seal(content, signer);
    return Payload.of(
        Wire.OWN_ACT,
        Sealer.seal(outcome.write(), load),
        new SelfOrder(command, order.leaves().get(0), 7).write());
  }

  @Test
  void itStandsAmongTheOrdersWithItsOutcomeAndPeopleAreTold() {
    Draft act = act(load, Verb.SHED, "load-48");

    world.set(device, told(act, load, "off"));

    assertThat(state(act)).isEqualTo(DeliveryState.EXECUTED);
    assertThat(history(act).order().submission().issuer()).isEqualTo(LOAD);
    assertThat(history(act).evidence()).hasSize(1);
    assertThat(world.notices(person)).containsExactly("own-act");
  }

  @Test
  void toldAgainItIsOneAndPeopleAreToldOnce() {
    Draft act = act(load, Verb.SHED, "load-48");
    Payload told = told(act, load, "off");
    world.set(device, told);
    world.killAndRestart();
    person = world.prove(operator, "console");
    device = world.prove(load, "k1");

    world.set(device, told);

    assertThat(history(act).evidence()).hasSize(1);
    assertThat(world.notices(person)).doesNotContain("own-act");
    assertThat(world.refusal(device, told(act, load, "on"))).isEqualTo(Reason.ID_CONFLICT);
  }

  @Test
  void noDeviceActsForAnother() {
    world.prove(world.pki.device("load-49", "branch-60"), "k1");

    assertThat(world.refusal(device, told(act(load, Verb.SHED, "load-49"), load, "off")))
        .isEqualTo(Reason.WRONG_TARGET);
  }

  @Test
  void nobodyElsesOrderPassesForItsOwn() {
    assertThat(world.refusal(device, told(act(operator, Verb.SHED, "load-48"), operator, "off")))
        .isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void whatNoPriceAsksForItDoesNotOrder() {
    assertThat(world.refusal(device, told(act(load, Verb.OPEN, "load-48"), load, "open")))
        .isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void noPersonSaysIt() {
    Draft act = act(load, Verb.SHED, "load-48");

    assertThat(world.refusal(person, told(act, load, "off"))).isEqualTo(Reason.NOT_AUTHORISED);
  }

  @Test
  void aChangeOfSupplierIsToldOnce() {
    SupplierChange change =
        new SupplierChange(
            world.header(DocumentType.SUPPLIER_CHANGE, LOAD),
            OfferName.parse("northco/home"),
            OfferName.parse("southco/home"),
            "southco/home asks 0.25 a kWh, northco/home 0.30",
            Optional.empty());
    Payload told = Payload.of(Wire.SUPPLIER_CHANGE, Sealer.seal(change.write(), load));

    world.set(device, told);
    world.set(device, told);

    assertThat(world.notices(person)).containsExactly("supplier");
    FullJid other = world.prove(world.pki.device("load-49", "branch-60"), "k1");
    assertThat(world.refusal(other, told)).isEqualTo(Reason.NOT_AUTHORISED);
  }
}
