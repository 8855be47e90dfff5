// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.identity.BareJid;
import energy.muster.json.Json;
import energy.muster.link.Announcement;
import energy.muster.link.Link;
import energy.muster.link.LinkConfig;
import energy.muster.link.LinkListener;
import energy.muster.link.LinkState;
import energy.muster.link.Links;
import energy.muster.link.ServerRoute;
import energy.muster.presence.Show;
import energy.muster.refusal.Reason;
import energy.muster.refusal.Refused;
import energy.muster.wire.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

/**
 * The accounts of many devices in one process, as plain XMPP clients: they log in and say that they
 * are there, without a key, a journal or a word of ours.
 */
public final class BareFleet implements LinkListener {
  private final BareJid account;

  private BareFleet(BareJid account) {
    this.account = account;
  }

  /** Arguments: port, accounts as the server has them, domain, TLS anchors, prefix of names. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<ObjectNode> accounts = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(arguments[1]))) {
      ObjectNode account = Json.parse(line);
      if (account.get("user").asText().startsWith(arguments[4])) {
        accounts.add(account);
      }
    }
    say("started", "");
    for (ObjectNode account : accounts) {
      BareJid jid = new BareJid(account.get("user").asText(), arguments[2]);
      Link link =
          Links.open(
              new LinkConfig(
                  ServerRoute.tcp("127.0.0.1", Integer.parseInt(arguments[0])),
                  jid,
                  account.get("password").asText(),
                  Path.of(arguments[3]),
                  Optional.empty(),
                  "bench",
                  1,
                  () -> 0,
                  LinkConfig.ANSWER_WITHIN),
              new BareFleet(jid));
      link.announce(new Announcement(Show.AVAILABLE, "is there", Optional.empty()));
    }
    // Until its parent ends it.
    new CountDownLatch(1).await();
  }

  private static void say(String event, String device) {
    System.out.println(Json.text(Json.object().put("event", event).put("device", device)));
  }

  @Override
  public CompletionStage<Payload> asked(String from, Payload question) {
    return CompletableFuture.failedFuture(
        new Refused(Reason.UNSUPPORTED, "this account only says that it is there"));
  }

  @Override
  public void told(Payload message) {}

  @Override
  public void changed(LinkState state) {
    if (state == LinkState.CONNECTED) {
      say("connected", account.toString());
    }
  }
}
