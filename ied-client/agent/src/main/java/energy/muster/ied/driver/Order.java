// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.command.Leaf;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.document.DocumentId;
import energy.muster.identity.BareJid;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a driver is asked to do.
 *
 * @param by who asks; what one person selected, no other operates
 * @param share the most this device is asked for, where the order has a power
 * @param until when the order is to be undone
 */
public record Order(
    DocumentId id,
    BareJid by,
    Instruction instruction,
    Optional<Power> share,
    Optional<Instant> until) {
  public Order {
    Objects.requireNonNull(id);
    Objects.requireNonNull(by);
    Objects.requireNonNull(instruction);
    Objects.requireNonNull(share);
    Objects.requireNonNull(until);
  }

  public static Order of(Command command, Leaf leaf) {
    return new Order(
        command.id(),
        command.header().issuer(),
        command.instruction(),
        leaf.max(),
        command.until());
  }

  public Verb verb() {
    return instruction.verb();
  }
}
