// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import energy.muster.command.Power;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.link.Announcement;
import energy.muster.link.Link;
import energy.muster.link.LinkConfig;
import energy.muster.link.Links;
import energy.muster.presence.Show;
import energy.muster.seal.Trust;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import energy.muster.stage.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * From submit to the verified final outcome, console process to device process through the server,
 * all syncs included, in blocks that alternate with bare client-to-client XMPP pings (XEP-0199) on
 * the same server. What a trip's own signature and check cost is timed within it, at the console.
 */
final class RttBench {
  private static final int BLOCK = 50;
  private static final int MOST_WARM_UP_ROUNDS = 40;
  private static final int ROUNDS_WITHOUT_GAIN = 4;
  private static final int STEADY_BLOCKS = 5;
  private static final double STEADY = 0.97;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private final Path data;
  private final int blocks;
  private final InstantSource clock = InstantSource.system();
  private final Samples trips = new Samples();
  private final Samples pings = new Samples();
  private final Samples syncs = new Samples();
  private int flip;

  RttBench(Path data, int blocks) {
    this.data = data;
    this.blocks = blocks;
  }

  RttReport run() throws IOException, InterruptedException, ExecutionException, TimeoutException {
    RttReport report;
    try (Stage stage = Stage.at(data, "bench", clock)) {
      // Not the limit of one client but the speed of one order after another is the question.
      stage.serverProperty("muster.limit.stanzas-per-second", "100000");
      stage.serverProperty("muster.limit.stanza-burst", "100000");
      stage.serverProperty("muster.limit.devices-per-signer", "100000");
      DeviceSpec load =
          new DeviceSpec(
              "load-1",
              Set.of(new Area("bench")),
              Json.object().put("type", "load").put("kw", 40),
              DeviceSpec.DEFAULT_LEASE);
      stage.enrol(load);
      BareJid operator = stage.person("op-1", Role.OPERATOR, Area.ALL);
      BareJid peer = stage.visitor("ping-peer");
      stage.startServer();
      stage.startDevices("device", List.of(load));
      Child echo = stage.startAside("ping-peer", PingPeer.class, peer);
      FullJid far = FullJid.parse(echo.await("ready", PATIENCE).get("jid").asText());
      Trust trust = Trust.of(stage.folder().pki().authority().certificate());
      Caller caller =
          new Caller(stage.folder().site(), stage.folder().identity(operator), trust, clock);
      try (Link link = Links.open(linkOf(stage, operator), caller);
          SyncedFile file = new SyncedFile(stage.folder().data().resolve("sync-sample"))) {
        // As a console does; without presence Openfire routes a peer's answer to nobody.
        link.announce(new Announcement(Show.AVAILABLE, "measuring", Optional.empty()));
        caller.awaitProven();
        BareJid device = stage.folder().jid("load-1");
        warmUp(link, far, caller, device, file);
        for (int block = 0; block < blocks; block++) {
          ping(link, far, file);
          trip(link, caller, device, trips);
        }
        report = new RttReport(trips, pings, caller.signs(), caller.verifies(), syncs);
      }
    }
    return report;
  }

  private static LinkConfig linkOf(Stage stage, BareJid account) {
    return new LinkConfig(
        "127.0.0.1",
        stage.port(),
        account,
        stage.folder().password(account),
        stage.folder().server().resolve("tls.pem"),
        Optional.of(stage.folder().identity(account)),
        stage.folder().site(),
        1,
        () -> 0,
        LinkConfig.ANSWER_WITHIN);
  }

  /**
   * Three JVMs compile what they run often, each method after some thousand calls; measured is what
   * they do once that brings nothing more.
   */
  private void warmUp(Link link, FullJid far, Caller caller, BareJid device, SyncedFile file)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    double best = Double.MAX_VALUE;
    int withoutGain = 0;
    for (int round = 0; round < MOST_WARM_UP_ROUNDS && withoutGain < ROUNDS_WITHOUT_GAIN; round++) {
      Samples tried = new Samples();
      for (int block = 0; block < STEADY_BLOCKS; block++) {
        ping(link, far, file);
        trip(link, caller, device, tried);
      }
      double now = tried.median();
      withoutGain = now < STEADY * best ? 0 : withoutGain + 1;
      best = Math.min(best, now);
      System.err.printf(Locale.ROOT, "rtt: warming up, %.1f ms a trip now%n", now);
    }
    pings.clear();
    syncs.clear();
    caller.signs().clear();
    caller.verifies().clear();
  }

  private void trip(Link link, Caller caller, BareJid device, Samples into)
      throws InterruptedException, ExecutionException, TimeoutException {
    for (int i = 0; i < BLOCK; i++) {
      flip++;
      long begin = System.nanoTime();
      Caller.Order order = caller.limit(device, Power.kilowatts(flip % 2 == 0 ? 30 : 20));
      var accepted =
          link.set(order.submission())
              .whenComplete(
                  (answer, refusal) -> {
                    if (refusal != null) {
                      order.outcome().completeExceptionally(refusal);
                    }
                  });
      order.outcome().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      into.add(System.nanoTime() - begin);
      // Not on the clock: an outcome may overtake the answer to its submission.
      accepted.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /** A ping, and what a sync costs at that pace: a disk that is kept busy is a faster one. */
  private void ping(Link link, FullJid far, SyncedFile file)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    for (int i = 0; i < BLOCK; i++) {
      long begin = System.nanoTime();
      link.ping(far).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      long answered = System.nanoTime();
      file.write();
      syncs.add(System.nanoTime() - answered);
      pings.add(answered - begin);
    }
  }
}
