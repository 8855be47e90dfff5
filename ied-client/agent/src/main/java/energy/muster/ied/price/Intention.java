// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.price;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Instruction;
import energy.muster.command.Verb;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * What a device is about to do because of a price.
 *
 * @param reason for people
 * @param info the same for programs
 */
public record Intention(Instruction instruction, String reason, ObjectNode info) {
  private static final Set<Verb> BEGIN = EnumSet.of(Verb.SHED, Verb.LIMIT, Verb.START);

  public Intention {
    Objects.requireNonNull(instruction);
    Objects.requireNonNull(reason);
    info = info.deepCopy();
  }

  @Override
  public ObjectNode info() {
    return info.deepCopy();
  }

  public Verb verb() {
    return instruction.verb();
  }

  /** Whether a response begins; otherwise one ends. */
  public boolean begins() {
    return begins(verb());
  }

  static boolean begins(Verb verb) {
    return BEGIN.contains(verb);
  }
}
