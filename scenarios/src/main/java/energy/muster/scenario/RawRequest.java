// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario;

import org.jivesoftware.smack.packet.IQ;
import org.jxmpp.jid.Jid;

/** A request with whatever element, as anybody can write one by hand. */
public final class RawRequest extends IQ {
  private final String inner;

  /**
   * Makes one.
   *
   * @param inner XML, empty for none
   */
  public RawRequest(Type type, Jid to, String element, String namespace, String inner) {
    super(element, namespace);
    this.inner = inner;
    setType(type);
    setTo(to);
  }

  @Override
  protected IQChildElementXmlStringBuilder getIQChildElementBuilder(
      IQChildElementXmlStringBuilder xml) {
    xml.rightAngleBracket();
    xml.append(inner);
    return xml;
  }
}
