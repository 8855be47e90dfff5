// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.branch;

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
  record Give(Verb verb, List<Share> shares, String why) implements Decision {
    public Give {
      Objects.requireNonNull(verb);
      Objects.requireNonNull(why);
      shares = List.copyOf(shares);
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
