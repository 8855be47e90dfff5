// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import energy.muster.service.desk.Pause;
import energy.muster.service.exchange.Nodes;
import energy.muster.wire.Payload;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.dom4j.Element;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;
import org.xmpp.packet.PacketError;

/**
 * Nodes on the server's own publish-subscribe service, driven by stanzas as any client could, so
 * that it works with every version of the server. A node is made when its first item comes, looked
 * through for what it has, and then given what it lacks, one item after the other.
 */
final class PubsubNodes implements Nodes {
  private static final Logger LOG = LoggerFactory.getLogger(PubsubNodes.class);

  static final String PUBSUB = "http://jabber.org/protocol/pubsub";

  /** So long an answer may take; then the same is asked again. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final JID own;
  private final JID pubsub;
  private final Consumer<Packet> send;
  private final Executor sender;
  private final InstantSource clock;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private boolean there;

  private enum Step {
    CREATE,
    LOOK,
    PUBLISH
  }

  private record Item(String id, Payload payload) {}

  private static final class Node {
    private final String name;
    private final Deque<Item> waiting = new ArrayDeque<>();
    private final Set<String> laidOut = new HashSet<>();
    private Step step = Step.CREATE;
    private String asked = "";
    private Instant since = Instant.EPOCH;

    Node(String name) {
      this.name = name;
    }

    boolean idle() {
      return asked.isEmpty();
    }
  }

  /**
   * @param sender runs the sending; the server may tell every subscriber on its thread
   */
  PubsubNodes(JID own, JID pubsub, Consumer<Packet> send, Executor sender, InstantSource clock) {
    this.own = own;
    this.pubsub = pubsub;
    this.send = send;
    this.sender = sender;
    this.clock = clock;
  }

  @Override
  public synchronized void publish(String node, String item, Payload payload) {
    Node known = nodes.computeIfAbsent(node, Node::new);
    known.waiting.add(new Item(item, payload));
    go(known);
  }

  /** From now on we have an address to send from. */
  synchronized void begin() {
    there = true;
    nodes.values().forEach(this::go);
  }

  /** Asks again what was not answered. */
  synchronized void retry() {
    Instant now = clock.instant();
    for (Node node : nodes.values()) {
      if (!node.idle() && Pause.of(node.since, PATIENCE).over(now)) {
        node.asked = "";
      }
      go(node);
    }
  }

  private void go(Node node) {
    while (node.step == Step.PUBLISH
        && !node.waiting.isEmpty()
        && node.laidOut.contains(node.waiting.peek().id())) {
      node.waiting.remove();
    }
    if (!there || !node.idle() || node.waiting.isEmpty()) {
      return;
    }
    IQ iq =
        switch (node.step) {
          case CREATE -> create(node);
          case LOOK -> look(node);
          case PUBLISH -> publish(node, node.waiting.peek());
        };
    node.asked = iq.getID();
    node.since = clock.instant();
    sender.execute(() -> Edge.quietly("an item for " + node.name, () -> send.accept(iq)));
  }

  private IQ to(IQ.Type type) {
    IQ iq = new IQ(type, UUID.randomUUID().toString());
    iq.setFrom(own);
    iq.setTo(pubsub);
    return iq;
  }

  private IQ create(Node node) {
    IQ iq = to(IQ.Type.set);
    Element request = iq.setChildElement("pubsub", PUBSUB);
    request.addElement("create").addAttribute("node", node.name);
    Element form = request.addElement("configure").addElement("x", "jabber:x:data");
    form.addAttribute("type", "submit");
    field(form, "FORM_TYPE", PUBSUB + "#node_config").addAttribute("type", "hidden");
    // Who may come near the service at all is the gate's business.
    field(form, "pubsub#access_model", "open");
    field(form, "pubsub#publish_model", "publishers");
    field(form, "pubsub#deliver_payloads", "1");
    field(form, "pubsub#persist_items", "1");
    field(form, "pubsub#max_items", "400");
    field(form, "pubsub#max_payload_size", "1000000");
    return iq;
  }

  private static Element field(Element form, String name, String value) {
    Element field = form.addElement("field").addAttribute("var", name);
    field.addElement("value").setText(value);
    return field;
  }

  private IQ look(Node node) {
    IQ iq = to(IQ.Type.get);
    iq.setChildElement("query", Disco.ITEMS).addAttribute("node", node.name);
    return iq;
  }

  private IQ publish(Node node, Item item) {
    IQ iq = to(IQ.Type.set);
    iq.setChildElement("pubsub", PUBSUB)
        .addElement("publish")
        .addAttribute("node", node.name)
        .addElement("item")
        .addAttribute("id", item.id())
        .add(PayloadXml.write(item.payload()));
    return iq;
  }

  /** Whether it was the answer to something asked here. */
  synchronized boolean answered(IQ answer) {
    if (answer.getID() == null || !pubsub.equals(answer.getFrom())) {
      return false;
    }
    for (Node node : nodes.values()) {
      if (node.asked.equals(answer.getID())) {
        node.asked = "";
        if (answer.getType() == IQ.Type.error) {
          failed(node, answer.getError());
        } else {
          done(node, answer);
          go(node);
        }
        return true;
      }
    }
    return false;
  }

  private void done(Node node, IQ answer) {
    switch (node.step) {
      case CREATE -> node.step = Step.LOOK;
      case LOOK -> {
        Element items = answer.getChildElement();
        if (items != null) {
          items.elements("item").forEach(item -> node.laidOut.add(item.attributeValue("name")));
        }
        LOG.info("The node {} has {} items", node.name, node.laidOut.size());
        node.step = Step.PUBLISH;
      }
      case PUBLISH -> node.laidOut.add(node.waiting.remove().id());
    }
  }

  private void failed(Node node, PacketError error) {
    PacketError.Condition condition =
        error == null ? PacketError.Condition.undefined_condition : error.getCondition();
    if (node.step == Step.CREATE && condition == PacketError.Condition.conflict) {
      node.step = Step.LOOK;
      go(node);
    } else if (node.step == Step.LOOK) {
      node.step = Step.PUBLISH;
      go(node);
    } else if (node.step == Step.PUBLISH && condition == PacketError.Condition.item_not_found) {
      // The server has lost the node; the next retry makes it anew.
      node.step = Step.CREATE;
      node.laidOut.clear();
    } else if (node.step == Step.PUBLISH) {
      Item item = node.waiting.remove();
      LOG.error("{} of {} is not laid out: {}", item.id(), node.name, condition);
      go(node);
    } else {
      LOG.error("the node {} cannot be made: {}", node.name, condition);
    }
  }
}
