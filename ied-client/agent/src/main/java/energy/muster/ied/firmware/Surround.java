// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.firmware;

import energy.muster.firmware.Installed;
import energy.muster.firmware.UpdateProgress;
import energy.muster.seal.Trust;
import java.time.Instant;
import java.util.Optional;

/** The device, as far as an update needs it; called on the update's own thread. */
public interface Surround {
  Instant now();

  Trust trust();

  /** What runs. */
  Installed installed();

  void shown(UpdateProgress progress);

  /** Whether a command or an alarm is in hand, which goes first. */
  boolean busy();

  /** Why it may not be interrupted now, in words; empty if it may. */
  Optional<String> ready();

  /**
   * Begins to install if the device may be interrupted now, and says why not otherwise; from an
   * empty answer on it takes no other order and the update cannot be stopped.
   */
  Optional<String> begin();

  /** A step is about to be taken; told so that a test can cut the power at each. */
  default void step(String name) {}
}
