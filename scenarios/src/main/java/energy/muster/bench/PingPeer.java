// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

/**
 * The far end of the bare ping, in a process of its own as a device is: an account without a key.
 */
public final class PingPeer implements LinkListener {
  private final CountDownLatch connected = new CountDownLatch(1);

  private PingPeer() {}

  /** Arguments: port, account, file with its password, TLS anchors. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    LinkConfig config =
        new LinkConfig(
            ServerRoute.tcp("127.0.0.1", Integer.parseInt(arguments[0])),
            BareJid.parse(arguments[1]),
            Files.readString(Path.of(arguments[2])).strip(),
            Path.of(arguments[3]),
            Optional.empty(),
            "bench",
            1,
            () -> 0,
            LinkConfig.ANSWER_WITHIN);
    PingPeer peer = new PingPeer();
    try (Link link = Links.open(config, peer)) {
      // RFC 6121 8.5.2: a server routes requests to a resource only while that is available.
      link.announce(new Announcement(Show.AVAILABLE, "answers pings", Optional.empty()));
      peer.connected.await();
      System.out.println(
          Json.text(
              Json.object()
                  .put("event", "ready")
                  .put("jid", link.self().orElseThrow().toString())));
      // Until its parent ends it.
      new CountDownLatch(1).await();
    }
  }

  @Override
  public CompletionStage<Payload> asked(String from, Payload question) {
    return CompletableFuture.failedFuture(
        new Refused(Reason.UNSUPPORTED, "this account only answers pings"));
  }

  @Override
  public void told(Payload message) {}

  @Override
  public void changed(LinkState state) {
    if (state == LinkState.CONNECTED) {
      connected.countDown();
    }
  }
}
