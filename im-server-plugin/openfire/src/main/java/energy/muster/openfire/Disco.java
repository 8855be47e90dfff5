// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.wire.Wire;
import java.util.Arrays;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.dom4j.Element;
import org.xmpp.packet.IQ;

/** What the service says of itself (XEP-0030), and that it is alive (XEP-0199). */
final class Disco {
  static final String INFO = "http://jabber.org/protocol/disco#info";
  static final String ITEMS = "http://jabber.org/protocol/disco#items";
  static final String PING = "urn:xmpp:ping";

  private Disco() {}

  static NavigableSet<String> features() {
    NavigableSet<String> features = new TreeSet<>();
    features.add(INFO);
    features.add(ITEMS);
    features.add(PING);
    features.add(Wire.JSON_NAMESPACE);
    features.add(Wire.SEALED_NAMESPACE);
    Arrays.stream(Wire.values()).map(Wire::namespace).forEach(features::add);
    return features;
  }

  static IQ info(IQ request) {
    IQ result = IQ.createResultIQ(request);
    Element query = result.setChildElement("query", INFO);
    // No registered category fits a control network; XEP-0030 leaves automation/* to those who do.
    query
        .addElement("identity")
        .addAttribute("category", "automation")
        .addAttribute("type", "control-network")
        .addAttribute("name", "Muster");
    features().forEach(feature -> query.addElement("feature").addAttribute("var", feature));
    return result;
  }

  static IQ items(IQ request) {
    IQ result = IQ.createResultIQ(request);
    result.setChildElement("query", ITEMS);
    return result;
  }
}
