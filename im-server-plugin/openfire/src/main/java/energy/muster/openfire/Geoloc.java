// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.json.Numbers;
import energy.muster.presence.Location;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.wire.Payload;
import java.math.BigDecimal;
import java.util.Optional;
import org.dom4j.Element;
import org.dom4j.QName;

/** Where a device stands: the standard element (XEP-0080) on one side, its word on the other. */
final class Geoloc {
  private Geoloc() {}

  /** The device's word with the place that its presence gives beside it. */
  static Payload into(Payload word, Element presence) {
    Element element = presence.element(QName.get(Location.ELEMENT, Location.NAMESPACE));
    if (element == null || word.json().isEmpty()) {
      return word;
    }
    ObjectNode json = word.requireJson();
    json.set("location", read(element).write());
    return Payload.of(word.wire(), json);
  }

  private static Location read(Element element) {
    try {
      return new Location(
          number(element, "lat").orElseThrow(() -> new NumberFormatException("no lat")),
          number(element, "lon").orElseThrow(() -> new NumberFormatException("no lon")),
          number(element, "accuracy"),
          Optional.ofNullable(element.elementTextTrim("description")).orElse(""));
    } catch (IllegalArgumentException e) {
      throw new Refused(Reason.MALFORMED, "geoloc: " + e.getMessage());
    }
  }

  private static Optional<BigDecimal> number(Element element, String name) {
    return Optional.ofNullable(element.elementTextTrim(name))
        .map(text -> Numbers.read(text, Numbers.MOST_PLACES));
  }

  static void write(Location location, Element presence) {
    Element element = presence.addElement(Location.ELEMENT, Location.NAMESPACE);
    element.addElement("lat").setText(location.latitude().toPlainString());
    element.addElement("lon").setText(location.longitude().toPlainString());
    location
        .accuracy()
        .ifPresent(metres -> element.addElement("accuracy").setText(metres.toPlainString()));
    if (!location.description().isEmpty()) {
      element.addElement("description").setText(location.description());
    }
  }
}
