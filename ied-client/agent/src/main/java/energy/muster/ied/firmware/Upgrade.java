// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import energy.muster.command.Command;
import energy.muster.command.Instruction;
import energy.muster.ied.gate.CommandKey;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An order to go to another firmware, which was judged and is on disk.
 *
 * @param executeBy from then on it is not installed
 */
public record Upgrade(CommandKey key, Instruction.Upgrade what, Instant executeBy) {
  public Upgrade {
    Objects.requireNonNull(key);
    Objects.requireNonNull(what);
    Objects.requireNonNull(executeBy);
  }

  public static Upgrade of(CommandKey key, Command command) {
    return new Upgrade(key, (Instruction.Upgrade) command.instruction(), command.executeBy());
  }

  /** Where the image may be had besides the service. */
  public Optional<URI> address() {
    return what.source();
  }
}
