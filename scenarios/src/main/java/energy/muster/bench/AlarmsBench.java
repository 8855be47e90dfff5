// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import energy.muster.identity.FullJid;
import energy.muster.stage.Child;
import energy.muster.stage.StageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Future;

/**
 * Alarms of many devices, first one by one and then all at once, while the operators of ten plants
 * come and go: how long until one who may take it on has it on the screen, and whether each
 * critical one is taken on or passed on in time.
 */
final class AlarmsBench {
  private static final int PLANTS = 10;
  private static final int CALM = 100;
  private static final int WARM_UP_STORMS = 4;
  private static final int WARM_UP_EACH = 2;
  private static final Duration HOLD = Duration.ofSeconds(5);
  private static final Duration AWAY = Duration.ofSeconds(2);
  private static final Duration WITHIN = Duration.ofMinutes(5);
  private static final Patience PATIENCE = new Patience(WITHIN);

  private final Path data;
  private final int devices;
  private final int alarms;
  private final Samples pings = new Samples();
  private final Samples calm = new Samples();
  private final Samples storm = new Samples();
  private final Screens board = new Screens();

  AlarmsBench(Path data, int devices, int alarms) {
    this.data = data;
    this.devices = devices;
    this.alarms = alarms;
  }

  AlarmsReport run() throws IOException, InterruptedException {
    System.err.printf("alarms: making keys for %d devices%n", devices);
    try (Rig rig = Rig.of(data, devices, number -> Set.of(AlarmCrew.plant(number, PLANTS)));
        AlarmCrew crew = new AlarmCrew(rig.stage(), PLANTS, board, PATIENCE)) {
      rig.stage().startServer();
      Child fleet = fleet(rig);
      crew.come();
      crew.publish(HOLD);
      ping(rig, crew);
      int before = warmUp(fleet, crew);
      fleet.say("calm " + CALM);
      await(fleet, before + CALM, calm);
      Future<?> going = crew.comeAndGo(AWAY);
      int each = alarms / devices;
      long begin = System.nanoTime();
      fleet.say("storm " + each);
      await(fleet, before + CALM + each * devices, storm);
      double seconds = (System.nanoTime() - begin) / 1e9;
      going.cancel(false);
      crew.settle();
      List<Long> measured = numbers(fleet);
      return report(crew, measured.subList(before, measured.size()), each * devices, seconds);
    }
  }

  /** A few small storms that are not measured; how many alarms they were. */
  private int warmUp(Child fleet, AlarmCrew crew) throws InterruptedException {
    int raised = 0;
    for (int i = 0; i < WARM_UP_STORMS; i++) {
      Samples cold = new Samples();
      raised += WARM_UP_EACH * devices;
      fleet.say("storm " + WARM_UP_EACH);
      await(fleet, raised, cold);
      crew.settle();
      System.err.printf(Locale.ROOT, "alarms: warming up, p50 %.0f ms now%n", cold.percentile(50));
    }
    return raised;
  }

  private AlarmsReport report(AlarmCrew crew, List<Long> numbers, int raised, double seconds)
      throws InterruptedException {
    int critical = 0;
    int late = 0;
    Duration longest = Duration.ZERO;
    for (long number : numbers) {
      AlarmStory story = crew.story(number);
      if (story.critical()) {
        critical++;
        Duration beyond = story.beyond(HOLD, AlarmStory.Pause.NONE);
        longest = beyond.compareTo(longest) > 0 ? beyond : longest;
        if (!story.inTime(HOLD, AlarmStory.Pause.NONE)) {
          late++;
          System.err.printf("alarms: alarm %d was %d ms late%n", number, beyond.toMillis());
        }
      }
    }
    return new AlarmsReport(devices, raised, seconds, pings, calm, storm, critical, late, longest);
  }

  private Child fleet(Rig rig) {
    Path config =
        rig.stage()
            .folder()
            .deviceConfig("fleet", rig.loads(), rig.stage().access(), Path.of("none.db"));
    Child fleet = rig.stage().converse("fleet", AlarmingFleet.class, List.of(config.toString()));
    var unused = fleet.await("proven", said -> said.path("count").asInt() == devices, WITHIN);
    return fleet;
  }

  /** To another session of the same person, as strangers do not reach each other. */
  private void ping(Rig rig, AlarmCrew crew) throws InterruptedException {
    Child echo = rig.stage().startAside("ping-peer", PingPeer.class, crew.chief());
    FullJid far = FullJid.parse(echo.await("ready", WITHIN).get("jid").asText());
    for (int i = 0; i < CALM; i++) {
      long begin = System.nanoTime();
      PATIENCE.await(crew.chiefsLink().ping(far), "the answer to a ping");
      pings.add(System.nanoTime() - begin);
    }
    echo.terminate();
  }

  private static List<Long> numbers(Child fleet) {
    return fleet.events().stream()
        .filter(said -> said.path("event").asText().equals("raised"))
        .map(said -> said.path("number").asLong())
        .toList();
  }

  /** Until so many were raised, each with a number of its own, and each was on a screen. */
  private void await(Child fleet, int count, Samples into) throws InterruptedException {
    var unused = fleet.await("raised", said -> said.path("count").asInt() == count, WITHIN);
    List<Long> raised = numbers(fleet);
    if (Set.copyOf(raised).size() != count) {
      throw new StageFailure(count + " alarms have " + Set.copyOf(raised).size() + " numbers");
    }
    board.await(raised, WITHIN);
    board.drain(into);
  }
}
