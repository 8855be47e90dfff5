// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Makes the driver of one device. */
@FunctionalInterface
public interface DriverFactory {
  /**
   * @param saved what the predecessor left with {@link Driver#save()}; empty at the first start
   */
  Driver build(Optional<ObjectNode> saved, Surroundings surroundings);
}
