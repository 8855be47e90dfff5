// SPDX-License-Identifier: Apache-2.0
package energy.muster.outcome;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.seal.Digest;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What the service tells a device whose outcomes came as answers to deliveries: these are on disk
 * and need not be sent again. Not signed; a device believes it from the service alone.
 *
 * @param outcomes the digests of the sealed outcomes, 1 to 64
 */
public record KeptOutcomes(Set<Digest> outcomes) {
  public static final int MOST = 64;

  public KeptOutcomes {
    if (outcomes.isEmpty() || outcomes.size() > MOST) {
      throw new IllegalArgumentException("from 1 to " + MOST + " outcomes are kept at once");
    }
    outcomes = Set.copyOf(outcomes);
  }

  /** Reads a {@code kept} headline, or refuses it. */
  public static KeptOutcomes read(Payload payload) {
    return Fields.readAll(
        payload.requireLargeJson(),
        fields -> new KeptOutcomes(new LinkedHashSet<>(fields.values("outcomes", Digest::parse))));
  }

  public Payload payload() {
    ObjectNode object = Json.object();
    ArrayNode named = object.putArray("outcomes");
    outcomes.forEach(outcome -> named.add(outcome.toString()));
    return Payload.of(Wire.KEPT, object);
  }
}
