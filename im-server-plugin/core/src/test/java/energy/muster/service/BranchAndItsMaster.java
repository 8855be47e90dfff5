// SPDX-License-Identifier: Apache-2.0
package energy.muster.service;

import energy.muster.branch.Mandate;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.document.DocumentType;
import energy.muster.identity.Area;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.pki.Subject;
import energy.muster.seal.Sealed;
import energy.muster.seal.Sealer;
import energy.muster.seal.SigningIdentity;
import energy.muster.service.fixture.World;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;
import java.util.List;

/** A branch with two loads, its master IED, and the operator who gives it mandates. */
abstract class BranchAndItsMaster {
  static final Area BRANCH = new Area("branch-60");

  final World world = new World();
  final SigningIdentity operator = world.pki.operator("op-1", "branch-60");
  final SigningIdentity branch =
      world.pki.issue(
          Subject.device(World.jid("branch-60"), List.of(BRANCH))
              .with(Role.BRANCH_CONTROLLER, BRANCH));
  final SigningIdentity load = world.pki.device("load-62c", "branch-60");
  final SigningIdentity other = world.pki.device("load-64b", "branch-60");
  final FullJid person = world.prove(operator, "c1");
  final FullJid elsewhere = world.prove(world.pki.operator("op-2", "branch-18"), "c1");
  final FullJid device = world.prove(load, "k1");
  final FullJid otherDevice = world.prove(other, "k1");
  FullJid master = world.prove(branch, "m1");

  Mandate mandate(long revision, Verb... verbs) {
    return mandate(revision, Power.ZERO, verbs);
  }

  Mandate mandate(long revision, Power floor, Verb... verbs) {
    return new Mandate(
        world.header(DocumentType.MANDATE, World.jid("op-1")),
        World.jid("branch-60"),
        BRANCH,
        revision,
        List.of(verbs),
        Power.kilowatts(60),
        floor,
        world.clock.in(Duration.ofHours(1)));
  }

  Sealed sealed(Mandate mandate) {
    return Sealer.seal(mandate.write(), operator);
  }

  static Payload payload(Sealed sealed) {
    return Payload.of(Wire.MANDATE, sealed);
  }

  Payload give(Mandate mandate) {
    return payload(sealed(mandate));
  }

  List<Payload> brought(FullJid to) {
    return world.network.to(to, Wire.MANDATE);
  }
}
