// SPDX-License-Identifier: Apache-2.0
package energy.muster.service.dispatch;

import energy.muster.command.Instruction;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import energy.muster.refusal.Refusal;
import java.util.Optional;

/** What is known of firmware besides the orders. Only for use at the desk. */
public interface FirmwareProofs {
  /** Why no device would take this, as far as that can be known here. */
  Optional<Refusal> refuse(Instruction.Upgrade upgrade);

  /** Whether the device has signed that it runs this because of that order. */
  boolean proves(BareJid device, DocumentId order, Instruction.Upgrade upgrade);

  /** Whether it has signed that it runs this, whatever brought it. */
  boolean runs(BareJid device, Instruction.Upgrade upgrade);

  /** Nobody asks any more what came of this order. */
  void forget(DocumentId order);
}
