// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import java.io.IOException;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.XmlEnvironment;
import org.jivesoftware.smack.parsing.SmackParsingException;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;

/** Stanzas as Smack reads them off a stream. */
final class Parsed {
  static {
    SmackSetup.ensure();
  }

  private Parsed() {}

  static Stanza stanza(String xml) {
    try {
      XmlPullParser parser = PacketParserUtils.getParserFor(xml);
      return PacketParserUtils.parseStanza(parser, XmlEnvironment.EMPTY);
    } catch (XmlPullParserException | SmackParsingException | IOException e) {
      throw new IllegalArgumentException(xml, e);
    }
  }
}
