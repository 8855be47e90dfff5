// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import energy.muster.command.Power;
import energy.muster.identity.FullJid;
import energy.muster.link.Link;
import energy.muster.link.Transport;
import energy.muster.stage.Access;
import energy.muster.stage.Child;
import energy.muster.stage.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * From submit to the verified final outcome, console process to device process through the server,
 * all syncs included, in blocks that alternate with bare client-to-client XMPP pings (XEP-0199) on
 * the same server. What a trip's own signature and check cost is timed within it, at the console.
 */
final class RttBench {
  private static final int BLOCK = 50;
  private static final int WARM_UP_BLOCKS = 10;
  private static final Duration GOOD_FOR = Duration.ofMinutes(2);
  private static final Patience PATIENCE = new Patience(Duration.ofSeconds(20));
  private final Path data;
  private final int blocks;
  private final Transport transport;
  private final Samples trips = new Samples();
  private final Samples pings = new Samples();
  private final Samples syncs = new Samples();
  private int flip;

  /**
   * @param transport of the device and of the operator; who answers the pings is on TCP
   */
  RttBench(Path data, int blocks, Transport transport) {
    this.data = data;
    this.blocks = blocks;
    this.transport = transport;
  }

  RttReport run() throws IOException, InterruptedException {
    try (Rig rig = Rig.of(data, 1)) {
      Stage stage = rig.stage().overHttps(0);
      stage.startServer();
      if (transport == Transport.BOSH) {
        stage.access(Access.bosh(stage.httpsPort()));
      }
      stage.startDevices("device", rig.loads());
      // Another session of the operator's: strangers do not reach each other.
      Child echo = stage.startAside("ping-peer", PingPeer.class, rig.operator());
      FullJid far = FullJid.parse(echo.await("ready", PATIENCE.within()).get("jid").asText());
      rig.connect();
      Caller caller = rig.caller();
      try (SyncedFile file = new SyncedFile(stage.folder().data().resolve("sync-sample"))) {
        warmUp(rig, far, file);
        for (int block = 0; block < blocks; block++) {
          ping(rig.link(), far, file);
          trip(rig, trips);
        }
        return new RttReport(trips, pings, caller.signs(), caller.verifies(), syncs);
      }
    }
  }

  private void warmUp(Rig rig, FullJid far, SyncedFile file)
      throws IOException, InterruptedException {
    WarmUp.until(
        "rtt",
        "a trip",
        () -> {
          Samples tried = new Samples();
          for (int block = 0; block < WARM_UP_BLOCKS; block++) {
            ping(rig.link(), far, file);
            trip(rig, tried);
          }
          return tried.median();
        });
    pings.clear();
    syncs.clear();
    rig.caller().signs().clear();
    rig.caller().verifies().clear();
  }

  private void trip(Rig rig, Samples into) throws InterruptedException {
    for (int i = 0; i < BLOCK; i++) {
      flip++;
      long begin = System.nanoTime();
      Caller.Order order =
          rig.caller().limit(rig.devices(), Power.kilowatts(flip % 2 == 0 ? 30 : 20), GOOD_FOR);
      var accepted = rig.submit(order);
      PATIENCE.await(order.outcomes(), "an order's outcome");
      into.add(System.nanoTime() - begin);
      // Not on the clock: an outcome may overtake the answer to its submission.
      PATIENCE.await(accepted, "an order's acceptance");
    }
  }

  /** A ping, and what a sync costs at that pace: a disk that is kept busy is a faster one. */
  private void ping(Link link, FullJid far, SyncedFile file)
      throws IOException, InterruptedException {
    for (int i = 0; i < BLOCK; i++) {
      long begin = System.nanoTime();
      PATIENCE.await(link.ping(far), "the answer to a ping");
      long answered = System.nanoTime();
      file.write();
      syncs.add(System.nanoTime() - answered);
      pings.add(answered - begin);
    }
  }
}
