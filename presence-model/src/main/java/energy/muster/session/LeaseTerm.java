// SPDX-License-Identifier: Apache-2.0
package energy.muster.session;

import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.presence.DevicePresence;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.time.Duration;

/**
 * How long a device's lease is to be, where the service asks; how long it is, where the device
 * answers.
 *
 * @param lease 5 s to 24 h
 */
public record LeaseTerm(Duration lease) {
  public LeaseTerm {
    DevicePresence.requireLease(lease);
  }

  public static LeaseTerm read(Payload payload) {
    return Fields.of(payload.requireJson())
        .some(fields -> new LeaseTerm(Duration.ofSeconds(fields.integer("leaseSeconds"))));
  }

  public Payload payload() {
    return Payload.of(Wire.LEASE, Json.object().put("leaseSeconds", lease.toSeconds()));
  }
}
