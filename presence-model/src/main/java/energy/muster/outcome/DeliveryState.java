// SPDX-License-Identifier: Apache-2.0
package energy.muster.outcome;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The life of one delivery: {@code held -> sent -> received -> executing -> executed | refused |
 * failed | uncertain}, and {@code expired | cancelled | superseded} before the first send. {@code
 * unconfirmed} is open: past execute-by with no signed outcome, in front of a person.
 */
public enum DeliveryState {
  HELD(false),
  SENT(false),
  RECEIVED(false),
  EXECUTING(false),
  UNCONFIRMED(false),
  EXECUTED(true),
  REFUSED(true),
  FAILED(true),
  UNCERTAIN(true),
  EXPIRED(true),
  CANCELLED(true),
  SUPERSEDED(true);

  private final boolean terminal;

  DeliveryState(boolean terminal) {
    this.terminal = terminal;
  }

  public boolean terminal() {
    return terminal;
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<DeliveryState> ofWire(String wire) {
    return Arrays.stream(values()).filter(state -> state.wire().equals(wire)).findFirst();
  }

  @Override
  public String toString() {
    return wire();
  }
}
