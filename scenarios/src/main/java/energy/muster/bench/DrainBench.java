// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import energy.muster.command.Power;
import energy.muster.stage.Child;
import energy.muster.stage.Stage;
import energy.muster.stage.StageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Many devices come back at once in a new process: with one held order each until the last verified
 * outcome, with nothing held until the last has proven itself, and as plain clients without keys
 * until the last is logged in. All three kinds start cold, and the clock starts when their keys are
 * read and the first connects.
 */
final class DrainBench {
  private static final Duration GOOD_FOR = Duration.ofHours(1);
  private static final Patience PATIENCE = new Patience(Duration.ofMinutes(4));

  private final Path data;
  private final int blocks;
  private final int devices;
  private final Samples bare = new Samples();
  private final Samples proven = new Samples();
  private final Samples drained = new Samples();
  private int flip;

  DrainBench(Path data, int blocks, int devices) {
    this.data = data;
    this.blocks = blocks;
    this.devices = devices;
  }

  DrainReport run() throws IOException, InterruptedException {
    System.err.printf("drain: making keys for %d devices%n", devices);
    try (Rig rig = Rig.of(data, devices)) {
      rig.stage().startServer();
      Path config =
          rig.stage()
              .folder()
              .deviceConfig("gateway", rig.loads(), rig.stage().access(), Path.of("gateway.db"));
      rig.connect();
      // The server's first time is not measured.
      for (int block = 0; block <= blocks; block++) {
        if (block == 1) {
          List.of(bare, proven, drained).forEach(Samples::clear);
        }
        empty(rig.stage(), config);
        // In between, so that the service has seen the last proven session go before it is asked.
        plain(rig.stage());
        drain(rig, config);
        System.err.printf(
            Locale.ROOT,
            "drain: %s, bare %.1f s, proven %.1f s, drained %.1f s%n",
            block == 0 ? "warming up" : "block " + block,
            bare.median() / 1000,
            proven.median() / 1000,
            drained.median() / 1000);
      }
      return new DrainReport(devices, bare, proven, drained);
    }
  }

  private void plain(Stage stage) {
    Child fleet =
        stage.startAside(
            "plain",
            BareFleet.class,
            List.of(
                Integer.toString(stage.port()),
                stage.folder().accounts().toString(),
                stage.folder().pki().domain(),
                stage.folder().tlsAnchors().toString(),
                Rig.PREFIX));
    long begin = begun(fleet);
    await(fleet, "connected");
    bare.add(System.nanoTime() - begin);
    fleet.kill();
  }

  private void empty(Stage stage, Path config) {
    Child gateway = stage.launchDevices("gateway", config, List.of());
    long begin = begun(gateway);
    await(gateway, "proven");
    proven.add(System.nanoTime() - begin);
    gateway.kill();
  }

  private void drain(Rig rig, Path config) throws InterruptedException {
    flip++;
    Caller.Order order =
        rig.caller().limit(rig.devices(), Power.kilowatts(flip % 2 == 0 ? 30 : 20), GOOD_FOR);
    var accepted = PATIENCE.await(rig.submit(order), "the order's acceptance");
    long held =
        StreamSupport.stream(accepted.requireLargeJson().get("deliveries").spliterator(), false)
            .filter(delivery -> delivery.get("state").asText().equals("held"))
            .count();
    if (held != devices) {
      throw new StageFailure(held + " of " + devices + " deliveries were held");
    }
    Child gateway = rig.stage().launchDevices("gateway", config, List.of());
    long begin = begun(gateway);
    PATIENCE.await(order.outcomes(), "the last outcome of " + devices);
    drained.add(System.nanoTime() - begin);
    gateway.kill();
  }

  private static long begun(Child process) {
    var unused = process.await("started", PATIENCE.within());
    return System.nanoTime();
  }

  /** Until every device's process has said so of it. */
  private void await(Child process, String event) {
    Set<String> said = new HashSet<>();
    boolean all =
        process
            .first(
                0,
                each ->
                    each.path("event").asText().equals(event)
                        && said.add(each.get("device").asText())
                        && said.size() == devices,
                PATIENCE.within())
            .isPresent();
    if (!all) {
      throw PATIENCE.missed("'" + event + "' of " + (devices - said.size()) + " devices");
    }
  }
}
