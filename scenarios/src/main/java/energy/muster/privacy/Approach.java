// SPDX-License-Identifier: Apache-2.0
package energy.muster.privacy;

import java.util.Optional;

/**
 * One way to ask after an account.
 *
 * @param undo what makes the next time like the first
 */
public record Approach(String name, Stanza stanza, Optional<Stanza> undo) {
  /** Writes a stanza of this id that asks after this account, by the part before the @. */
  @FunctionalInterface
  public interface Stanza {
    String of(String id, String account);
  }

  /** Whether RFC 6120 8.2.3 promises an answer. */
  boolean request(String account) {
    String text = stanza.of("any", account);
    return text.startsWith("<iq type='get'") || text.startsWith("<iq type='set'");
  }

  /** The same, called after who takes it. */
  public Approach by(String whom) {
    return new Approach(name + " by " + whom, stanza, undo);
  }
}
