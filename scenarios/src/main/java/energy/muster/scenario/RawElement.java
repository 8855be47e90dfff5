// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario;

import energy.muster.seal.Sealed;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.Optional;

/**
 * One of our elements as text, held to none of its rules.
 *
 * @param content the XML within the element
 */
public record RawElement(Wire wire, String content) {
  public static RawElement of(Payload payload) {
    return of(payload.wire(), payload.sealed().map(Sealed::base64), payload.json());
  }

  /** With anything where a sealed document and JSON belong. */
  public static RawElement of(Wire wire, Optional<String> base64, Optional<String> json) {
    return new RawElement(
        wire,
        base64.map(text -> element(Wire.SEALED_ELEMENT, Wire.SEALED_NAMESPACE, text)).orElse("")
            + json.map(text -> element(Wire.JSON_ELEMENT, Wire.JSON_NAMESPACE, text)).orElse(""));
  }

  public String xml() {
    return wrapped(wire.element(), wire.namespace(), content);
  }

  private static String element(String name, String namespace, String text) {
    return wrapped(
        name, namespace, text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
  }

  private static String wrapped(String name, String namespace, String xml) {
    return "<" + name + " xmlns='" + namespace + "'>" + xml + "</" + name + ">";
  }
}
