// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.console.session.Event;
import energy.muster.identity.Area;
import energy.muster.identity.Role;
import energy.muster.scenario.Operator;
import energy.muster.scenario.PlainClient;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.DeviceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whoever keeps a copy takes up where they stopped, over a killed server and a console that was
 * closed: each change is in one change set, and no number is missing.
 */
public final class ChangeSetsResume implements Story {
  private static final Duration WITHIN = Duration.ofSeconds(40);

  private static final String NODE = "changes/tariffs";
  private static final Duration QUIET = Duration.ofMillis(300);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  @Override
  public String name() {
    return "change-sets-resume";
  }

  @Override
  public String about() {
    return "Copies of tariffs and devices by change sets: by flag, from where they stopped, over a killed server.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Area branch = new Area("branch-60");
    List<DeviceSpec> meters = List.of(Cast.meter("meter-1", branch), Cast.meter("meter-2", branch));
    scene.stage().enrol(meters);
    scene.stage().person("tariffs.northco", Role.TARIFF_PUBLISHER, branch);
    scene.stage().person("archive", Role.VIEWER, Area.ALL);
    scene.stage().visitor("mirror");
    scene
        .stage()
        .serverProperty("muster.exchange.period-seconds", "2")
        .serverProperty("muster.pubsub.changes.readers", "mirror")
        .startServer();
    scene.startDevices("meters", meters);
    Operator supplier = scene.operator("tariffs.northco");
    Operator archive = scene.operator("archive");
    supplier.does("expect 2 meters that are available within 30 s");
    Path data = scene.stage().folder().data();
    OnePrice home = new OnePrice(data, "northco");
    Path copy = data.resolve("copy");

    scene.note("What was published is in a change set when its period is over.");
    supplier.does("publish tariff " + home.write(1, "0.2724"));
    copies(scene, archive, "changes tariffs with billing into " + copy, copy, "tariffs-", 1);

    scene.note("The server is killed right after the next; its change set comes all the same.");
    supplier.does("publish tariff " + home.write(2, "0.2891"));
    scene.stage().server().kill();
    scene.stage().startServer();
    archive.does("expect 2 meters that are available within 60 s");
    copies(scene, archive, "changes tariffs with billing into " + copy, copy, "tariffs-", 2);
    supplier.does("publish tariff " + home.write(3, "0.2950"));
    copies(scene, archive, "changes tariffs with billing into " + copy, copy, "tariffs-", 3);
    scene.checkEqual(
        List.of("tariffs-00000001.json", "tariffs-00000002.json", "tariffs-00000003.json"),
        files(copy, "tariffs-"),
        "the change sets in the folder");
    archive.does("changes tariffs with billing into " + copy);
    archive.sees("0 change sets taken, 0 files written; now at 3");

    scene.note(
        "Who wants other flags is told of all and gets none; devices are a class of their own.");
    Path other = data.resolve("other");
    archive.does("changes tariffs with southco into " + other);
    archive.sees("3 change sets taken, 0 files written; now at 3");
    archive.does("changes devices into " + copy);
    scene.check(
        records(copy).contains("meter-1@") && records(copy).contains("meter-2@"),
        "both meters are among the devices");

    scene.note("Any client whom the administrator names reads the same on a node.");
    PlainClient mirror = scene.visitor("mirror");
    mirror.awaitItems(NODE, 3, WITHIN);

    scene.note("It subscribes and hears of the next, and writes nothing there.");
    scene.checkEqual("", mirror.pubsub("subscribe", NODE).error(), "error of subscribing");
    supplier.does("publish tariff " + home.write(4, "0.3011"));
    StringBuilder heard = new StringBuilder();
    scene.await(
        "the mirror hears of change set 4",
        WITHIN,
        () -> {
          mirror.heard(QUIET).forEach(seen -> heard.append(seen.xml()));
          return heard.indexOf("northco/home version 4") >= 0;
        });
    scene.check(heard.indexOf("id='4'") >= 0 || heard.indexOf("id=\"4\"") >= 0, "its number is 4");
    scene.checkEqual("forbidden", mirror.pubsub("publish", NODE).error(), "error of publishing");
    scene.checkEqual("4", lastOf(mirror.pubsub("items", NODE).ids()), "the newest that is there");
  }

  private static String lastOf(List<String> numbers) {
    return numbers.stream().max(Comparator.comparing(Long::valueOf)).orElse("none");
  }

  /** Takes what there is again and again, until so many change sets are in the folder. */
  private static void copies(
      Scene scene, Operator archive, String line, Path copy, String prefix, int count)
      throws InterruptedException {
    long end = System.nanoTime() + WITHIN.toNanos();
    while (!Files.isDirectory(copy) || files(copy, prefix).size() < count) {
      scene.check(System.nanoTime() < end, "change set " + count + " is still awaited");
      scene.pause(PAUSE);
      archive.says(line);
    }
    scene.check(
        archive.seen().stream().anyMatch(Event.Copied.class::isInstance), "the console says so");
  }

  private static List<String> files(Path folder, String prefix) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(prefix))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String records(Path folder) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String file : files(folder, "devices-")) {
      all.append(Files.readString(folder.resolve(file)));
    }
    return all.toString();
  }
}
