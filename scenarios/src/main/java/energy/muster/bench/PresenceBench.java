// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import energy.muster.broadcast.MeasuredServer;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Role;
import energy.muster.stage.Cable;
import energy.muster.stage.Child;
import energy.muster.stage.Stage;
import energy.muster.stage.StageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What it costs the server that operators see many devices change: with a view each, and, on the
 * same server without Muster, with every device on every roster. Windows of two rounds, in each of
 * which every device has changed twice.
 */
final class PresenceBench {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String PEOPLE = "op-";
  private static final int ROUNDS_A_WINDOW = 2;
  private static final int WARM_UP_WINDOWS = 3;

  private final Path data;
  private final int windows;
  private final int devices;
  private final int operators;

  PresenceBench(Path data, int windows, int devices, int operators) {
    this.data = data;
    this.windows = windows;
    this.devices = devices;
    this.operators = operators;
  }

  PresenceReport run() throws IOException, InterruptedException {
    System.err.printf("presence: making keys for %d devices%n", devices);
    long bytesADevice;
    PresenceReport.Side views;
    try (Site site = new Site("views")) {
      site.stage.startServer();
      long sessions = site.heapWith("plain");
      bytesADevice = (site.heapWith("proven") - sessions) / devices;
      views = site.watched(new ViewWatchers(site.stage.folder(), site.people));
    }
    try (Site site = new Site("rosters")) {
      site.stage.bare().startServer();
      site.told("subscribe " + PEOPLE + " " + Rig.PREFIX, "subscribed");
      site.fleet("plain");
      return new PresenceReport(
          devices,
          operators,
          bytesADevice,
          views,
          site.watched(new RosterWatchers(site.stage.folder(), site.people)));
    }
  }

  /** A server with everybody's accounts, and the one fleet that is there. */
  private final class Site implements AutoCloseable {
    private final String name;
    private final Rig rig;
    private final Stage stage;
    private final List<BareJid> people;
    private Child fleet;

    Site(String name) {
      this.name = name;
      rig = Rig.of(data.resolve(name), devices);
      stage = rig.stage();
      stage.serverWithin(MeasuredServer.class);
      people =
          IntStream.rangeClosed(1, operators)
              .mapToObj(number -> stage.person(PEOPLE + number, Role.OPERATOR, Area.ALL))
              .toList();
    }

    /** Replaces the fleet by one of that kind, and returns when all of it is up. */
    void fleet(String kind) {
      if (fleet != null) {
        fleet.kill();
      }
      Path config =
          stage.folder().deviceConfig("fleet", rig.loads(), stage.access(), Path.of("none.db"));
      fleet = stage.startAside("fleet", ChangingFleet.class, List.of(config.toString(), kind));
      var unused = fleet.await("up", PATIENCE);
    }

    /** What is in use once a fleet of that kind has been there for a round. */
    long heapWith(String kind) {
      fleet(kind);
      round(1);
      long bytes = told("heap", "heap");
      System.err.printf("presence: %s, %d KB of heap in use%n", kind, bytes / 1024);
      return bytes;
    }

    private long told(String command, String event) {
      Child server = stage.server();
      int before = server.events().size();
      server.say(command);
      return server
          .first(before, said -> said.path("event").asText().equals(event), PATIENCE)
          .orElseThrow(() -> new StageFailure("the server did not " + command))
          .path("bytes")
          .asLong();
    }

    private void round(int number) {
      var unused = fleet.await("round", said -> said.path("number").asInt() >= number, PATIENCE);
    }

    private int rounds() {
      return fleet.events().stream()
          .filter(said -> said.path("event").asText().equals("round"))
          .mapToInt(said -> said.path("number").asInt())
          .max()
          .orElse(0);
    }

    PresenceReport.Side watched(Watchers watchers) throws IOException, InterruptedException {
      ProcessHandle server = ProcessHandle.of(stage.server().pid()).orElseThrow();
      try (Cable line = new Cable(name, stage::port);
          watchers) {
        Seen seen = new Seen();
        PresenceReport.Side side = new PresenceReport.Side(seen.ages);
        round(rounds() + 1);
        warmUp(server, line, seen);
        for (int i = 0; i < windows; i++) {
          side.unwatched().add(window(server, line, seen));
        }
        watchers.look(line, seen::note);
        round(rounds() + 1);
        warmUp(server, line, seen);
        seen.clear();
        for (int i = 0; i < windows; i++) {
          side.watched().add(window(server, line, seen));
        }
        return side;
      }
    }

    /** Each window warms up the same code some ten thousand times. */
    private void warmUp(ProcessHandle server, Cable line, Seen seen) {
      for (int i = 0; i < WARM_UP_WINDOWS; i++) {
        System.err.printf(
            Locale.ROOT,
            "presence: %s, warming up, %.0f ms/s of server CPU now%n",
            name,
            window(server, line, seen).cpu());
      }
    }

    /** From the end of one round to the end of another. */
    private PresenceReport.Window window(ProcessHandle server, Cable line, Seen seen) {
      long cpu = nanos(server);
      long bytes = line.carried(Cable.Way.FROM_SERVER);
      int changes = seen.count();
      long begin = System.nanoTime();
      round(rounds() + ROUNDS_A_WINDOW);
      return new PresenceReport.Window(
          System.nanoTime() - begin,
          nanos(server) - cpu,
          line.carried(Cable.Way.FROM_SERVER) - bytes,
          seen.count() - changes);
    }

    private static long nanos(ProcessHandle process) {
      return process.info().totalCpuDuration().orElseThrow().toNanos();
    }

    @Override
    public void close() {
      rig.close();
    }
  }

  /** How old each change was when an operator was told of it. */
  private static final class Seen {
    private final Samples ages = new Samples();

    synchronized void note(long revision) {
      ages.add(ChangingFleet.nanosSince(revision));
    }

    synchronized int count() {
      return ages.count();
    }

    synchronized void clear() {
      ages.clear();
    }
  }
}
