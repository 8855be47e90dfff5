// SPDX-License-Identifier: Apache-2.0
package energy.muster.chat;

import java.util.List;
import java.util.stream.Collectors;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPConnection;
import org.jivesoftware.smack.XMPPException.XMPPErrorException;
import org.jivesoftware.smackx.pubsub.Item;
import org.jivesoftware.smackx.pubsub.LeafNode;
import org.jivesoftware.smackx.pubsub.PayloadItem;
import org.jivesoftware.smackx.pubsub.PubSubException.NotAPubSubNodeException;
import org.jivesoftware.smackx.pubsub.PubSubManager;
import org.jivesoftware.smackx.pubsub.SimplePayload;

/** What any client does at the server's publish-subscribe service (XEP-0060). */
final class Publications {
  private final PubSubManager manager;
  private final XMPPConnection connection;

  Publications(XMPPConnection connection) {
    this.connection = connection;
    this.manager = PubSubManager.getInstanceFor(connection);
  }

  /** Adds what came of it: an error, or none and what was found. */
  void does(String verb, String name, Event answer) throws InterruptedException, SmackException {
    try {
      List<Item> items = List.of();
      switch (verb) {
        case "subscribe" -> {
          LeafNode node = manager.getLeafNode(name);
          var unused = node.subscribe(connection.getUser().asEntityBareJid());
        }
        case "items" -> items = manager.getLeafNode(name).getItems();
        case "publish" ->
            manager
                .getLeafNode(name)
                .publish(
                    new PayloadItem<>(
                        new SimplePayload("<word xmlns='urn:example:word'>mine</word>")));
        case "create" -> {
          var unused = manager.createNode(name);
        }
        default -> throw new IllegalArgumentException("no verb " + verb);
      }
      answer
          .with("error", "")
          .with("ids", items.stream().map(Item::getId).collect(Collectors.joining(" ")));
    } catch (XMPPErrorException no) {
      answer.with("error", no.getStanzaError().getCondition().toString()).with("ids", "");
    } catch (NotAPubSubNodeException no) {
      answer.with("error", "no-node").with("ids", "");
    }
  }
}
