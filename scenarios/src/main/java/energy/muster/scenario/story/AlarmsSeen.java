// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.muster.alarm.AlarmEntry;
import energy.muster.alarm.AlarmState;
import energy.muster.console.session.Event;
import energy.muster.identity.Area;
import energy.muster.identity.BareJid;
import energy.muster.identity.Role;
import energy.muster.json.Json;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.stage.DeviceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What sensors are made to show, and what consoles show of the alarms that come of it. */
final class AlarmsSeen {
  static final String ENGINEER = "eng-1";

  private AlarmsSeen() {}

  /** The device, with sensors that a story plays to. */
  static DeviceSpec played(Scene scene, DeviceSpec plain) {
    ObjectNode driver = plain.driver().deepCopy();
    driver.put("surroundings", script(scene, plain.name()).toAbsolutePath().toString());
    return new DeviceSpec(plain.name(), plain.areas(), driver, plain.lease());
  }

  /**
   * A server, a breaker whose sensors the story plays to, operators who answer for its branch, and
   * an engineer of the whole site, who sits at a console; the operators do not yet.
   */
  static Operator plant(Scene scene, String breaker, Area branch, String... operators)
      throws IOException, InterruptedException {
    scene.stage().person(ENGINEER, Role.ENGINEER, Area.ALL);
    for (String name : operators) {
      scene.enrolOperator(name, branch);
    }
    DeviceSpec device = played(scene, Cast.breaker(breaker, branch));
    scene.stage().enrol(device);
    scene.stage().startServer();
    scene.startDevices("breaker", List.of(device));
    return scene.operator(ENGINEER);
  }

  /** What happens to the device, as a whole. */
  static void happens(Scene scene, String device, String... happenings) throws IOException {
    ObjectNode surroundings = Json.object();
    ArrayNode list = surroundings.putArray("happenings");
    Stream.of(happenings).forEach(list::add);
    play(scene, device, Json.text(surroundings));
  }

  private static Path script(Scene scene, String device) {
    return scene.stage().folder().data().resolve(device + "-surroundings.json");
  }

  /** As a whole, so that nobody reads half of it. */
  static void play(Scene scene, String device, String surroundings) throws IOException {
    Path script = script(scene, device);
    Path next = script.resolveSibling(script.getFileName() + ".next");
    Files.writeString(next, surroundings);
    Files.move(next, script, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Signs and publishes a policy with these steps, as {@code person:op-1@grid.example 10}. */
  static void publish(Scene scene, Operator engineer, long acknowledgedFor, List<String> steps)
      throws IOException, InterruptedException {
    StringBuilder courses = new StringBuilder();
    for (String step : steps) {
      int space = step.lastIndexOf(' ');
      courses.append(courses.isEmpty() ? "" : ",");
      courses.append(
          "{\"to\":[\"%s\"],\"waitSeconds\":%s}"
              .formatted(step.substring(0, space), step.substring(space + 1)));
    }
    Path file = scene.stage().folder().data().resolve("policy.json");
    Files.writeString(
        file,
        "{\"groups\":[],\"courses\":[{\"name\":\"story\",\"steps\":[%s],\"acknowledgedForSeconds\":%d}]}"
            .formatted(courses, acknowledgedFor));
    engineer.does("publish policy " + file.toAbsolutePath());
  }

  /** Of each alarm the newest word that a console has, by number. */
  static Map<Long, AlarmEntry> known(Operator operator) {
    Map<Long, AlarmEntry> newest = new TreeMap<>();
    operator.seen().stream()
        .flatMap(AlarmsSeen::entries)
        .forEach(
            entry ->
                newest.merge(
                    entry.number(),
                    entry,
                    (older, newer) -> newer.revision() >= older.revision() ? newer : older));
    return newest;
  }

  private static Stream<AlarmEntry> entries(Event event) {
    if (event instanceof Event.AlarmOffered offered) {
      return Stream.of(offered.alarm());
    } else if (event instanceof Event.AlarmChanged changed) {
      return Stream.of(changed.alarm());
    } else if (event instanceof Event.AlarmsListed listed) {
      return listed.alarms().stream();
    }
    return Stream.empty();
  }

  static boolean sees(Operator operator, Predicate<AlarmEntry> alarm) {
    return known(operator).values().stream().anyMatch(alarm);
  }

  /** The numbers of the alarms that were offered to this person, each as often as it was. */
  static List<Long> offered(Operator operator) {
    return operator.seen().stream()
        .filter(Event.AlarmOffered.class::isInstance)
        .map(event -> ((Event.AlarmOffered) event).alarm().number())
        .toList();
  }

  /** Whether it waits because nobody is there. */
  static boolean waits(AlarmEntry alarm) {
    return alarm.search().filter(search -> search.to().isEmpty()).isPresent();
  }

  static boolean ownedBy(AlarmEntry alarm, String person) {
    return alarm
        .owner()
        .filter(owner -> owner.person().equals(BareJid.parse(person + "@grid.example")))
        .isPresent();
  }

  static List<AlarmEntry> in(Collection<AlarmEntry> alarms, AlarmState state) {
    return alarms.stream().filter(alarm -> alarm.state() == state).toList();
  }
}
