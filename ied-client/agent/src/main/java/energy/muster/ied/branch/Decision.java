// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.branch;

import energy.muster.command.Instruction;
import energy.muster.command.Power;
import energy.muster.command.Verb;
import energy.muster.identity.BareJid;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a master IED does next. */
public sealed interface Decision {
  /** In words, for people. */
  String why();

  /** To order this under the mandate. */
  record Give(Instruction what, List<Share> shares, String why) implements Decision {
    public Give {
      Objects.requireNonNull(what);
      Objects.requireNonNull(why);
      shares = List.copyOf(shares);
    }

    public Verb verb() {
      return what.verb();
    }
  }

  /** To ask a person, because no mandate lets it do what is needed. */
  record Ask(String why) implements Decision {}

  /**
   * One addressee.
   *
   * @param most how much it is asked for, where the verb has a power
   */
  record Share(BareJid device, Optional<Power> most) {}
}
