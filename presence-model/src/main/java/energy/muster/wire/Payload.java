// SPDX-License-Identifier: Apache-2.0
package energy.muster.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Json;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import java.util.Objects;
import java.util.Optional;

/**
 * One element of ours: its name, at most one sealed document and at most one JSON container
 * (XEP-0335).
 *
 * @param json unsigned; what a decision rests on stands in the sealed document
 */
public record Payload(Wire wire, Optional<Sealed> sealed, Optional<String> json) {
  public Payload {
    Objects.requireNonNull(wire);
    Objects.requireNonNull(sealed);
    Objects.requireNonNull(json);
  }

  public static Payload empty(Wire wire) {
    return new Payload(wire, Optional.empty(), Optional.empty());
  }

  public static Payload of(Wire wire, JsonNode json) {
    return new Payload(wire, Optional.empty(), Optional.of(Json.text(json)));
  }

  public static Payload of(Wire wire, Sealed sealed) {
    return new Payload(wire, Optional.of(sealed), Optional.empty());
  }

  public static Payload of(Wire wire, Sealed sealed, JsonNode json) {
    return new Payload(wire, Optional.of(sealed), Optional.of(Json.text(json)));
  }

  public static Payload refused(Refusal refusal) {
    return of(
        Wire.REFUSED,
        Json.object().put("reason", refusal.reason().wire()).put("text", refusal.text()));
  }

  /** The sealed document; its absence is a refusal. */
  public Sealed requireSealed() {
    return sealed.orElseThrow(
        () -> new Refused(Reason.MALFORMED, wire.element() + " must hold a sealed document"));
  }

  /** The JSON, read with the limits of a signed document; its absence is a refusal. */
  public ObjectNode requireJson() {
    return Json.parse(json.orElseThrow(this::noJson));
  }

  /** The JSON of lists and exports, which may be long. */
  public ObjectNode requireLargeJson() {
    return Json.parseLarge(json.orElseThrow(this::noJson));
  }

  private Refused noJson() {
    return new Refused(Reason.MALFORMED, wire.element() + " must hold JSON");
  }

  /** Reads what {@link #refused} wrote; a refusal that cannot be read is still one. */
  public Refusal toRefusal() {
    ObjectNode object = requireJson();
    String reason = object.path("reason").asText();
    String text = object.path("text").asText();
    return Reason.ofWire(reason)
        .map(known -> new Refusal(known, text))
        .orElseGet(() -> new Refusal(Reason.UNSUPPORTED, reason + ": " + text));
  }
}
