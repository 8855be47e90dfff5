// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.identity.Area;
import java.util.List;
import java.util.Set;
import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/** Names of XEP-0045, and what rooms say of themselves in its words. */
final class Muc {
  static final String JOIN = "http://jabber.org/protocol/muc";
  static final String USER = JOIN + "#user";
  static final String DELAY = "urn:xmpp:delay";

  /** Members only, everybody speaks, and everybody sees whose account it is. */
  private static final List<String> ROOM =
      List.of(
          "muc_hidden",
          "muc_membersonly",
          "muc_nonanonymous",
          "muc_persistent",
          "muc_unmoderated",
          "muc_unsecured");

  private Muc() {}

  static IQ service(IQ request) {
    return info(request, "Rooms of the areas", List.of());
  }

  static IQ room(IQ request, String name) {
    return info(request, name, ROOM);
  }

  private static IQ info(IQ request, String name, List<String> more) {
    IQ result = IQ.createResultIQ(request);
    Element query = result.setChildElement("query", Disco.INFO);
    query
        .addElement("identity")
        .addAttribute("category", "conference")
        .addAttribute("type", "text")
        .addAttribute("name", name);
    feature(query, Disco.INFO);
    feature(query, Disco.ITEMS);
    feature(query, JOIN);
    feature(query, Disco.PING);
    more.forEach(each -> feature(query, each));
    return result;
  }

  private static void feature(Element query, String feature) {
    query.addElement("feature").addAttribute("var", feature);
  }

  static IQ items(IQ request, Set<Area> open, JID service) {
    IQ result = Disco.items(request);
    Element query = result.getChildElement();
    open.forEach(
        area ->
            query
                .addElement("item")
                .addAttribute("jid", area + "@" + service)
                .addAttribute("name", area.name()));
    return result;
  }
}
