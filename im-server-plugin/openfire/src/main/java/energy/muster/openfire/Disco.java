// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/**
 * What the service says of itself (XEP-0030), and that it is alive (XEP-0199); and what it says of
 * a device to whoever may only look, who sees by it that this contact is no person (XEP-0115).
 */
final class Disco {
  static final String INFO = "http://jabber.org/protocol/disco#info";
  static final String ITEMS = "http://jabber.org/protocol/disco#items";
  static final String PING = "urn:xmpp:ping";

  static final String CAPS = "http://jabber.org/protocol/caps";

  private static final String NODE = "urn:muster:device:1";
  private static final String CATEGORY = "automation";
  private static final String DEVICE = "device-node";
  private static final String NAME = "Muster";

  /** XEP-0115, 5.1: identity and features, each followed by {@code <}. */
  static final String VERSION = hash(CATEGORY + "/" + DEVICE + "//" + NAME + "<" + INFO + "<");

  private Disco() {}

  private static String hash(String description) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-1")
                  .digest(description.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  /** Into the presence of a device. */
  static void describe(Presence device) {
    device
        .addChildElement("c", CAPS)
        .addAttribute("hash", "sha-1")
        .addAttribute("node", NODE)
        .addAttribute("ver", VERSION);
  }

  /** Whether a device is asked what it is. */
  static boolean asks(Packet packet) {
    return packet instanceof IQ iq
        && iq.getType() == IQ.Type.get
        && iq.getChildElement() != null
        && iq.getChildElement().getNamespaceURI().equals(INFO);
  }

  /** Into the answer to {@link #asks}, of the same node. */
  static void device(IQ answer, Optional<String> node) {
    Element query = answer.setChildElement("query", INFO);
    node.ifPresent(asked -> query.addAttribute("node", asked));
    identity(query, DEVICE);
    query.addElement("feature").addAttribute("var", INFO);
  }

  private static void identity(Element query, String type) {
    query
        .addElement("identity")
        .addAttribute("category", CATEGORY)
        .addAttribute("type", type)
        .addAttribute("name", NAME);
  }

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
    identity(query, "control-network");
    features().forEach(feature -> query.addElement("feature").addAttribute("var", feature));
    return result;
  }

  static IQ items(IQ request) {
    IQ result = IQ.createResultIQ(request);
    result.setChildElement("query", ITEMS);
    return result;
  }
}
