// SPDX-License-Identifier: Apache-2.0
package energy.muster.outcome;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.List;

/**
 * Several outcomes that go to their issuer together, in the order in which they came. Each is
 * sealed by itself and is believed by itself or not.
 *
 * @param sealed 1 to {@link #MOST}
 */
public record Outcomes(List<Sealed> sealed) {
  /** How many travel at once. */
  public static final int MOST = 32;

  /** How long the JSON may be, in characters. */
  public static final int MAX_CHARACTERS = 256 * 1024;

  private static final String FIELD = "outcomes";
  private static final int FRAME = "{\"outcomes\":[]}".length();
  private static final int QUOTES_AND_COMMA = 3;

  /** Refuses none as malformed, and more than {@link #MOST} as too large. */
  public Outcomes {
    sealed = List.copyOf(sealed);
    if (sealed.isEmpty()) {
      throw new Refused(Reason.MALFORMED, "field outcomes must hold at least one");
    }
    if (sealed.size() > MOST) {
      throw new Refused(
          Refusal.of(
              Reason.TOO_LARGE, "%d outcomes, at most %d travel at once", sealed.size(), MOST));
    }
  }

  /** Reads the JSON of the element; what else stands in it is ignored, as in every report. */
  public static Outcomes read(Payload payload) {
    payload
        .json()
        .filter(json -> json.length() > MAX_CHARACTERS)
        .ifPresent(
            json -> {
              throw new Refused(
                  Refusal.of(
                      Reason.TOO_LARGE,
                      "%d characters of outcomes, at most %d are read",
                      json.length(),
                      MAX_CHARACTERS));
            });
    return Fields.of(payload.requireLargeJson())
        .some(fields -> new Outcomes(fields.values(FIELD, Sealed::ofBase64)));
  }

  public Payload payload() {
    ObjectNode object = Json.object();
    ArrayNode all = object.putArray(FIELD);
    sealed.forEach(each -> all.add(each.base64()));
    return Payload.of(Wire.OUTCOMES, object);
  }

  /** How many of these, from the first on, travel at once; the first always does. */
  public static int fitting(Iterable<Sealed> waiting) {
    int count = 0;
    int characters = FRAME;
    for (Sealed next : waiting) {
      characters += (next.size() + 2) / 3 * 4 + QUOTES_AND_COMMA;
      if (count == MOST || (count > 0 && characters > MAX_CHARACTERS)) {
        break;
      }
      count++;
    }
    return count;
  }
}
