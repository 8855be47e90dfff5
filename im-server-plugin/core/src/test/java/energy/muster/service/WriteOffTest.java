// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.document.DocumentType;
import energy.muster.identity.FullJid;
import energy.muster.outcome.DeliveryState;
import energy.muster.outcome.Result;
import energy.muster.outcome.WriteOff;
import energy.muster.refusal.Reason;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World.Draft;
import energy.muster.service.journal.OrderHistory;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import org.junit.jupiter.api.Test;

/** What nobody will know is given up by a person, and later evidence stands beside it. */
final class WriteOffTest extends OneLoadAndItsOperator {
  @Test
  void aPersonGivesUpWhatNobodyWillEverKnowAndLaterEvidenceIsAdded() {
    Draft order = unconfirmed();
    world.set(person, writeOff(operator, order, "burnt out"));
    assertThat(state(order)).isEqualTo(DeliveryState.UNCERTAIN);
    assertThat(text(order)).isEqualTo("written off by op-1: burnt out");

    world.killAndRestart();
    person = world.prove(operator, "console");
    device = world.prove(load, "k2");
    world.set(device, world.outcome(load, order, new Result.Executed("shed")));

    assertThat(state(order)).isEqualTo(DeliveryState.UNCERTAIN);
    assertThat(history(order).evidence())
        .extracting(OrderHistory.Evidence::kind)
        .containsExactly(OrderHistory.Kind.WRITE_OFF, OrderHistory.Kind.OUTCOME);
    assertThat(world.network.to(person, Wire.OUTCOME)).hasSize(1);
    assertThat(
            world.refusal(device, world.outcome(load, order, new Result.Uncertain("another word"))))
        .isEqualTo(Reason.ID_CONFLICT);
  }

  @Test
  void onlyAnUnconfirmedDeliveryIsGivenUpAndOnlyByWhoMay() {
    Draft open = shed();
    assertThat(world.refusal(person, writeOff(operator, open, "impatient")))
        .isEqualTo(Reason.PRECONDITION);
    world.set(device, world.outcome(load, open, new Result.Executed("shed")));
    assertThat(world.refusal(person, writeOff(operator, open, "too late")))
        .isEqualTo(Reason.ALREADY_THERE);

    Draft order = unconfirmed();
    SigningIdentity viewer = world.pki.viewer("viewer-1", "*");
    FullJid looking = world.prove(viewer, "v");
    assertThat(world.refusal(looking, writeOff(viewer, order, "me too")))
        .isEqualTo(Reason.NOT_AUTHORISED);
    SigningIdentity stranger = world.pki.operator("op-2", "branch-7");
    FullJid outside = world.prove(stranger, "o");
    assertThat(world.refusal(outside, writeOff(stranger, order, "not mine")))
        .isEqualTo(Reason.UNKNOWN);
    assertThat(world.refusal(person, writeOff(stranger, order, "borrowed")))
        .isEqualTo(Reason.NOT_AUTHORISED);
  }

  private Payload writeOff(SigningIdentity by, Draft order, String reason) {
    WriteOff document =
        new WriteOff(
            world.header(DocumentType.WRITE_OFF, by.certified().jid()),
            order.id(),
            order.digest(),
            LOAD,
            reason);
    return Payload.of(Wire.WRITE_OFF, Sealer.seal(document.write(), by));
  }

  private Draft unconfirmed() {
    Draft order = shed();
    world.cut(device);
    world.pass(AFTER_EXECUTE_BY);
    return order;
  }
}
