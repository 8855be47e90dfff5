// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.seal.Sealed;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.util.Optional;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;

/**
 * Reads one of our elements strictly: at most one sealed document, at most one JSON container,
 * nothing else. What breaks the rule becomes the result's refusal instead of an exception, so that
 * the stanza can be answered and the stream lives on.
 */
final class PayloadReader {
  private final XmlPullParser parser;
  private final Wire wire;
  private Optional<Sealed> sealed = Optional.empty();
  private Optional<String> json = Optional.empty();
  private Optional<Refusal> fault = Optional.empty();

  private PayloadReader(XmlPullParser parser, Wire wire) {
    this.parser = parser;
    this.wire = wire;
  }

  /** Takes the parser at the element's start tag and leaves it at its end tag. */
  static ReadPayload read(XmlPullParser parser, Wire wire)
      throws XmlPullParserException, IOException {
    PayloadReader reader = new PayloadReader(parser, wire);
    reader.readChildren();
    return new ReadPayload(new Payload(wire, reader.sealed, reader.json), reader.fault);
  }

  private void readChildren() throws XmlPullParserException, IOException {
    int depth = parser.getDepth();
    while (true) {
      switch (parser.next()) {
        case START_ELEMENT -> readChild();
        case TEXT_CHARACTERS -> {
          if (!parser.getText().isBlank()) {
            refuse(Reason.MALFORMED, wire.element() + " holds text outside its elements");
          }
        }
        case END_ELEMENT -> {
          if (parser.getDepth() == depth) {
            return;
          }
        }
        default -> {}
      }
    }
  }

  private void readChild() throws XmlPullParserException, IOException {
    String name = parser.getName();
    String namespace = parser.getNamespace();
    String text = readText();
    if (is(name, namespace, Wire.SEALED_ELEMENT, Wire.SEALED_NAMESPACE)) {
      if (sealed.isPresent()) {
        refuse(Reason.MALFORMED, wire.element() + " holds two sealed documents");
      }
      sealed = readSealed(text);
    } else if (is(name, namespace, Wire.JSON_ELEMENT, Wire.JSON_NAMESPACE)) {
      if (json.isPresent()) {
        refuse(Reason.MALFORMED, wire.element() + " holds two JSON containers");
      }
      json = Optional.of(text);
    } else {
      refuse(Reason.MALFORMED, wire.element() + " holds an unknown element " + name);
    }
  }

  private Optional<Sealed> readSealed(String base64) {
    try {
      return Optional.of(Sealed.ofBase64(base64));
    } catch (Refused e) {
      refuse(e.refusal().reason(), e.refusal().text());
      return Optional.empty();
    }
  }

  /** The text of the current element; elements within it are read over and refused. */
  private String readText() throws XmlPullParserException, IOException {
    int depth = parser.getDepth();
    StringBuilder text = new StringBuilder();
    while (true) {
      switch (parser.next()) {
        case TEXT_CHARACTERS -> text.append(parser.getText());
        case START_ELEMENT ->
            refuse(Reason.MALFORMED, wire.element() + " holds an element where text belongs");
        case END_ELEMENT -> {
          if (parser.getDepth() == depth) {
            return text.toString();
          }
        }
        default -> {}
      }
    }
  }

  private static boolean is(String name, String namespace, String element, String in) {
    return name.equals(element) && namespace.equals(in);
  }

  /** The first fault counts. */
  private void refuse(Reason reason, String text) {
    if (fault.isEmpty()) {
      fault = Optional.of(new Refusal(reason, text));
    }
  }
}
