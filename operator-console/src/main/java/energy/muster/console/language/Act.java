// SPDX-License-Identifier: Apache-2.0
package energy.muster.console.language;

import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import java.util.Optional;

/** What an order is to bring about. */
public sealed interface Act {
  /** One command does it. */
  record Give(Instruction instruction) implements Act {}

  /** {@code open}, {@code close}: selects the point, shows it, and operates it when confirmed. */
  record Operate(Verb verb) implements Act {}

  /**
   * {@code select sw3}: the first half alone.
   *
   * @param then the verb that will follow; without it, the one that would change the position
   */
  record Reserve(Optional<Verb> then) implements Act {}
}
