// SPDX-License-Identifier: Apache-2.0
package energy.muster.bench;

import energy.muster.alarm.AlarmEntry;
import energy.muster.json.Json;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Many alarms at once, while operators come and go and the server is killed: none is lost. */
public final class AlarmStorm implements Story {
  private static final int PLANTS = 4;
  private static final int DEVICES = 40;
  private static final int EACH = 12;
  private static final int ALARMS = DEVICES * EACH;
  private static final int OFTEN = 20;
  private static final int MOST_FOR_OFTEN = 6;
  private static final int FLOOD = 10;
  private static final Duration HOLD = Duration.ofSeconds(3);
  private static final Duration AWAY = Duration.ofSeconds(1);
  private static final Duration WITHIN = Duration.ofMinutes(1);
  private static final String UNLIMITED = "1000000";

  private final Screens board = new Screens();

  @Override
  public String name() {
    return "storm";
  }

  @Override
  public String about() {
    return "Hundreds of alarms at once, people who come and go, a killed server: each finds somebody.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    // All operators share this process; what one client may is not the question.
    scene.stage().serverProperty("muster.limit.stanzas-per-second", UNLIMITED);
    scene.stage().serverProperty("muster.limit.stanza-burst", UNLIMITED);
    List<DeviceSpec> devices = devices();
    scene.stage().enrol(devices);
    AlarmCrew crew = new AlarmCrew(scene.stage(), PLANTS, board, new Patience(WITHIN));
    scene.atTheEnd(crew::close);
    scene.stage().startServer();
    Child fleet = fleet(scene, devices);
    crew.come();
    crew.publish(HOLD);

    scene.note(
        "%d devices raise %d alarms each, as fast as they are answered; one chatters."
            .formatted(DEVICES, EACH));
    Future<?> going = crew.comeAndGo(AWAY);
    fleet.say("often " + OFTEN);
    fleet.say("storm " + EACH);
    var unused = fleet.await("raised", said -> said.path("count").asInt() >= ALARMS / 3, WITHIN);

    scene.note("The server is killed in the middle of it.");
    CompletableFuture<Void> back = crew.chiefIsBack();
    Instant killed = scene.now();
    scene.stage().server().kill();
    scene.stage().startServer();
    new Patience(WITHIN).await(back, "the chief's proof");
    AlarmStory.Pause pause = new AlarmStory.Pause(killed, scene.now());

    var unusedLast = fleet.await("raised", said -> said.path("count").asInt() == ALARMS, WITHIN);
    var unusedQuiet = fleet.await("often", WITHIN);
    going.cancel(false);
    List<Long> numbers = numbers(fleet, "raised");
    scene.checkEqual(ALARMS, Set.copyOf(numbers).size(), "how many alarms have a number");
    board.await(numbers, WITHIN);
    scene.check(true, "each was on the screen of somebody who may take it on");
    crew.settle();
    cared(scene, crew, numbers, pause);
    folded(scene, crew, Set.copyOf(numbers(fleet, "again")));
    grouped(scene, crew);
  }

  private static List<DeviceSpec> devices() {
    return IntStream.range(0, DEVICES)
        .mapToObj(
            number ->
                new DeviceSpec(
                    "load-" + (number + 1),
                    Set.of(AlarmCrew.plant(number, PLANTS)),
                    Json.object().put("type", "load").put("kw", 40),
                    DeviceSpec.DEFAULT_LEASE))
        .toList();
  }

  private static Child fleet(Scene scene, List<DeviceSpec> devices) {
    Path config =
        scene
            .stage()
            .folder()
            .deviceConfig("fleet", devices, scene.stage().access(), Path.of("none.db"));
    Child fleet = scene.stage().converse("fleet", AlarmingFleet.class, List.of(config.toString()));
    var unused = fleet.await("proven", said -> said.path("count").asInt() == DEVICES, WITHIN);
    return fleet;
  }

  private static List<Long> numbers(Child fleet, String event) {
    return fleet.events().stream()
        .filter(said -> said.path("event").asText().equals(event))
        .map(said -> said.path("number").asLong())
        .toList();
  }

  private static void cared(Scene scene, AlarmCrew crew, List<Long> numbers, AlarmStory.Pause pause)
      throws InterruptedException {
    int critical = 0;
    List<Long> late = new ArrayList<>();
    for (long number : numbers) {
      AlarmStory story = crew.story(number);
      if (story.critical()) {
        critical++;
        if (!story.inTime(HOLD, pause)) {
          late.add(number);
        }
      }
    }
    scene.checkEqual(
        List.of(),
        late,
        "of %d critical alarms, those not taken on or passed on in time".formatted(critical));
  }

  private static void folded(Scene scene, AlarmCrew crew, Set<Long> again)
      throws InterruptedException {
    scene.check(
        again.size() <= MOST_FOR_OFTEN,
        "what began %d times is %d alarms".formatted(OFTEN, again.size()));
    long folded = 0;
    for (long number : again) {
      folded += crew.story(number).alarm().folded();
    }
    scene.checkEqual((long) OFTEN - again.size(), folded, "how often it folded");
  }

  private static void grouped(Scene scene, AlarmCrew crew) throws InterruptedException {
    for (AlarmOperator operator : crew.operators()) {
      if (operator.isThere()) {
        List<AlarmEntry> shown = crew.alarms(operator, "open");
        List<Long> firsts =
            shown.stream()
                .map(AlarmEntry::group)
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .distinct()
                .toList();
        if (shown.size() > FLOOD && firsts.contains(shown.get(0).number())) {
          scene.check(
              true,
              "%s has %d alarms, alarm %d first, which the others came behind"
                  .formatted(operator.name(), shown.size(), shown.get(0).number()));
          return;
        }
      }
    }
    scene.check(false, "a flood has its first alarm on top");
  }
}
