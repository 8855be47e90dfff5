// SPDX-License-Identifier: Apache-2.0
package energy.muster.demo;

import energy.muster.console.session.ConsoleSession;
import energy.muster.console.session.Setup;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Role;
import energy.muster.link.ServerRoute;
import energy.muster.pki.Subject;
import energy.muster.refusal.Refused;
import energy.muster.site.Equipment;
import energy.muster.site.Site;
import energy.muster.site.SiteDevice;
import energy.muster.site.SiteFile;
import energy.muster.site.StandingMandate;
import energy.muster.stage.DeviceSpec;
import energy.muster.stage.Seat;
import energy.muster.stage.Stage;
import energy.muster.stage.StageFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Brings up a feeder, its server and an operator's console, and takes all of it down again. */
@Command(
    name = "demo",
    description = {
      "Brings up a whole site on this machine: an Openfire server with the Muster plugin, every device of the"
          + " feeder as an XMPP client with a key of its own, and the console of the operator op-1.",
      "Everything is kept in the data folder and found there again next time."
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  private static final int XMPP_PORT = 5222;

  /** Who lets the site's master IEDs do something by themselves. */
  private static final String GIVER = "op-2";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where all of the site's files are (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("muster-data");

  @Option(
      names = "--site",
      paramLabel = "NAME",
      description = "ieee123 or ieee13 (default: ${DEFAULT-VALUE}).")
  private String site = "ieee123";

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description =
          "Runs the console lines in FILE and leaves; exit status 0 only if each succeeded.")
  private Optional<Path> script = Optional.empty();

  @Option(names = "--json", description = "The console speaks JSON, one object a line.")
  private boolean json;

  @Option(
      names = "--port",
      description = "The server's port; 0 for a free one (default: 5222 if it is free).")
  private Optional<Integer> port = Optional.empty();

  @Override
  public Integer call() throws InterruptedException {
    try {
      quieten();
      return play(SiteFile.builtIn(site));
    } catch (StageFailure | Refused e) {
      System.err.println("muster demo: " + e.getMessage());
      return 1;
    } catch (IOException e) {
      System.err.println("muster demo: " + e);
      return 1;
    }
  }

  /** What the giver's console logs is nothing that whoever plays the demo waits for. */
  private static void quieten() {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
  }

  private int play(Site feeder) throws IOException, InterruptedException {
    InstantSource clock = InstantSource.system();
    Progress progress = new Progress(System.err);
    try (Stage stage = Stage.at(data, feeder.name(), clock)) {
      List<DeviceSpec> devices =
          feeder.devices().stream()
              .map(device -> DeviceSpec.of(device, clock.instant(), ZoneId.systemDefault()))
              .toList();
      progress.step(
          "keys and accounts of " + devices.size() + " devices and their people",
          () -> {
            stage.enrol(devices);
            enrolPeople(stage);
          });
      progress.step(
          "Openfire with the Muster plugin",
          () -> {
            stage.onPort(port.orElseGet(() -> freeOr(XMPP_PORT)));
            stage.overHttps(freeOr(ServerRoute.HTTPS_PORT));
            stage.startServer();
          });
      progress.step(
          devices.size() + " devices, each with its own session and key",
          () -> stage.startDevices("feeder", devices));
      giveMandates(stage, feeder, progress, clock);
      // Beside the prompt, which does not wait for it.
      var unusedFoundry = new Foundry(stage, clock).start();
      BareJid operator = stage.folder().jid("op-1");
      Path config = stage.folder().consoleConfig(operator, stage.access());
      progress.done(
          feeder.feeder().name()
              + " is up at 127.0.0.1:"
              + stage.port()
              + ", over HTTPS at "
              + stage.httpsPort()
              + "; another console: bin/muster console --config "
              + config);
      // Beside the prompt, which does not wait for it.
      var unused = new Supplier(stage, clock, ZoneId.systemDefault()).start();
      return console(stage, config);
    }
  }

  /** What the site assumes that a person lets its master IEDs do. */
  private static void giveMandates(Stage stage, Site feeder, Progress progress, InstantSource clock)
      throws IOException, InterruptedException {
    for (SiteDevice device : feeder.devicesWith(Equipment.MasterIed.class)) {
      Optional<StandingMandate> standing = ((Equipment.MasterIed) device.equipment()).standing();
      if (standing.isPresent()) {
        try (ConsoleSession giver =
            Seat.take(
                stage,
                stage.folder().jid(GIVER),
                Setup.PATIENCE,
                Setup.IDLE,
                clock,
                unseen -> {})) {
          String line = standing.get().line(device.id());
          progress.step(
              "a mandate for " + device.id() + ", signed by " + GIVER, () -> say(giver, line));
        }
      }
    }
  }

  private static void say(ConsoleSession giver, String line) {
    try {
      if (!giver.run(line).ok()) {
        throw new StageFailure("the service has not taken '" + line + "'");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StageFailure("interrupted");
    }
  }

  private static void enrolPeople(Stage stage) {
    // One person who can try everything; elsewhere whoever installs is somebody else.
    stage
        .folder()
        .enrol(
            Subject.of(stage.folder().jid("op-1"), Role.OPERATOR, Area.ALL)
                .with(Role.INSTALLER, Area.ALL));
    Foundry.enrol(stage);
    stage.person(GIVER, Role.OPERATOR, Area.ALL);
    stage.person("op-60", Role.OPERATOR, new Area("branch-60"));
    stage.person("viewer-1", Role.VIEWER, Area.ALL);
    stage
        .folder()
        .enrol(
            Subject.of(stage.folder().jid("eng-1"), Role.ENGINEER, Area.ALL)
                .with(Role.VIEWER, Area.ALL));
    stage.person("sec-1", Role.SECURITY_ADMIN, Area.ALL);
    Supplier.enrol(stage);
    // For any XMPP client: may see what a look-grant shows it.
    stage.visitor("visitor");
  }

  private int console(Stage stage, Path config) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("--config", config.toString()));
    script.ifPresent(file -> arguments.addAll(List.of("--script", file.toString())));
    if (json) {
      arguments.add("--json");
    }
    Process console = new ProcessBuilder(stage.programs().console(arguments)).inheritIO().start();
    Thread undertaker = new Thread(console::destroy, "console-undertaker");
    Runtime.getRuntime().addShutdownHook(undertaker);
    int status = console.waitFor();
    Runtime.getRuntime().removeShutdownHook(undertaker);
    return status;
  }

  /** That port, or 0 for any if it is taken. */
  private static int freeOr(int wanted) {
    try (ServerSocket probe = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException busy) {
      return 0;
    }
  }
}
