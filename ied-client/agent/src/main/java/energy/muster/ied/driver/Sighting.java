// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import energy.muster.warning.Catastrophe;
import java.util.Objects;

/**
 * A catastrophe that a thing sees with its own sensors.
 *
 * @param place where it is, as its peers will read it
 */
public record Sighting(Catastrophe event, String place) {
  public Sighting {
    Objects.requireNonNull(event);
    Objects.requireNonNull(place);
  }
}
