// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.util.Optional;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.QName;

/** Elements of ours as dom4j, the XML library that Openfire's stanzas are made of. */
final class PayloadXml {
  private PayloadXml() {}

  /** Whether an element is in a namespace of ours, known or not. */
  static boolean ours(Element element) {
    return element.getNamespaceURI().startsWith("urn:muster:");
  }

  static Element write(Payload payload) {
    Wire wire = payload.wire();
    Element element = DocumentHelper.createElement(QName.get(wire.element(), wire.namespace()));
    payload
        .sealed()
        .ifPresent(
            document ->
                element
                    .addElement(QName.get(Wire.SEALED_ELEMENT, Wire.SEALED_NAMESPACE))
                    .setText(document.base64()));
    payload
        .json()
        .ifPresent(
            json ->
                element
                    .addElement(QName.get(Wire.JSON_ELEMENT, Wire.JSON_NAMESPACE))
                    .setText(json));
    return element;
  }

  /**
   * Reads an element that must be one of ours.
   *
   * @throws Refused unsupported if its name is not ours, malformed if it holds anything but one
   *     sealed document and one JSON container
   */
  static Payload read(Element element) {
    Wire wire =
        Wire.of(element.getName(), element.getNamespaceURI())
            .orElseThrow(
                () ->
                    new Refused(
                        Reason.UNSUPPORTED,
                        "no element %s of %s is known here"
                            .formatted(element.getName(), element.getNamespaceURI())));
    Optional<Sealed> document = Optional.empty();
    Optional<String> json = Optional.empty();
    for (Element child : element.elements()) {
      if (is(child, Wire.SEALED_ELEMENT, Wire.SEALED_NAMESPACE) && document.isEmpty()) {
        document = Optional.of(Sealed.ofBase64(child.getTextTrim()));
      } else if (is(child, Wire.JSON_ELEMENT, Wire.JSON_NAMESPACE) && json.isEmpty()) {
        json = Optional.of(child.getText());
      } else {
        throw new Refused(
            Reason.MALFORMED,
            "%s holds at most one sealed document and one JSON container, and no %s"
                .formatted(wire.element(), child.getName()));
      }
    }
    if (!element.getTextTrim().isEmpty()) {
      throw new Refused(Reason.MALFORMED, wire.element() + " holds text outside its containers");
    }
    return new Payload(wire, document, json);
  }

  private static boolean is(Element element, String name, String namespace) {
    return element.getName().equals(name) && element.getNamespaceURI().equals(namespace);
  }
}
