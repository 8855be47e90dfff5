// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.driver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import java.util.Optional;

/** Makes the driver of one device. */
@FunctionalInterface
public interface DriverFactory {
  /**
   * @param saved what the predecessor left with {@link Driver#save()}; empty at the first start
   */
  Driver build(Optional<ObjectNode> saved, Surroundings surroundings);

  /**
   * The same with these settings changed; one that cannot be changed by a message is refused by its
   * name.
   */
  default DriverFactory with(Fields settings) {
    settings.end();
    return this;
  }
}
