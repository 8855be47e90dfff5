// SPDX-License-Identifier: Apache-2.0
package energy.muster.scenario.story;

import energy.muster.identity.Area;
import energy.muster.scenario.Operator;
import energy.muster.scenario.Scene;
import energy.muster.scenario.Story;
import energy.muster.stage.Child;
import energy.muster.stage.DeviceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A device's identity runs twice: an order is carried out once, whatever either process does. */
public final class TwoSessionsOneDevice implements Story {
  private static final Duration WITHIN = Duration.ofSeconds(20);

  @Override
  public String name() {
    return "two-sessions-one-device";
  }

  @Override
  public String about() {
    return "A cloned device and one restored from an old backup never make an order happen twice.";
  }

  @Override
  public void play(Scene scene) throws Exception {
    Area branch = new Area("branch-60");
    DeviceSpec load = Cast.load("load-60a", branch, 20);
    scene.stage().enrol(load);
    scene.enrolOperator("op-1", branch);
    scene.stage().startServer();
    Child first = scene.startDevices("first", List.of(load));
    Operator utility = scene.operator("op-1", Duration.ofSeconds(10));
    utility.does("expect load-60a on");
    first.terminate();
    copyJournal(scene, "first", "backup");
    copyJournal(scene, "first", "clone");

    scene.note("The original runs on; a clone with a copy of its journal joins it.");
    Child original = scene.startDevices("first", List.of(load));
    Child clone = scene.startDevices("clone", List.of(load));
    utility.does("shed load-60a for 30 min");
    utility.awaitAnswer("load-60a", "executed", WITHIN);
    utility.does("restore load-60a");
    utility.ends("restore", "load-60a", "executed", WITHIN);
    scene.checkEqual(2L, executed(original) + executed(clone), "how often the two carried out");
    clone.terminate();
    original.terminate();

    scene.note("A process with the journal of an old backup is noticed and gets no orders.");
    Child restored = scene.startDevices("backup", List.of(load));
    utility.told("quarantine", "load-60a", WITHIN);
    utility.says("shed load-60a deliver within 3 s");
    utility.told("expired", "load-60a", WITHIN);
    scene.checkEqual(0L, executed(restored), "how often the restored one carried out");
  }

  private static long executed(Child process) {
    return process.events().stream()
        .filter(said -> said.path("event").asText().equals("outcome"))
        .filter(said -> said.path("result").asText().equals("executed"))
        .count();
  }

  private static void copyJournal(Scene scene, String from, String to) throws IOException {
    Path folder = scene.stage().folder().data().resolve("devices");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        // With what stands beside it: SQLite's write-ahead log.
        if (name.startsWith(from + ".db")) {
          Files.copy(file, folder.resolve(to + name.substring(from.length())));
        }
      }
    }
  }
}
