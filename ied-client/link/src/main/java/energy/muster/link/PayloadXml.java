// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import org.jivesoftware.smack.util.XmlStringBuilder;

/** Writes the content of our elements. */
final class PayloadXml {
  private PayloadXml() {}

  static boolean isEmpty(Payload payload) {
    return payload.sealed().isEmpty() && payload.json().isEmpty();
  }

  static void writeContent(XmlStringBuilder xml, Payload payload) {
    payload
        .sealed()
        .ifPresent(
            document ->
                open(xml, Wire.SEALED_ELEMENT, Wire.SEALED_NAMESPACE)
                    .append(document.base64())
                    .closeElement(Wire.SEALED_ELEMENT));
    payload
        .json()
        .ifPresent(
            json ->
                open(xml, Wire.JSON_ELEMENT, Wire.JSON_NAMESPACE)
                    .escape(XmlText.ofJson(json))
                    .closeElement(Wire.JSON_ELEMENT));
  }

  private static XmlStringBuilder open(XmlStringBuilder xml, String element, String namespace) {
    return xml.halfOpenElement(element).xmlnsAttribute(namespace).rightAngleBracket();
  }
}
