// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import energy.muster.broadcast.MeasuredServer;
import energy.muster.command.Power;
import energy.muster.stage.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One signed request to many devices, until the last verified outcome is at the operator's, in turn
 * with an unsigned broadcast of the same size from the server itself to the same sessions, until
 * the last has answered.
 */
final class FanOutBench {
  private static final Duration GOOD_FOR = Duration.ofMinutes(2);
  private static final Patience PATIENCE = new Patience(Duration.ofSeconds(90));

  private final Path data;
  private final int blocks;
  private final int devices;
  private final Samples requests = new Samples();
  private final Samples broadcasts = new Samples();
  private int flip;

  FanOutBench(Path data, int blocks, int devices) {
    this.data = data;
    this.blocks = blocks;
    this.devices = devices;
  }

  FanOutReport run() throws IOException, InterruptedException {
    System.err.printf("fan-out: making keys for %d devices and starting them%n", devices);
    try (Rig rig = Rig.of(data, devices)) {
      rig.stage().serverWithin(MeasuredServer.class).startServer();
      rig.stage().startDevices("gateway", rig.loads());
      rig.connect();
      WarmUp.until(
          "fan-out",
          "a request",
          () -> {
            requests.clear();
            broadcast(rig.stage().server(), request(rig));
            return requests.median();
          });
      requests.clear();
      broadcasts.clear();
      int characters = 0;
      int before = rig.caller().stanzas();
      for (int block = 0; block < blocks; block++) {
        characters = request(rig);
        broadcast(rig.stage().server(), characters);
      }
      return new FanOutReport(
          devices, characters, (rig.caller().stanzas() - before) / blocks, requests, broadcasts);
    }
  }

  /** Signing and the last check included. */
  private int request(Rig rig) throws InterruptedException {
    flip++;
    long begin = System.nanoTime();
    Caller.Order order =
        rig.caller().limit(rig.devices(), Power.kilowatts(flip % 2 == 0 ? 30 : 20), GOOD_FOR);
    var accepted = rig.submit(order);
    PATIENCE.await(order.outcomes(), "the last outcome of " + devices);
    requests.add(System.nanoTime() - begin);
    PATIENCE.await(accepted, "the order's acceptance");
    return order.deliveryCharacters();
  }

  private void broadcast(Child server, int characters) {
    broadcasts.add(Broadcasts.once(server, Rig.PREFIX, characters, devices, PATIENCE));
  }
}
