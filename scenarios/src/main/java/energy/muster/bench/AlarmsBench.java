// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.AlarmCourse;
import energy.muster.alarm.AlarmCourse.Step;
import energy.muster.alarm.AlarmCourse.Whose;
import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.AlarmPolicy;
import energy.muster.alarm.AlarmTransition;
import energy.muster.alarm.Priority;
import energy.muster.alarm.Target;
import energy.muster.document.DocumentId;
import energy.muster.document.DocumentType;
import energy.muster.document.Header;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.FullJid;
import energy.muster.identity.Role;
import energy.muster.json.Fields;
import energy.muster.json.Json;
import energy.muster.link.Link;
import energy.muster.pki.Subject;
import energy.muster.presence.Show;
import energy.muster.seal.Sealer;
import energy.muster.seal.Trust;
import energy.muster.stage.Child;
import energy.muster.stage.StageFailure;
import energy.muster.wire.Payload;
import energy.muster.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Alarms of many devices, first one by one and then all at once, while the operators of ten plants
 * come and go: how long until one who may take it on has it on the screen, and whether each
 * critical one is taken on or passed on in time. Each plant has two operators; each operator, two
 * plants; and a chief takes on what they leave.
 */
final class AlarmsBench {
  private static final int PLANTS = 10;
  private static final int CALM = 100;
  private static final Duration HOLD = Duration.ofSeconds(5);
  private static final Duration LATE = Duration.ofSeconds(1);
  private static final Duration ACKNOWLEDGED_FOR = Duration.ofHours(1);
  private static final Duration WITHIN = Duration.ofMinutes(5);
  private static final Patience PATIENCE = new Patience(WITHIN);

