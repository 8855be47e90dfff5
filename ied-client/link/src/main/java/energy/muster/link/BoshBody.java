// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.io.IOException;
import java.util.Optional;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;

/** The body of an answer (XEP-0124 4), of which only the wrapper is known yet. */
final class BoshBody {
  static final String NAMESPACE = "http://jabber.org/protocol/httpbind";

  private final String xml;

  private BoshBody(String xml) {
    this.xml = xml;
  }

  /** Refuses what does not begin as a body. */
  static BoshBody of(String xml) throws IOException {
    BoshBody body = new BoshBody(xml);
    XmlPullParser parser = body.parser();
    if (!parser.getName().equals("body") || !NAMESPACE.equals(parser.getNamespace())) {
      throw new IOException("an answer that is not of BOSH");
    }
    return body;
  }

  /** Stands on the wrapper. */
  XmlPullParser parser() throws IOException {
    try {
      return PacketParserUtils.getParserFor(xml);
    } catch (XmlPullParserException e) {
      throw new IOException("an answer that cannot be read", e);
    }
  }

  Optional<String> attribute(String name) throws IOException {
    return Optional.ofNullable(parser().getAttributeValue("", name));
  }

  /** Whether the session is over with it. */
  boolean ends() throws IOException {
    return attribute("type").filter("terminate"::equals).isPresent();
  }
}
