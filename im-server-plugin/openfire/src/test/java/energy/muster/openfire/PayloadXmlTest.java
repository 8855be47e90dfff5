// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import energy.muster.wire.GoldenStanza;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import org.dom4j.Document;
import org.dom4j.DocumentException;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xmpp.packet.IQ;

final class PayloadXmlTest {
  @ParameterizedTest
  @EnumSource(value = GoldenStanza.class, mode = EnumSource.Mode.EXCLUDE, names = "PRESENCE_PERSON")
  void anElementOfAGoldenStanzaIsReadAndWrittenBack(GoldenStanza golden) throws Exception {
    Document stanza = DocumentHelper.parseText(golden.xml());
    Element ours = find(stanza.getRootElement());
    if (golden.payload().isEmpty()) {
      assertThat(ours).isNull();
      return;
    }
    Payload read = PayloadXml.read(ours);
    assertThat(read).isEqualTo(golden.payload().get());

    Element parent = ours.getParent();
    parent.remove(ours);
    parent.add(PayloadXml.write(read));
    assertThat(golden.matches(stanza.asXML())).isTrue();
  }

  @Test
  void aRefusalIsAnsweredAsTheGoldenStanzaSays() throws Exception {
    IQ request = new IQ(DocumentHelper.parseText(GoldenStanza.SUBMIT_SET.xml()).getRootElement());
    IQ answer =
        Answers.refused(
            request, new Refusal(Reason.NOT_AUTHORISED, "op-1 is no operator of feeder-123"));
    // On the wire the stream's own declaration gives the stanza its namespace.
    String sent = answer.toXML().replaceFirst("<iq ", "<iq xmlns='jabber:client' ");
    assertThat(GoldenStanza.REFUSED_BY_SERVICE.matches(sent)).as(sent).isTrue();
  }

  @Test
  void aDevicesRefusalIsReadFromItsError() throws Exception {
    IQ answer =
        new IQ(DocumentHelper.parseText(GoldenStanza.REFUSED_BY_DEVICE.xml()).getRootElement());
    assertThat(Answers.refusal(answer))
        .isEqualTo(new Refusal(Reason.MALFORMED, "field verb is missing"));
  }

  @Test
  void anElementThatHoldsAnythingElseIsMalformed() {
    assertReason(Reason.MALFORMED, "<submit xmlns='urn:muster:command:1'><evil/></submit>");
    assertReason(Reason.MALFORMED, "<submit xmlns='urn:muster:command:1'>text</submit>");
    assertReason(
        Reason.MALFORMED,
        "<view xmlns='urn:muster:view:1'><json xmlns='urn:xmpp:json:0'>{}</json>"
            + "<json xmlns='urn:xmpp:json:0'>{}</json></view>");
  }

  @Test
  void anUnknownElementIsUnsupported() {
    assertReason(Reason.UNSUPPORTED, "<nope xmlns='urn:muster:command:1'/>");
  }

  private static void assertReason(Reason reason, String xml) {
    assertThatThrownBy(() -> PayloadXml.read(DocumentHelper.parseText(xml).getRootElement()))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.refusal().reason()).isEqualTo(reason));
  }

  private static Element find(Element element) throws DocumentException {
    if (Wire.of(element.getName(), element.getNamespaceURI()).isPresent()) {
      return element;
    }
    for (Element child : element.elements()) {
      Element found = find(child);
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