  /** Of the critical ones operators leave every fourth to the chief. */
  private static final int LEFT = 4;

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
    try (Rig rig = Rig.of(data, devices, AlarmsBench::plantOf)) {
      List<BareJid> staff =
          IntStream.range(0, PLANTS).mapToObj(plant -> operator(rig, plant)).toList();
      BareJid chief = rig.stage().person("chief", Role.ENGINEER, Area.ALL);
      rig.stage().startServer();
      Child fleet = fleet(rig);
      Trust trust = Trust.of(rig.stage().folder().pki().authority().certificate());
      AlarmOperator last =
          new AlarmOperator(
              rig.stage().folder(), chief, rig.stage().port(), trust, any -> true, board);
      List<AlarmOperator> operators =
          staff.stream()
              .map(
                  person ->
                      new AlarmOperator(
                          rig.stage().folder(),
                          person,
                          rig.stage().port(),
                          trust,
                          AlarmsBench::mine,
                          board))
              .toList();
      List<AlarmOperator> all = new ArrayList<>(operators);
      all.add(last);
      for (AlarmOperator operator : all) {
        PATIENCE.await(operator.come(), "an operator's proof");
      }
      publish(rig, chief, last.link());
      ping(rig, chief, last.link());
      ScheduledExecutorService hands = Executors.newScheduledThreadPool(2);
      try {
        var working =
            hands.scheduleWithFixedDelay(
                () -> all.forEach(AlarmOperator::work), 500, 500, TimeUnit.MILLISECONDS);
        fleet.say("calm " + CALM);
        await(fleet, CALM, calm);
        var going =
            hands.scheduleWithFixedDelay(new ComingAndGoing(operators), 1, 2, TimeUnit.SECONDS);
        int each = alarms / devices;
        long begin = System.nanoTime();
        fleet.say("storm " + each);
        await(fleet, CALM + each * devices, storm);
        double seconds = (System.nanoTime() - begin) / 1e9;
        going.cancel(false);
        await(hands, last.link());
        Care care = settle(last.link(), numbers(fleet));
        working.cancel(false);
        return new AlarmsReport(
            devices,
            each * devices,
            seconds,
            pings,
            calm,
            storm,
            care.critical(),
            care.late(),
            care.longest());
      } finally {
        hands.shutdown();
        all.forEach(AlarmOperator::leave);
      }
    }
  }

  private static Set<Area> plantOf(int device) {
    return Set.of(plant(device));
  }

  private static Area plant(int number) {
    return new Area("plant-" + number % PLANTS);
  }

  private static boolean mine(AlarmEntry alarm) {
    return alarm.priority() != Priority.CRITICAL || alarm.number() % LEFT != 0;
  }

  private static BareJid operator(Rig rig, int plant) {
    BareJid person = rig.stage().folder().jid("op-at-" + plant);
    rig.stage()
        .folder()
        .enrol(
            Subject.of(person, Role.OPERATOR, plant(plant)).with(Role.OPERATOR, plant(plant + 1)));
    return person;
  }

  private Child fleet(Rig rig) {
    Path config =
        rig.stage()
            .folder()
            .deviceConfig("fleet", rig.loads(), rig.stage().port(), Path.of("none.db"));
    Child fleet = rig.stage().converse("fleet", AlarmingFleet.class, List.of(config.toString()));
    var unused = fleet.await("proven", said -> said.path("count").asInt() == devices, WITHIN);
    return fleet;
  }

  private void publish(Rig rig, BareJid chief, Link link) throws InterruptedException {
    Instant now = Instant.now();
    AlarmPolicy policy =
        new AlarmPolicy(
            new Header(
                DocumentType.ALARM_POLICY,
                rig.stage().folder().site(),
                DocumentId.next(now),
                chief,
                now),
            1,
            List.of(),
            List.of(
                course("critical", Set.of(Priority.CRITICAL), HOLD),
                course("other", Set.of(), Duration.ofMinutes(1))));
    PATIENCE.await(
        link.set(
            Payload.of(
                Wire.POLICY,
                Sealer.seal(policy.write(), now, rig.stage().folder().identity(chief)))),
        "the policy");
  }

  private static AlarmCourse course(String name, Set<Priority> priorities, Duration hold) {
    return new AlarmCourse(
        name,
        new Whose(priorities, Set.of(), Set.of()),
        List.of(
            new Step(List.of(new Target.Holders(Role.OPERATOR)), hold),
            new Step(List.of(new Target.Holders(Role.ENGINEER)), hold)),
        ACKNOWLEDGED_FOR,
        List.of(),
        List.of());
  }

  /** To another session of the same person, as strangers do not reach each other. */
  private void ping(Rig rig, BareJid person, Link link) throws InterruptedException {
    Child echo = rig.stage().startAside("ping-peer", PingPeer.class, person);
    FullJid far = FullJid.parse(echo.await("ready", WITHIN).get("jid").asText());
    for (int i = 0; i < CALM; i++) {
      long begin = System.nanoTime();
      PATIENCE.await(link.ping(far), "the answer to a ping");
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

  /**
   * @param late critical alarms that stayed with a step for longer than its time, or with nobody
   * @param longest that one stayed with a step beyond its time
   */
  private record Care(int critical, int late, Duration longest) {}

  private Care settle(Link link, List<Long> numbers) throws InterruptedException {
    int critical = 0;
    int late = 0;
    Duration longest = Duration.ZERO;
    for (long number : numbers) {
      Fields history = history(link, number);
      AlarmEntry alarm = AlarmEntry.read(history.object("alarm"));
      if (alarm.priority() == Priority.CRITICAL) {
        critical++;
        Duration beyond = beyond(history);
        longest = beyond.compareTo(longest) > 0 ? beyond : longest;
        if (alarm.owner().isEmpty() || beyond.compareTo(LATE) > 0) {
          late++;
          System.err.printf("alarms: alarm %d was %d ms late%n", number, beyond.toMillis());
        }
      }
    }
    return new Care(critical, late, longest);
  }

  private static Fields history(Link link, long number) throws InterruptedException {
    return Fields.of(
        PATIENCE
            .await(
                link.get(Payload.of(Wire.ALARM_HISTORY, Json.object().put("number", number))),
                "the history of alarm " + number)
            .requireLargeJson());
  }

  /** Until every critical alarm is somebody's. */
  private static void await(ScheduledExecutorService hands, Link link) throws InterruptedException {
    long until = System.nanoTime() + WITHIN.toNanos();
    while (open(link) > 0) {
      if (System.nanoTime() > until) {
        throw PATIENCE.missed("somebody for every critical alarm");
      }
      PATIENCE.await(hands.schedule(() -> true, 200, TimeUnit.MILLISECONDS), "the next look");
    }
  }

  private static long open(Link link) throws InterruptedException {
    ObjectNode asked = Json.object().put("filter", "unacknowledged").put("limit", 1000);
    // The most urgent come first.
    return Fields.of(
            PATIENCE
                .await(link.get(Payload.of(Wire.ALARMS, asked)), "the open alarms")
                .requireLargeJson())
        .objects("alarms")
        .stream()
        .map(AlarmEntry::read)
        .filter(alarm -> alarm.priority() == Priority.CRITICAL)
        .count();
  }

  /** How much longer than its time an alarm stayed with a step at the most. */
  private static Duration beyond(Fields history) {
    Duration beyond = Duration.ZERO;
    Optional<Instant> offered = Optional.empty();
    for (Fields each : history.objects("transitions")) {
      AlarmTransition transition = AlarmTransition.read(each);
      if (offered.isPresent()) {
        Duration more = Duration.between(offered.get().plus(HOLD), transition.at());
        beyond = more.compareTo(beyond) > 0 ? more : beyond;
      }
      switch (transition.kind()) {
        case OFFERED -> offered = Optional.of(transition.at());
        case ACKNOWLEDGED, NOBODY -> offered = Optional.empty();
        default -> {
          // Neither begins nor ends a step.
        }
      }
    }
    return beyond;
  }

  /** One after the other is away for two seconds: with an open console, or without any. */
  private static final class ComingAndGoing implements Runnable {
    private final List<AlarmOperator> operators;
    private int turn;

    ComingAndGoing(List<AlarmOperator> operators) {
      this.operators = operators;
    }

    @Override
    public void run() {
      back(operators.get(turn % operators.size()));
      turn++;
      AlarmOperator next = operators.get(turn % operators.size());
      if (turn % 2 == 0) {
        next.show(Show.DND);
      } else {
        next.leave();
      }
    }

    private static void back(AlarmOperator operator) {
      if (operator.isThere()) {
        operator.show(Show.AVAILABLE);
        return;
      }
      try {
        var unused = operator.come();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
