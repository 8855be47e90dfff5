// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.identity.BareJid;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

/**
 * What clients say to the server's publish-subscribe service and hear of it: they read and
 * subscribe to the nodes that are for them, and nothing else. Nodes and items are the service's.
 */
final class PubsubTalk {
  private static final String TARIFFS = "tariffs/";
  private static final String CHANGES = "changes/";
  private static final Set<String> READING = Set.of("items", "subscriptions");
  private static final Set<String> SUBSCRIBING = Set.of("subscribe", "unsubscribe");
  private static final String EVERYBODY = "*";

  private final JID address;
  private final Map<String, Predicate<BareJid>> readers;

  /**
   * @param tariffs who may read tariffs and prices: names of accounts, or {@code *}
   * @param changes who may read the change sets of all the site
   */
  PubsubTalk(JID address, String tariffs, String changes) {
    this.address = address;
    this.readers = Map.of(TARIFFS, readers(tariffs), CHANGES, readers(changes));
  }

  private static Predicate<BareJid> readers(String text) {
    if (text.strip().equals(EVERYBODY)) {
      return anybody -> true;
    }
    Set<String> names =
        Arrays.stream(text.split(",", -1)).map(String::strip).collect(Collectors.toSet());
    return account -> names.contains(account.local());
  }

  JID address() {
    return address;
  }

  /** Whether the stanza is between a client and the service for publishing. */
  boolean concerns(JID peer) {
    return peer != null && peer.getDomain().equals(address.getDomain());
  }

  /** Whether a client may say that. */
  boolean lets(Packet packet, BareJid from) {
    if (!(packet instanceof IQ iq) || iq.getChildElement() == null) {
      return false;
    }
    Element child = iq.getChildElement();
    boolean get = iq.getType() == IQ.Type.get;
    if (child.getNamespaceURI().equals(Disco.INFO) || child.getNamespaceURI().equals(Disco.ITEMS)) {
      return get && mayRead(child, from);
    }
    if (!child.getNamespaceURI().equals(PubsubNodes.PUBSUB)) {
      return false;
    }
    Set<String> allowed = get ? READING : iq.getType() == IQ.Type.set ? SUBSCRIBING : Set.of();
    List<Element> asked = child.elements();
    return !asked.isEmpty()
        && asked.stream().allMatch(each -> allowed.contains(each.getName()) && mayRead(each, from));
  }

  private boolean mayRead(Element asked, BareJid account) {
    return Optional.ofNullable(asked.attributeValue("node"))
        .map(node -> reads(node, account))
        .orElse(true);
  }

  private boolean reads(String node, BareJid account) {
    return readers.entrySet().stream()
        .anyMatch(each -> node.startsWith(each.getKey()) && each.getValue().test(account));
  }

  /** Whether this is still for a client who once subscribed. */
  boolean tells(Packet packet, BareJid to) {
    if (!(packet instanceof Message)) {
      return true;
    }
    return packet.getElement().elements("event").stream()
        .flatMap(event -> event.elements().stream())
        .allMatch(each -> mayRead(each, to));
  }
}
