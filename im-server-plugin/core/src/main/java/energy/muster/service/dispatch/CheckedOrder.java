// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.command.Command;
import energy.muster.command.TargetTree;
import energy.muster.document.DocumentId;
import energy.muster.identity.Certified;
import energy.muster.refusal.Refusal;
import energy.muster.seal.Digest;
import energy.muster.seal.Sealed;
import java.util.List;
import java.util.Optional;

/**
 * An order whose seal holds and whose leaves are the signed ones.
 *
 * @param others why it is taken from its sender only as another signature of an order that waits
 * @param refusal why it is nevertheless not taken, unless it was taken before
 */
record CheckedOrder(
    Command command,
    Digest digest,
    Sealed sealed,
    List<Certified> signers,
    TargetTree targets,
    Optional<Refusal> others,
    Optional<Refusal> refusal) {
  DocumentId id() {
    return command.id();
  }
}
