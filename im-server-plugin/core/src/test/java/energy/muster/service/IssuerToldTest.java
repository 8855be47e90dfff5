// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Verb;
import energy.muster.outcome.Result;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World.Draft;
import energy.muster.wire.Wire;
import org.junit.jupiter.api.Test;

/** What the issuer of an order is told, there or away. */
final class IssuerToldTest extends OneLoadAndItsOperator {
  @Test
  void ofSeveralTheIssuerGetsEachAnswerAndThenTheSum() {
    SigningIdentity other = world.pki.device("load-1");
    world.cut(world.prove(other, "k"));
    Draft order = submitted(world.draft(operator, Verb.SHED, "load-48", "load-1"));
    world.set(device, world.outcome(load, order, new Result.Executed("shed")));
    assertThat(world.network.to(person, Wire.OUTCOME)).hasSize(1);
    assertThat(noticed("summary")).isEmpty();

    world.pass(AFTER_DELIVER_BY);

    assertThat(noticed("expired")).hasSize(1);
    assertThat(noticed("summary"))
        .singleElement()
        .asString()
        .contains("2 devices", "1 executed", "1 expired");
  }

  @Test
  void aNoticeForAPersonWhoIsAwayWaitsForThem() {
    world.cut(device);
    Draft order = shed();
    world.cut(person);
    world.pass(AFTER_DELIVER_BY);
    world.killAndRestart();

    person = world.prove(operator, "later");
    assertThat(noticed("expired")).singleElement().asString().contains(order.id().brief());

    world.cut(person);
    world.killAndRestart();
    person = world.prove(operator, "again");
    assertThat(noticed("expired")).as("told once").isEmpty();
  }
}
