// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario;

import energy.muster.json.Json;
import energy.muster.refusal.Refused;
import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * What came back on a raw request.
 *
 * @param reason the typed reason of a no; in its absence the bare condition or what happened to the
 *     stream; empty for a yes
 * @param text the words of a no
 * @param json of the answer's element; empty without one
 */
public record Answer(String reason, String text, String json) {
  static Answer nothing(String why) {
    return new Answer(why, "", "");
  }

  public static Answer read(String stanza) {
    Element root = parse(stanza);
    String json = first(root, "json").map(Element::getTextContent).orElse("");
    if (!root.getAttribute("type").equals("error")) {
      return new Answer("", "", json);
    }
    if (first(root, "refused").isPresent()) {
      try {
        var refusal = Json.parse(json);
        return new Answer(refusal.path("reason").asText(), refusal.path("text").asText(), json);
      } catch (Refused unreadable) {
        return nothing("an unreadable refusal");
      }
    }
    return nothing("an error without a reason: " + stanza);
  }

  public boolean ok() {
    return reason.isEmpty();
  }

  static Element parse(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(xml)))
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new StoryFailure("a stanza that is no XML: " + xml + ": " + e.getMessage());
    }
  }

  static Optional<Element> first(Element root, String name) {
    return Optional.ofNullable((Element) root.getElementsByTagName(name).item(0));
  }
}
