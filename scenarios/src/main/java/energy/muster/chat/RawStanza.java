// SPDX-License-Identifier: Apache-2.0
package energy.muster.chat;

import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.XmlEnvironment;

/** A stanza as text, sent as it stands. */
final class RawStanza extends Stanza {
  private final String xml;

  RawStanza(String id, String xml) {
    this.xml = xml;
    setStanzaId(id);
  }

  @Override
  public String getElementName() {
    return xml.substring(1, xml.indexOf(' '));
  }

  @Override
  public CharSequence toXML(XmlEnvironment enclosing) {
    return xml;
  }

  @Override
  public String toString() {
    return xml;
  }
}
