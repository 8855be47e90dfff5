// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import energy.muster.command.Power;
import energy.muster.identity.BareJid;
import energy.muster.link.Link;
import energy.muster.stage.Child;
import energy.muster.wire.Payload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/**
 * Orders accepted a second: one after another, many in flight, and as many with the database's
 * syncs switched off. The devices were there once and are gone, so that every delivery is held and
 * nothing but taking orders is measured; the orders are signed before the clock starts.
 */
final class SubmitBench {
  private static final int BLOCK = 256;
  private static final int WARM_UP_ROUNDS = 8;

  /** Below the deliveries that may wait for one device. */
  private static final int ORDERS_PER_DEVICE = 90;

  /** Longer than the run: what expires is work of its own. */
  private static final Duration GOOD_FOR = Duration.ofHours(2);

  private static final Patience PATIENCE = new Patience(Duration.ofSeconds(30));

  private final Path data;
  private final int blocks;
  private final int inFlight;
  private Rates serial = new Rates();
  private Rates together = new Rates();
  private Rates unsynced = new Rates();
  private int counted;
  private int syncs;
  private int orders;

  SubmitBench(Path data, int blocks, int inFlight) {
    this.data = data;
    this.blocks = blocks;
    this.inFlight = inFlight;
  }

  SubmitReport run() throws IOException, InterruptedException {
    int planned = 3 * BLOCK * (WARM_UP_ROUNDS + blocks);
    try (Rig rig = Rig.of(data, planned / ORDERS_PER_DEVICE + 1)) {
      rig.stage().serverWithin(SyncSwitch.class).startServer();
      System.err.printf("submit: %d devices come once and go%n", rig.loads().size());
      rig.stage().startDevices("gateway", rig.loads()).terminate();
      rig.connect();
      CommitLog log = new CommitLog(rig.stage().folder().server().resolve("db/openfire.log"));
      for (int round = 0; round < WARM_UP_ROUNDS; round++) {
        round(rig, log);
        System.err.printf(Locale.ROOT, "submit: warming up, %.0f a second%n", together.median());
        serial = new Rates();
        together = new Rates();
        unsynced = new Rates();
      }
      counted = 0;
      syncs = 0;
      for (int block = 0; block < blocks; block++) {
        round(rig, log);
      }
      return new SubmitReport(inFlight, serial, together, unsynced, counted, syncs);
    }
  }

  private void round(Rig rig, CommitLog log) throws IOException, InterruptedException {
    submit(rig, 1, serial);
    log.more();
    submit(rig, inFlight, together);
    OptionalInt commits = log.more();
    if (commits.isPresent()) {
      counted += BLOCK;
      syncs += commits.getAsInt();
    }
    syncs(rig.stage().server(), false);
    submit(rig, inFlight, unsynced);
    syncs(rig.stage().server(), true);
  }

  private static void syncs(Child server, boolean on) {
    int before = server.events().size();
    server.say(on ? "on" : "off");
    boolean obeyed =
        server
            .first(before, event -> event.path("event").asText().equals("syncs"), PATIENCE.within())
            .isPresent();
    if (!obeyed) {
      throw PATIENCE.missed("the server's word that its syncs are " + (on ? "on" : "off"));
    }
  }

  private void submit(Rig rig, int most, Rates into) throws InterruptedException {
    List<Payload> ready = new ArrayList<>();
    List<BareJid> devices = rig.devices();
    for (int i = 0; i < BLOCK; i++) {
      BareJid device = devices.get(orders++ / ORDERS_PER_DEVICE);
      ready.add(rig.caller().limit(List.of(device), Power.kilowatts(30), GOOD_FOR).submission());
    }
    Link link = rig.link();
    Deque<CompletableFuture<Payload>> underway = new ArrayDeque<>();
    long begin = System.nanoTime();
    for (Payload submission : ready) {
      if (underway.size() == most) {
        PATIENCE.await(underway.remove(), "an order's acceptance");
      }
      underway.add(link.set(submission));
    }
    for (CompletableFuture<Payload> last : underway) {
      PATIENCE.await(last, "an order's acceptance");
    }
    into.add(BLOCK, System.nanoTime() - begin);
  }
}
