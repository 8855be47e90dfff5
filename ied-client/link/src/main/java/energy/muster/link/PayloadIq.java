// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.IqData;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jxmpp.jid.Jid;

/** An IQ that holds one of our elements. */
final class PayloadIq extends IQ {
  private final ReadPayload read;

  PayloadIq(IqData envelope, ReadPayload read) {
    super(envelope, read.payload().wire().element(), read.payload().wire().namespace());
    this.read = read;
  }

  static PayloadIq request(IQ.Type type, String id, Jid to, Payload payload) {
    return new PayloadIq(
        StanzaBuilder.buildIqData(id).ofType(type).to(to), ReadPayload.sound(payload));
  }

  static PayloadIq result(IQ request, Payload payload) {
    return request(IQ.Type.result, request.getStanzaId(), request.getFrom(), payload);
  }

  Wire wire() {
    return read.payload().wire();
  }

  ReadPayload read() {
    return read;
  }

  @Override
  protected IQChildElementXmlStringBuilder getIQChildElementBuilder(
      IQChildElementXmlStringBuilder xml) {
    if (PayloadXml.isEmpty(read.payload())) {
      xml.setEmptyElement();
    } else {
      xml.rightAngleBracket();
      PayloadXml.writeContent(xml, read.payload());
    }
    return xml;
  }
}
