// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.command.Verb;
import energy.muster.identity.FullJid;
import energy.muster.refusal.Reason;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.service.fixture.World.Draft;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import org.junit.jupiter.api.BeforeEach;

/** A person of one branch with a console, a device of it, and one of another. */
abstract class Submitting {
  final World world = new World();
  final SigningIdentity operator = world.pki.operator("op-1", "branch-60");
  FullJid person;
  FullJid device;

  @BeforeEach
  void peopleAndDevicesAreThere() {
    person = world.prove(operator, "console");
    device = world.prove(world.pki.device("load-48", "branch-60"), "k1");
    world.prove(world.pki.device("load-1", "branch-7"), "k1");
  }

  final Draft shed() {
    return world.draft(operator, Verb.SHED, "load-48");
  }

  /** Why it was refused, having left no trace. */
  final Reason refused(Payload submission) {
    Reason reason = world.refusal(person, submission);
    assertThat(world.network.to(device, Wire.DELIVER)).isEmpty();
    assertThat(world.journal.ids()).isEmpty();
    return reason;
  }
}
