// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.command.Power;
import energy.muster.console.session.ConsoleSession;
import energy.muster.console.session.Event;
import energy.muster.console.session.FirmwareEvent;
import energy.muster.console.session.Setup;
import energy.muster.firmware.Campaign;
import energy.muster.firmware.CampaignMember;
import energy.muster.firmware.FirmwareVersion;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import energy.muster.stage.Seat;
import energy.muster.stage.Stage;
import energy.muster.stage.StageFailure;
import energy.muster.stage.Workshop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * An image to many devices, over XMPP and then over HTTP, and what becomes of orders to another
 * device meanwhile, against the same orders before in the same run.
 */
final class FirmwareBench {
  private static final int BLOCK = 50;
  private static final int IDLE_BLOCKS = 6;
  private static final Duration GOOD_FOR = Duration.ofMinutes(2);
  private static final Duration LONGEST = Duration.ofMinutes(30);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Patience PATIENCE = new Patience(Duration.ofSeconds(60));

  private static final FirmwareVersion OLD = new FirmwareVersion(2, 4, 0);
  private static final FirmwareVersion OVER_XMPP = new FirmwareVersion(2, 4, 1);
  private static final FirmwareVersion OVER_HTTP = new FirmwareVersion(2, 4, 2);

  private final Path data;
  private final int devices;
  private final int bytes;
  private final AtomicReference<Optional<Campaign>> board = new AtomicReference<>(Optional.empty());
  private int flip;

  FirmwareBench(Path data, int devices, int bytes) {
    this.data = data;
    this.devices = devices;
    this.bytes = bytes;
  }

  /**
   * One way of bringing it.
   *
   * @param seconds from the order to the last device that runs it
   * @param failed how many did not come to run it
   * @param reasons what those say, and how many say it
   */
  record Way(
      String name,
      Samples idle,
      Samples meanwhile,
      double seconds,
      int failed,
      Map<String, Long> reasons) {}

  FirmwareReport run() throws IOException, InterruptedException {
    try (Rig rig = Rig.of(data, devices + 1)) {
      Stage stage = rig.stage().overHttps(0);
      Workshop.staff(stage, Area.ALL);
      stage.startServer();
      List<DeviceSpec> fleet = rig.loads().subList(1, devices + 1);
      stage.startDevices("probe", rig.loads().subList(0, 1));
      rig.connect();
      Workshop workshop = new Workshop(stage.folder(), InstantSource.system());
      List<Workshop.Built> built = new ArrayList<>();
      built.add(workshop.build(OVER_XMPP, Workshop.Health.WELL, bytes));
      built.add(workshop.build(OVER_HTTP, Workshop.Health.WELL, bytes));
      for (Workshop.Built each : built) {
        says(stage, Workshop.BUILDER, "publish firmware " + each.image() + " with " + each.file());
      }
      says(stage, Workshop.RELEASER, "publish releases " + workshop.release(1, built));
      Child xmpp = stage.startDevices("fleet", with(fleet, false));
      warmUp(rig);
      Way first = way("XMPP", rig, OVER_XMPP);
      xmpp.terminate();
      stage.startDevices("fleet", with(fleet, true));
      return new FirmwareReport(devices, bytes, List.of(first, way("HTTP", rig, OVER_HTTP)));
    }
  }

  private static List<DeviceSpec> with(List<DeviceSpec> fleet, boolean http) {
    return fleet.stream()
        .map(
            device -> {
              ObjectNode firmware = Workshop.cameWith(device.name(), OLD);
              if (http) {
                firmware.put("transfer", "http").put("pieceSeconds", 60);
              }
              return device.running(firmware);
            })
        .toList();
  }

  private static void says(Stage stage, String person, String line)
      throws IOException, InterruptedException {
    BareJid account = stage.folder().jid(person);
    try (ConsoleSession session =
        Seat.take(stage, account, LONGEST, Setup.IDLE, InstantSource.system(), unseen -> {})) {
      if (!session.run(line).ok()) {
        throw new StageFailure("the service has not taken '" + line + "'");
      }
    }
  }

  private void warmUp(Rig rig) throws IOException, InterruptedException {
    WarmUp.until(
        "firmware",
        "a trip",
        () -> {
          Samples tried = new Samples();
          for (int block = 0; block < IDLE_BLOCKS; block++) {
            trips(rig, tried);
          }
          return tried.median();
        });
  }

  private Way way(String name, Rig rig, FirmwareVersion version)
      throws IOException, InterruptedException {
    Samples idle = new Samples();
    for (int block = 0; block < IDLE_BLOCKS; block++) {
      trips(rig, idle);
    }
    Samples meanwhile = new Samples();
    Stage stage = rig.stage();
    try (ConsoleSession installer =
        Seat.take(
            stage,
            stage.folder().jid(Workshop.INSTALLER),
            Setup.PATIENCE,
            Setup.IDLE,
            InstantSource.system(),
            this::sees)) {
      long begin = System.nanoTime();
      installer.run(
          "upgrade loads except "
              + rig.loads().get(0).name()
              + " to "
              + version
              + " in waves of 100 % stop at 100 % within 1 h");
      installer.run("campaigns");
      String order =
          board.get().orElseThrow(() -> new StageFailure("no campaign began")).order().text();
      while (!board.get().orElseThrow().state().over()) {
        if (System.nanoTime() - begin > LONGEST.toNanos()) {
          throw new StageFailure("not over: " + board.get().orElseThrow().counts());
        }
        trips(rig, meanwhile);
        installer.run("campaign " + order);
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      Campaign over = board.get().orElseThrow();
      int succeeded = over.counts().getOrDefault(CampaignMember.State.SUCCEEDED, 0);
      return new Way(name, idle, meanwhile, seconds, devices - succeeded, reasons(over));
    }
  }

  private static Map<String, Long> reasons(Campaign over) {
    return over.members().stream()
        .filter(member -> member.state() != CampaignMember.State.SUCCEEDED)
        .collect(Collectors.groupingBy(CampaignMember::text, TreeMap::new, Collectors.counting()));
  }

  private void sees(Event event) {
    if (event instanceof FirmwareEvent.CampaignShown shown) {
      board.set(Optional.of(shown.campaign()));
    } else if (event instanceof FirmwareEvent.CampaignsListed listed
        && !listed.campaigns().isEmpty()) {
      board.set(Optional.of(listed.campaigns().get(0)));
    }
  }

  /** One after another with a pause between, as people give orders: not a load of its own. */
  private void trips(Rig rig, Samples into) throws InterruptedException {
    List<BareJid> probe = rig.devices().subList(0, 1);
    for (int i = 0; i < BLOCK; i++) {
      flip++;
      long begin = System.nanoTime();
      Caller.Order order =
          rig.caller().limit(probe, Power.kilowatts(flip % 2 == 0 ? 30 : 20), GOOD_FOR);
      var accepted = rig.submit(order);
      PATIENCE.await(order.outcomes(), "an order's outcome");
      into.add(System.nanoTime() - begin);
      PATIENCE.await(accepted, "an order's acceptance");
      new CompletableFuture<Void>()
          .completeOnTimeout(null, PAUSE.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    }
  }
}
