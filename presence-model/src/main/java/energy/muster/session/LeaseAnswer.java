// SPDX-License-Identifier: Apache-2.0
package energy.muster.session;

import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.OptionalInt;

/**
 * The service's answer to a renewed lease.
 *
 * @param waiting how many deliveries wait for this device, if the service says; a device that only
 *     calls in leaves when there are none
 */
public record LeaseAnswer(OptionalInt waiting) {
  public LeaseAnswer {
    if (waiting.isPresent() && waiting.getAsInt() < 0) {
      throw new IllegalArgumentException("no fewer than 0 deliveries wait");
    }
  }

  public static LeaseAnswer of(int waiting) {
    return new LeaseAnswer(OptionalInt.of(waiting));
  }

  /** Reads a {@code lease} result; what it does not know it ignores. */
  public static LeaseAnswer read(Payload payload) {
    if (payload.json().isEmpty()) {
      return new LeaseAnswer(OptionalInt.empty());
    }
    return Fields.of(payload.requireJson())
        .some(
            fields ->
                new LeaseAnswer(
                    fields.optionalInteger("waiting").stream()
                        .mapToInt(Math::toIntExact)
                        .findFirst()));
  }

  public Payload payload() {
    return waiting.isEmpty()
        ? Payload.empty(Wire.LEASE)
        : Payload.of(Wire.LEASE, Json.object().put("waiting", waiting.getAsInt()));
  }
}
