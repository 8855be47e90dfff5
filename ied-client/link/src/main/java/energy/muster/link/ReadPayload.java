// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.wire.Payload;
import java.util.Optional;

/**
 * What came of reading one of our elements.
 *
 * @param fault why the element must not be acted on; its payload is then only what could be read
 */
record ReadPayload(Payload payload, Optional<Refusal> fault) {
  static ReadPayload sound(Payload payload) {
    return new ReadPayload(payload, Optional.empty());
  }

  /** The payload, or its fault as a refusal. */
  Payload require() {
    fault.ifPresent(
        refusal -> {
          throw new Refused(refusal);
        });
    return payload;
  }
}
