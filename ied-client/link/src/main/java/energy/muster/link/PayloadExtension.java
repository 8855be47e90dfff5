// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.wire.Payload;
import org.jivesoftware.smack.packet.ExtensionElement;
import org.jivesoftware.smack.packet.XmlEnvironment;
import org.jivesoftware.smack.util.XmlStringBuilder;

/** One of our elements in a message, a presence or an error. */
record PayloadExtension(ReadPayload read) implements ExtensionElement {
  static PayloadExtension of(Payload payload) {
    return new PayloadExtension(ReadPayload.sound(payload));
  }

  @Override
  public String getNamespace() {
    return read.payload().wire().namespace();
  }

  @Override
  public String getElementName() {
    return read.payload().wire().element();
  }

  @Override
  public CharSequence toXML(XmlEnvironment environment) {
    XmlStringBuilder xml = new XmlStringBuilder(this, environment);
    if (PayloadXml.isEmpty(read.payload())) {
      return xml.closeEmptyElement();
    }
    xml.rightAngleBracket();
    PayloadXml.writeContent(xml, read.payload());
    return xml.closeElement(this);
  }
}
